import { useState } from 'preact/hooks'
import type { OperationKey } from '../../../domain/ids'
import type { VolunteerKind } from '../../../domain/shift'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { errorInSight } from '../../shell/error-in-sight'
import { useOnce } from '../../shell/one-at-a-time'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { useKnownPhones } from '../../shell/use-known-phones'
import { Button } from '../../ui/button'
import { Facts, Section } from '../../ui/facts'
import { Field } from '../../ui/field'
import { Screen } from '../../ui/screen'
import { handOver } from './hand-over'
import { HandedOver } from './handed-over'
import { OpenList } from './open-list'
import { PeopleHere } from './people-here'
import { PhonesLeft, phonesLeft } from './phones-left'
import { StaysOn } from './stays-on'
import { NOTHING_TYPED, readSupplies, SuppliesFields } from './supplies-fields'
import { TakesOver } from './takes-over'
import { useShiftSum } from './use-shift-sum'
import './shift.css'

type Step =
  | { readonly at: 'form' }
  | { readonly at: 'done'; readonly open: number; readonly to: string; readonly key: OperationKey | undefined }

/** What the button refuses for, and which question it belongs to. */
interface Refusal {
  readonly at: 'from' | 'to' | 'supplies' | 'saving'
  readonly words: string
}

/** 交接班: counts, what is open and unsent, supplies, both names; or nobody comes. Never silent about anything. */
export function HandOverScreen() {
  const services = useServices()
  const { kept, preferences } = services
  const shift = kept.values.shift.value
  const sum = useShiftSum(shift?.openedAt)
  const { operators, kinds } = preferences.value
  const [from, setFrom] = useState(preferences.value.operator)
  const [to, setTo] = useState('')
  const [as, setAs] = useState<VolunteerKind>('volunteer')
  const [chosen, choose] = useState<readonly string[]>()
  const [unattended, setUnattended] = useState(false)
  const [typed, type] = useState(NOTHING_TYPED)
  const [words, setWords] = useState('')
  const [refusal, setRefusal] = useState<Refusal>()
  const [step, setStep] = useState<Step>({ at: 'form' })
  const others = operators.filter((name) => name !== from.trim() && name !== to.trim())
  const staying = chosen ?? sum?.next ?? []
  useKnownPhones()

  const refuse = (at: Refusal['at'], words: string) => {
    setRefusal({ at, words })
    errorInSight()
  }
  const refusedAt = (at: Refusal['at']) => (refusal?.at === at ? refusal.words : undefined)

  const sign = useOnce(async () => {
    if (!sum) return
    const [giver, receiver] = [from.trim(), to.trim()]
    if (giver === '') return refuse('from', t('shift.from-missing'))
    if (receiver === '' && !unattended) return refuse('to', t('shift.to-missing'))
    if (receiver === giver && !unattended) return refuse('to', t('shift.to-same'))
    const supplies = readSupplies(typed)
    if (!supplies.ok) return refuse('supplies', t('register.wrong-number'))
    const signed = await handOver(services, sum, {
      from: giver,
      ...(unattended ? {} : { to: { name: receiver, as: kinds?.[receiver] ?? as } }),
      staying,
      supplies: supplies.value,
      words: words.trim(),
    })
    if (!signed.ok) return refuse('saving', `${t('gate.not-saved')} ${t(STORAGE_WORDS[signed.error.kind].todo)}`)
    setStep({ at: 'done', open: sum.open.length, to: unattended ? '' : receiver, key: signed.value })
  })
  if (step.at === 'done') return <HandedOver open={step.open} to={step.to} handOver={step.key} />

  return (
    <Screen
      title={t('shift.hand-over')}
      back={{ href: '/shift', label: t('common.back') }}
      foot={
        <Button look="main" tall wide busy={!sum} onClick={() => void sign()}>
          {t('shift.sign')}
        </Button>
      }
    >
      {sum && (
        <>
          {sum.open.length > 0 && <OpenList open={sum.open} />}
          <Section title={shift?.name || t('shift.title')}>
            <Facts
              facts={(['in', 'out', 'measured', 'openIncidents', 'openRetests', 'unsent', 'returned'] as const).map((name) => ({
                name: t(`shift.count-${name}`),
                value: sum.counts[name],
              }))}
            />
            {sum.counts.unsent + sum.counts.returned > 0 && <p>{t('shift.unsent-todo')}</p>}
          </Section>
          <PhonesLeft phones={phonesLeft(services)} />
          {sum.people.length > 0 && <PeopleHere people={sum.people} />}
        </>
      )}
      <SuppliesFields typed={typed} onType={type} error={refusedAt('supplies')} />
      <Section title={t('shift.who')}>
        <Field label={t('shift.from')} value={from} onInput={setFrom} error={refusedAt('from')} maxLength={40} />
        {!unattended && (
          <TakesOver
            name={to}
            onName={setTo}
            others={operators.filter((name) => name !== from)}
            as={as}
            onAs={setAs}
            isKnown={kinds?.[to.trim()] !== undefined || operators.includes(to.trim())}
            error={refusedAt('to')}
          />
        )}
        {!unattended && others.length > 0 && <StaysOn names={others} staying={staying} onChange={choose} />}
        <Button wide pressed={unattended} onClick={() => setUnattended(!unattended)}>
          {t('shift.unattended')}
        </Button>
        <Field label={t('shift.words')} value={words} onInput={setWords} maxLength={300} />
        {refusedAt('saving') && (
          <p class="field-error" role="alert">
            {refusedAt('saving')}
          </p>
        )}
      </Section>
    </Screen>
  )
}
