import { useState } from 'preact/hooks'
import { parseCelsius } from '../../../../domain/reading'
import { isOpenMatter, stepAfter } from '../../../../domain/retest'
import { dayOf } from '../../../../domain/time'
import type { Draft } from '../../../../storage/record'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { give } from '../../../shell/signals'
import { STORAGE_WORDS } from '../../../shell/storage-words'
import { Button } from '../../../ui/button'
import { Field } from '../../../ui/field'
import type { GateActions } from '../gate-actions'
import { lastPassage } from '../last-passage'
import { type BusErrors, type BusValues, busErrors, NO_BUS, namesIn } from './bus-values'
import { FormPanel } from './form-panel'
import { park, unpark } from './parking'
import type { RegisterGate } from './register-state'
import { YesNo } from './visitor-form'

/** A whole bus: what is the same for all once, then a name and a reading each; kept all or none. */
export function BusFormPanel({ shown, actions }: { readonly shown: Extract<RegisterGate, { at: 'bus' }>; readonly actions: GateActions }) {
  const services = useServices()
  const { rules, preferences, now } = services
  const [values, setValues] = useState<BusValues>(shown.values ?? NO_BUS)
  const [names, setNames] = useState('')
  const [errors, setErrors] = useState<BusErrors>({ rows: [] })
  const [failed, setFailed] = useState<string>()
  const { site, direction } = preferences.value
  const bands = rules.value.bands[site]
  const change = (part: Partial<BusValues>) => setValues({ ...values, ...part })

  const add = () => {
    change({ rows: [...values.rows, ...namesIn(names).map((name) => ({ name, celsius: '' }))] })
    setNames('')
  }
  const keep = async () => {
    const found = busErrors(values, bands)
    setErrors(found)
    if (found.origin || found.nobody || found.rows.length > 0) return
    const saved = await services.save(values.rows.flatMap((row) => draftsOf(values, row)))
    if (!saved.ok) {
      give('failed', preferences.value)
      return setFailed(`${t('gate.not-saved')} ${t(STORAGE_WORDS[saved.error.kind].todo)}`)
    }
    const [first, ...others] = saved.value
    if (first) {
      const who = { name: t('register.bus-saved', { count: values.rows.length }), unit: values.employer }
      lastPassage.value = { key: first.key, also: others.map(({ key }) => key), who, direction, outcome: 'noted', savedAt: Date.now() }
    }
    give('saved', preferences.value)
    await unpark(services, shown.parked)
    actions.back()
  }

  /** The arrival, and the passage with its reading; one at the threshold waits like anybody else. */
  const draftsOf = (
    { origin, number, registered, keyArea, employer }: BusValues,
    { name, celsius }: BusValues['rows'][number],
  ): Draft[] => {
    const parsed = parseCelsius(celsius, bands)
    const reading = parsed.ok ? ({ celsius: parsed.value, site, attempt: 1 } as const) : undefined
    const opens = reading && isOpenMatter(stepAfter([reading], rules.value))
    return [
      {
        operation: {
          kind: 'arrival',
          name,
          origin: origin.trim(),
          arrivedOn: dayOf(now(), -new Date().getTimezoneOffset()),
          means: 'coach',
          ...(number.trim() ? { meansNumber: number.trim() } : {}),
          ...(employer.trim() ? { address: { building: '', unit: '', room: employer.trim() } } : {}),
          platform: registered ? 'registered' : 'not-registered',
          keyArea,
          metInPerson: true,
          source: 'post',
        },
      },
      {
        operation: {
          kind: 'check-in',
          subject: { kind: 'written', name },
          direction,
          measured: reading ?? { reason: 'refused' },
          way: 'written',
          rules: services.rulesNow().version,
        },
        ...(opens ? { wait: 'opens' as const } : {}),
      },
    ]
  }
  const putAside = async () => {
    await park(services, { form: 'bus', title: t('register.bus-parked', { count: values.rows.length }), values }, shown.parked)
    actions.back()
  }
  const setReading = (at: number, celsius: string) => change({ rows: values.rows.map((row, i) => (i === at ? { ...row, celsius } : row)) })

  return (
    <FormPanel
      title={t('register.bus')}
      next={t('register.bus-save', { count: values.rows.length })}
      onNext={() => void keep()}
      onBack={actions.back}
      onPark={() => void putAside()}
      error={failed ?? (errors.nobody ? t('register.bus-nobody') : undefined)}
    >
      <Field
        label={t('register.origin')}
        hint={t('register.origin-hint')}
        value={values.origin}
        onInput={(origin) => change({ origin })}
        error={errors.origin && t('register.answer-missing')}
        maxLength={40}
      />
      <Field label={t('register.employer')} value={values.employer} onInput={(employer) => change({ employer })} maxLength={40} />
      <Field label={t('register.bus-number')} value={values.number} onInput={(number) => change({ number })} maxLength={20} />
      <YesNo legend={t('register.bus-registered')} value={values.registered} onChange={(registered) => change({ registered })} />
      <YesNo legend={t('register.arrival-key-area')} value={values.keyArea} onChange={(keyArea) => change({ keyArea })} />
      <div class="field">
        <label for="bus-names">{t('register.bus-names')}</label>
        <p class="field-hint">{t('register.bus-names-hint')}</p>
        <textarea id="bus-names" rows={3} value={names} onInput={(event) => setNames(event.currentTarget.value)} />
      </div>
      <Button wide icon="plus" disabled={namesIn(names).length === 0} onClick={add}>
        {t('register.bus-add')}
      </Button>
      <ol class="bus-rows">
        {values.rows.map((row, i) => (
          // Two people may have one name: a row is its place.
          <li key={i}>
            <Field
              label={`${i + 1} ${row.name}`}
              value={row.celsius}
              onInput={(celsius) => setReading(i, celsius)}
              inputMode="decimal"
              maxLength={5}
              error={errors.rows.includes(i) ? t('gate.keypad-range', { least: bands.least, most: bands.most }) : undefined}
            />
          </li>
        ))}
      </ol>
    </FormPanel>
  )
}
