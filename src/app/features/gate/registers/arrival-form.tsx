import { useState } from 'preact/hooks'
import { CODE_COLOURS, MEANS, PLATFORM_STATES } from '../../../../domain/registers'
import { maskName, unitText } from '../../../../domain/roster'
import { dayOf } from '../../../../domain/time'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { useOnce } from '../../../shell/one-at-a-time'
import { give } from '../../../shell/signals'
import { STORAGE_WORDS } from '../../../shell/storage-words'
import { residentWho, type Who, whoOf } from '../../../shell/who'
import { Button } from '../../../ui/button'
import { Choice } from '../../../ui/choice'
import { Field } from '../../../ui/field'
import { Notice } from '../../../ui/notice'
import type { GateActions } from '../gate-actions'
import { type ArrivalErrors, type ArrivalQuestion, type ArrivalValues, arrivalErrors, arrivalOf, noArrival } from './arrival-values'
import { useFormKeeping } from './form-keeping'
import { FormPanel } from './form-panel'
import { contextOf, saveForm } from './parking'
import type { RegisterGate } from './register-state'
import { UnitField } from './unit-field'
import { YesNo } from './yes-no'

/** 来宁返宁: the post registers and proposes; what follows the community decides. */
export function ArrivalFormPanel({
  shown,
  actions,
}: {
  readonly shown: Extract<RegisterGate, { at: 'arrival' }>
  readonly actions: GateActions
}) {
  const services = useServices()
  const { rules, roster, now, preferences } = services
  const today = dayOf(now(), -new Date().getTimezoneOffset())
  const [values, setValues] = useState<ArrivalValues>({ ...noArrival(today), ...shown.values })
  const [checked, setChecked] = useState(false)
  const [failed, setFailed] = useState<string>()
  const change = (part: Partial<ArrivalValues>) => setValues({ ...values, ...part })
  const keeping = useFormKeeping(
    { form: 'arrival', title: maskName(values.name) || t('register.arrival'), values, context: contextOf(shown) },
    shown.parked,
  )
  const mistakes = arrivalErrors(values, today)
  const errors: ArrivalErrors = checked ? mistakes : {}
  const wrong = (question: ArrivalQuestion) =>
    errors[question] &&
    t(
      errors[question] === 'missing'
        ? 'register.answer-missing'
        : `register.wrong-${question === 'phone' ? 'phone' : question === 'arrivedOn' ? 'day' : 'number'}`,
    )

  const next = useOnce(async () => {
    setChecked(true)
    if (Object.keys(mistakes).length > 0) return
    const saved = await saveForm(services, [{ operation: { kind: 'arrival', ...arrivalOf(values) } }], keeping.id)
    if (!saved.ok) {
      give('failed', preferences.value)
      return setFailed(`${t('gate.not-saved')} ${t(STORAGE_WORDS[saved.error.kind].todo)}`)
    }
    if (shown.passing) return actions.answered(shown.passing, { arrival: 'registered' })
    // Whoever arrives comes in, whichever way the gate has counted last.
    return actions.person(arrivedWho(), { direction: 'in' })
  })
  /** Who comes in now: the resident, where the roster knows them. */
  const arrivedWho = (): Who => {
    const known = values.residentId && roster.value?.residentById.get(values.residentId)
    if (known) return residentWho(known.resident, known.household, { way: 'search' })
    const { address } = arrivalOf(values)
    return whoOf({ kind: 'written', name: values.name.trim(), ...(address ? { address } : {}) }, 'written', undefined)
  }
  const household = values.householdId && roster.value?.householdById.get(values.householdId)

  return (
    <FormPanel
      title={t('register.arrival')}
      next={t('gate.written-next')}
      onNext={() => void next()}
      onBack={actions.back}
      keeping={keeping}
      error={failed}
    >
      {!shown.passing && (
        <Button wide icon="household" onClick={() => actions.go({ at: 'bus' })}>
          {t('register.bus')}
        </Button>
      )}
      <UnitField
        label={t('register.arrival-unit')}
        unit={values.unit}
        householdId={values.householdId}
        onChange={(unit, householdId) => setValues(movedTo(values, unit, householdId))}
      />
      {household && !values.residentId && (
        <div class="again">
          {household.residents.map((resident) => (
            <Button
              key={resident.id}
              icon="person"
              onClick={() =>
                change({ residentId: resident.id, name: resident.name, phone: resident.phone ?? '', unit: unitText(household.address) })
              }
            >
              {maskName(resident.name)}
            </Button>
          ))}
        </div>
      )}
      {values.residentId ? (
        <p>
          <b>{maskName(values.name)}</b> {values.unit}
        </p>
      ) : (
        <>
          <Field label={t('register.name')} value={values.name} onInput={(name) => change({ name })} error={wrong('name')} maxLength={40} />
          <Field
            label={t('register.phone')}
            value={values.phone}
            onInput={(phone) => change({ phone })}
            error={wrong('phone')}
            inputMode="tel"
            maxLength={20}
          />
        </>
      )}
      <Field
        label={t('register.origin')}
        hint={t('register.origin-hint')}
        value={values.origin}
        onInput={(origin) => change({ origin })}
        error={wrong('origin')}
        maxLength={40}
      />
      <Field
        label={t('register.arrived-on')}
        value={values.arrivedOn}
        onInput={(arrivedOn) => change({ arrivedOn })}
        error={wrong('arrivedOn')}
        type="date"
        max={today}
      />
      <Choice
        legend={t('register.means')}
        error={wrong('means')}
        options={MEANS.map((means) => ({ value: means, label: t(`register.means-${means}`) }))}
        value={values.means}
        onChange={(means) => change({ means })}
      />
      <Field
        label={t('register.means-number')}
        value={values.meansNumber}
        onInput={(meansNumber) => change({ meansNumber })}
        maxLength={20}
      />
      <Field
        label={t('register.companions')}
        value={values.companions}
        onInput={(companions) => change({ companions })}
        error={wrong('companions')}
        inputMode="numeric"
        maxLength={3}
      />
      <Choice
        legend={t('register.platform')}
        error={wrong('platform')}
        options={PLATFORM_STATES.map((state) => ({ value: state, label: t(`register.platform-${state}`) }))}
        value={values.platform}
        onChange={(platform) => change({ platform })}
      />
      {values.platform === 'not-registered' && (
        <Notice
          tone="wait"
          title={t(rules.value.unregistered === 'send-to-platform' ? 'register.platform-send' : 'register.platform-noted')}
          announce="status"
        />
      )}
      <Choice
        row
        legend={t('register.code')}
        options={CODE_COLOURS.map((code) => ({ value: code, label: t(`register.code-${code}`) }))}
        value={values.code}
        onChange={(code) => change({ code })}
      />
      <YesNo
        legend={t('register.arrival-key-area')}
        value={values.keyArea}
        onChange={(keyArea) => change({ keyArea })}
        error={wrong('keyArea')}
      />
      {values.keyArea && <Notice tone="wait" title={t('register.proposed')} announce="status" />}
      <Field label={t('register.symptoms')} value={values.symptoms} onInput={(symptoms) => change({ symptoms })} maxLength={200} />
      <YesNo legend={t('register.met')} value={values.metInPerson} onChange={(metInPerson) => change({ metInPerson })} />
    </FormPanel>
  )
}

/** Another unit is another household: whoever was chosen does not stay chosen. */
function movedTo(
  { residentId: _one, householdId: _other, ...values }: ArrivalValues,
  unit: string,
  householdId: ArrivalValues['householdId'],
): ArrivalValues {
  return { ...values, unit, ...(householdId ? { householdId } : {}) }
}
