import { useEffect, useState } from 'preact/hooks'
import type { Supplies } from '../../../domain/shift'
import { dayOf } from '../../../domain/time'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { readCharge } from '../../shell/charge'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Choice } from '../../ui/choice'
import { Facts, Section } from '../../ui/facts'
import { Field } from '../../ui/field'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { useShiftCounts } from './use-shift-counts'
import './shift.css'

type Step = { readonly at: 'form' } | { readonly at: 'done'; readonly open: number }

/** 交接班: counts, what is open and unsent, supplies, both names; or nobody comes. Never silent about anything. */
export function HandOverScreen() {
  const services = useServices()
  const { kept, counters, preferences } = services
  const shift = kept.values.shift.value
  const counts = useShiftCounts(shift?.openedAt)
  const [to, setTo] = useState('')
  const [unattended, setUnattended] = useState(false)
  const [masks, setMasks] = useState('')
  const [disinfectant, setDisinfectant] = useState<Supplies['disinfectant']>()
  const [battery, setBattery] = useState<Supplies['thermometerBattery']>()
  const [words, setWords] = useState('')
  const [charge, setCharge] = useState<number>()
  const [error, setError] = useState<string>()
  const [step, setStep] = useState<Step>({ at: 'form' })
  useEffect(() => {
    void readCharge().then((read) => setCharge(read?.percent))
  }, [])

  const sign = async () => {
    if (!counts) return
    if (to.trim() === '' && !unattended) return setError(t('shift.to-missing'))
    if (!/^\d{0,5}$/.test(masks.trim())) return setError(t('register.wrong-number'))
    const supplies: Supplies = {
      ...(masks.trim() ? { masks: Number(masks) } : {}),
      ...(disinfectant ? { disinfectant } : {}),
      ...(battery ? { thermometerBattery: battery } : {}),
      ...(charge === undefined ? {} : { charge }),
    }
    const operation = {
      kind: 'hand-over',
      shift: shift?.name ?? '',
      from: preferences.value.operator,
      ...(unattended ? {} : { to: to.trim() }),
      counts,
      supplies,
      ...(words.trim() ? { words: words.trim() } : {}),
    } as const
    const saved = await services.saveWith([{ operation }], 'shift', undefined)
    if (!saved.ok) return setError(`${t('gate.not-saved')} ${t(STORAGE_WORDS[saved.error.kind].todo)}`)
    setStep({ at: 'done', open: counts.openIncidents + counts.openRetests })
  }

  if (step.at === 'done') {
    return (
      <Screen title={t('shift.hand-over')}>
        <Notice tone="saved" title={t('shift.handed-over')} announce="status">
          {counters.value.waiting > 0 && <p>{t('shift.still-unsent', { count: counters.value.waiting })}</p>}
        </Notice>
        {step.open > 0 && (
          <a class="button button-main button-tall button-wide" href="/shift/give">
            {t('shift.give-open', { count: step.open })}
          </a>
        )}
        <a
          class="button button-tall button-wide"
          href={`/log/print?kind=hand-over&day=${dayOf(services.now(), -new Date().getTimezoneOffset())}`}
        >
          {t('shift.sheet')}
        </a>
        <Button tall wide icon="lock" onClick={services.lock}>
          {t('shift.lock')}
        </Button>
        <a class="button button-tall button-wide" href="/">
          {t('shift.stay')}
        </a>
      </Screen>
    )
  }
  return (
    <Screen
      title={t('shift.hand-over')}
      back={{ href: '/shift', label: t('common.back') }}
      foot={
        <Button look="main" tall wide busy={!counts} onClick={() => void sign()}>
          {t('shift.sign')}
        </Button>
      }
    >
      {counts && (
        <>
          {counts.openIncidents + counts.openRetests > 0 && (
            <Notice
              tone="wait"
              icon="warning"
              title={t('shift.open-matters', { incidents: counts.openIncidents, retests: counts.openRetests })}
            >
              <p>{t('shift.open-matters-todo')}</p>
            </Notice>
          )}
          {counts.unsent + counts.returned > 0 && (
            <Notice tone="wait" icon="upload" title={t('shift.unsent', { unsent: counts.unsent, returned: counts.returned })}>
              <p>{t('shift.unsent-todo')}</p>
            </Notice>
          )}
          <Section title={shift?.name ?? t('shift.title')}>
            <Facts
              facts={(['in', 'out', 'measured', 'openIncidents', 'openRetests', 'unsent', 'returned'] as const).map((name) => ({
                name: t(`shift.count-${name}`),
                value: counts[name],
              }))}
            />
          </Section>
        </>
      )}
      <Section title={t('shift.supplies')}>
        <Field label={t('shift.masks')} value={masks} onInput={setMasks} inputMode="numeric" maxLength={5} />
        <Choice
          row
          legend={t('shift.disinfectant')}
          options={(['enough', 'low', 'none'] as const).map((value) => ({ value, label: t(`shift.supply-${value}`) }))}
          value={disinfectant}
          onChange={setDisinfectant}
        />
        <Choice
          row
          legend={t('shift.battery')}
          options={(['enough', 'low'] as const).map((value) => ({ value, label: t(`shift.supply-${value}`) }))}
          value={battery}
          onChange={setBattery}
        />
        {charge !== undefined && <p>{t('shift.charge', { percent: charge })}</p>}
      </Section>
      <Section title={t('shift.who')}>
        <p>{t('shift.from', { name: preferences.value.operator || t('shift.nobody') })}</p>
        {!unattended && <Field label={t('shift.to')} value={to} onInput={setTo} maxLength={40} />}
        <Button wide pressed={unattended} onClick={() => setUnattended(!unattended)}>
          {t('shift.unattended')}
        </Button>
        <Field label={t('shift.words')} value={words} onInput={setWords} maxLength={300} />
        {error && (
          <p class="field-error" role="alert">
            {error}
          </p>
        )}
      </Section>
    </Screen>
  )
}
