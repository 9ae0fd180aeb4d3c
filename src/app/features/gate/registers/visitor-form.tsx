import { useState } from 'preact/hooks'
import { parseIdentityNumber } from '../../../../domain/identity-number'
import type { HouseholdId } from '../../../../domain/ids'
import { parseMobile } from '../../../../domain/mobile'
import type { VisitorForm } from '../../../../domain/registers'
import { maskName, unitText } from '../../../../domain/roster'
import { addressTyped } from '../../../../domain/unit-typed'
import { rememberedAt } from '../../../../storage/remembered'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { useOnce } from '../../../shell/one-at-a-time'
import { visitorWho } from '../../../shell/who'
import { Button } from '../../../ui/button'
import { Choice } from '../../../ui/choice'
import { Field } from '../../../ui/field'
import { Notice } from '../../../ui/notice'
import type { GateActions } from '../gate-actions'
import { useFormKeeping } from './form-keeping'
import { FormPanel } from './form-panel'
import { contextOf } from './parking'
import { passenger } from './passenger'
import type { RegisterGate } from './register-state'
import { UnitField } from './unit-field'
import { YesNo } from './yes-no'

const REASONS = ['family', 'delivery', 'repair', 'housekeeping', 'business', 'other'] as const
const AGAIN = 6 // remembered visitors that fit without hiding the form

/** As typed: a number that is not whole yet is kept as well. */
type Values = Omit<VisitorForm, 'address'> & { readonly unit: string }
type Wrong = Partial<Record<'name' | 'phone' | 'idNumber' | 'keyArea', string>>

/** 来访: who, where to, and what was declared; then the temperature. */
export function VisitorFormPanel({
  shown,
  actions,
}: {
  readonly shown: Extract<RegisterGate, { at: 'visitor' }>
  readonly actions: GateActions
}) {
  const services = useServices()
  const { roster, rules, kept } = services
  const [values, setValues] = useState<Values>(() => valuesOf(shown.values, roster.value?.householdById))
  const [checked, setChecked] = useState(false)
  const change = (part: Partial<Values>) => setValues({ ...values, ...part })
  const asksId = rules.value.visitorId === 'asked'
  const mistakes = wrongIn(values, asksId)
  const wrong: Wrong = checked ? mistakes : {}

  const keeping = useFormKeeping(
    {
      form: 'visitor',
      title: maskName(values.name) || t('register.visitor'),
      values: asksId ? values : withoutId(values),
      context: contextOf(shown),
    },
    shown.parked,
  )

  /** What was typed is kept until the passage is: a call, a kill or a "back" at the pad loses nothing. */
  const next = useOnce(async () => {
    setChecked(true)
    if (Object.keys(mistakes).length > 0) return
    const form = formOf(values, asksId)
    const before = { ...shown, values: form, parked: await keeping.park() }
    const who = visitorWho(form, shown.way ?? 'written', roster.value)
    if (shown.vehicle) return passenger(actions, shown.vehicle, who, before)
    return shown.held ? actions.hold(who, { before }) : actions.person(who, { before })
  })
  const comeAgain = (form: VisitorForm) => {
    keeping.drop()
    actions.go({ at: 'visitor-again', form })
  }
  const again = rememberedAt(kept.values.remembered.value, Date.now())
    .visitors.filter(({ form }) => values.name === '' || form.name.startsWith(values.name))
    .slice(0, AGAIN)

  return (
    <FormPanel
      title={t('register.visitor')}
      next={t('gate.written-next')}
      onNext={() => void next()}
      onBack={actions.back}
      keeping={keeping}
    >
      {again.length > 0 && !shown.values && !shown.vehicle && (
        <section aria-label={t('register.again')}>
          <p class="soft">{t('register.again')}</p>
          <div class="again">
            {again.map(({ form, at }) => (
              <Button key={at} icon="person" onClick={() => comeAgain(form)}>
                {maskName(form.name)} {visitorWho(form, 'remembered', roster.value).unit}
              </Button>
            ))}
          </div>
        </section>
      )}
      {shown.way === 'form-code' && <Notice tone="ask" icon="file" title={t('register.from-code')} />}
      <Field label={t('register.name')} value={values.name} onInput={(name) => change({ name })} error={wrong.name} maxLength={40} />
      <Field
        label={t('register.phone')}
        value={values.phone ?? ''}
        onInput={(phone) => change({ phone })}
        error={wrong.phone}
        inputMode="tel"
        maxLength={20}
      />
      <UnitField
        label={t('register.visiting')}
        unit={values.unit}
        householdId={values.householdId}
        onChange={(unit, householdId) => setValues(withHousehold(values, unit, householdId))}
      />
      <Choice
        legend={t('register.reason')}
        options={REASONS.map((reason) => ({ value: reason, label: t(`register.reason-${reason}`) }))}
        value={REASONS.find((reason) => t(`register.reason-${reason}`) === values.reason)}
        onChange={(reason) => change({ reason: t(`register.reason-${reason}`) })}
      />
      <YesNo legend={t('register.host-confirmed')} value={values.hostConfirmed} onChange={(hostConfirmed) => change({ hostConfirmed })} />
      <YesNo legend={t('register.key-area')} value={values.keyArea} onChange={(keyArea) => change({ keyArea })} error={wrong.keyArea} />
      {asksId && (
        <Field
          label={t('register.id-number')}
          value={values.idNumber ?? ''}
          onInput={(idNumber) => change({ idNumber })}
          error={wrong.idNumber}
          maxLength={20}
        />
      )}
    </FormPanel>
  )
}

function valuesOf(
  { address, ...form }: Partial<VisitorForm & Values> = {},
  households: ReadonlyMap<HouseholdId, { readonly address: Parameters<typeof unitText>[0] }> | undefined,
): Values {
  const known = (form.householdId && households?.get(form.householdId)?.address) ?? address
  return { name: '', ...form, unit: form.unit ?? (known ? unitText(known) : '') }
}

function withHousehold({ householdId: _before, ...values }: Values, unit: string, householdId: HouseholdId | undefined): Values {
  return { ...values, unit, ...(householdId ? { householdId } : {}) }
}

const withoutId = ({ idNumber: _notAsked, ...values }: Values): Values => values

/** The form as it is recorded: no ID number where no rule asks for one, whoever offered it. */
function formOf({ unit, name, phone, idNumber, ...form }: Values, asksId: boolean): VisitorForm {
  const mobile = parseMobile(phone ?? '')
  const identity = parseIdentityNumber(asksId ? (idNumber ?? '') : '')
  const address = form.householdId ? undefined : addressTyped(unit)
  return {
    ...form,
    name: name.trim(),
    ...(mobile.ok ? { phone: mobile.value } : {}),
    ...(identity.ok ? { idNumber: identity.value } : {}),
    ...(address ? { address } : {}),
  }
}

function wrongIn({ name, phone, idNumber, keyArea }: Values, asksId: boolean): Wrong {
  const wrong: { -readonly [Question in keyof Wrong]: Wrong[Question] } = {}
  if (name.trim() === '') wrong.name = t('register.name-missing')
  if (phone?.trim() && !parseMobile(phone).ok) wrong.phone = t('register.phone-wrong')
  if (asksId && !parseIdentityNumber(idNumber ?? '').ok) wrong.idNumber = t('register.id-wrong')
  if (keyArea === undefined) wrong.keyArea = t('register.key-area-missing')
  return wrong
}
