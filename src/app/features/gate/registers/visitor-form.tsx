import { useState } from 'preact/hooks'
import { parseIdentityNumber } from '../../../../domain/identity-number'
import type { HouseholdId } from '../../../../domain/ids'
import { parseMobile } from '../../../../domain/mobile'
import type { VisitorForm } from '../../../../domain/registers'
import { maskName, unitText } from '../../../../domain/roster'
import { addressTyped } from '../../../../domain/unit-typed'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { visitorWho } from '../../../shell/who'
import { Button } from '../../../ui/button'
import { Choice } from '../../../ui/choice'
import { Field } from '../../../ui/field'
import { Notice } from '../../../ui/notice'
import type { GateActions } from '../gate-actions'
import { FormPanel } from './form-panel'
import { park, unpark } from './parking'
import type { RegisterGate } from './register-state'
import { UnitField } from './unit-field'

const REASONS = ['family', 'delivery', 'repair', 'housekeeping', 'business', 'other'] as const
const AGAIN = 6 // remembered visitors that fit without hiding the form

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
  const [wrong, setWrong] = useState<Wrong>({})
  const change = (part: Partial<Values>) => setValues({ ...values, ...part })
  const asksId = rules.value.visitorId === 'asked'

  const next = () => {
    const errors = wrongIn(values, asksId)
    setWrong(errors)
    if (Object.keys(errors).length > 0) return
    void unpark(services, shown.parked)
    void actions.person(visitorWho(formOf(values), shown.way ?? 'written', roster.value))
  }
  const putAside = async () => {
    await park(services, { form: 'visitor', title: maskName(values.name) || t('register.visitor'), values: formOf(values) }, shown.parked)
    actions.back()
  }
  const again = kept.values.remembered.value.visitors
    .filter(({ form }) => values.name === '' || form.name.startsWith(values.name))
    .slice(0, AGAIN)

  return (
    <FormPanel
      title={t('register.visitor')}
      next={t('gate.written-next')}
      onNext={next}
      onBack={actions.back}
      onPark={() => void putAside()}
    >
      {again.length > 0 && !shown.values && (
        <section aria-label={t('register.again')}>
          <p class="soft">{t('register.again')}</p>
          <div class="again">
            {again.map(({ form, at }) => (
              <Button key={at} icon="person" onClick={() => actions.go({ at: 'visitor-again', form })}>
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

/** Came before: a tap for what may have changed, then the reading. */
export function VisitorAgain({ form, actions }: { readonly form: VisitorForm; readonly actions: GateActions }) {
  const { roster } = useServices()
  const who = visitorWho(form, 'remembered', roster.value)
  const goOn = (keyArea: boolean) => void actions.person(visitorWho({ ...form, keyArea }, 'remembered', roster.value))
  return (
    <div class="gate gate-form">
      <main>
        <h1>
          {who.name} <small>{who.unit}</small>
        </h1>
        <p class="gate-words">{t('register.key-area')}</p>
      </main>
      <footer class="gate-foot gate-foot-stacked">
        <Button tall wide look="main" onClick={() => goOn(false)}>
          {t('register.key-area-no')}
        </Button>
        <Button tall wide onClick={() => goOn(true)}>
          {t('register.key-area-yes')}
        </Button>
        <Button tall wide onClick={() => actions.go({ at: 'visitor', values: form, way: 'remembered' })}>
          {t('register.change')}
        </Button>
        <Button tall wide onClick={actions.back}>
          {t('common.back')}
        </Button>
      </footer>
    </div>
  )
}

export interface YesNoProps {
  readonly legend: string
  readonly value: boolean | undefined
  readonly onChange: (value: boolean) => void
  readonly error?: string | undefined
}

export function YesNo({ legend, value, onChange, error }: YesNoProps) {
  return (
    <div>
      {error && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
      <Choice
        row
        legend={legend}
        options={[
          { value: 'no', label: t('common.no') },
          { value: 'yes', label: t('common.yes') },
        ]}
        value={value === undefined ? undefined : value ? 'yes' : 'no'}
        onChange={(answer) => onChange(answer === 'yes')}
      />
    </div>
  )
}

function valuesOf(
  { address, ...form }: Partial<VisitorForm> = {},
  households: ReadonlyMap<HouseholdId, { readonly address: Parameters<typeof unitText>[0] }> | undefined,
): Values {
  const known = (form.householdId && households?.get(form.householdId)?.address) ?? address
  return { name: '', ...form, unit: known ? unitText(known) : '' }
}

function withHousehold({ householdId: _before, ...values }: Values, unit: string, householdId: HouseholdId | undefined): Values {
  return { ...values, unit, ...(householdId ? { householdId } : {}) }
}

function formOf({ unit, name, phone, idNumber, ...form }: Values): VisitorForm {
  const mobile = parseMobile(phone ?? '')
  const identity = parseIdentityNumber(idNumber ?? '')
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
