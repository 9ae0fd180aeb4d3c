import { useState } from 'preact/hooks'
import { maskName, unitText } from '../../../../domain/roster'
import { findResidents } from '../../../../domain/roster-search'
import { dayOf } from '../../../../domain/time'
import { clockText } from '../../../i18n/format'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { useOnce } from '../../../shell/one-at-a-time'
import { give } from '../../../shell/signals'
import { STORAGE_WORDS } from '../../../shell/storage-words'
import { residentWho } from '../../../shell/who'
import { Button } from '../../../ui/button'
import { Choice } from '../../../ui/choice'
import { Field } from '../../../ui/field'
import type { GateActions } from '../gate-actions'
import { useFormKeeping } from './form-keeping'
import { FormPanel } from './form-panel'
import { saveLate } from './late-saving'
import { instantOf, type LateErrors, lateErrors, noLine, unchosen } from './late-values'
import { INSTEAD, LATE_KINDS, type LateValues, type RegisterGate } from './register-state'

const zone = () => -new Date().getTimezoneOffset()

/** 补录: from paper, with the paper's own time; marked as such, and the next line follows at once. */
export function LateEntryPanel({
  shown,
  actions,
}: {
  readonly shown: Extract<RegisterGate, { at: 'late' }>
  readonly actions: GateActions
}) {
  const services = useServices()
  const { roster, now, preferences, rulesAt } = services
  const today = dayOf(now(), zone())
  const [values, setValues] = useState<LateValues>(shown.values ?? noLine(today, preferences.value.direction))
  const [checked, setChecked] = useState(false)
  const [failed, setFailed] = useState<string>()
  const [kept, setKept] = useState<string>()
  const { site } = preferences.value
  const { who, typed, direction, kind = 'resident' } = values
  const change = (part: Partial<LateValues>) => setValues({ ...values, ...part })
  const keeping = useFormKeeping({ form: 'late', title: (who?.name ?? maskName(typed.trim())) || t('register.late'), values }, shown.parked)
  const found = who || kind !== 'resident' || !roster.value ? [] : findResidents(roster.value, typed, 6)

  const mistakes = lateErrors(values, { now: now(), bands: rulesAt(instantOf(values) ?? now()).bands[site] })
  const wrong: LateErrors = checked ? mistakes : {}

  const keep = useOnce(async () => {
    setChecked(true)
    if (Object.keys(mistakes).length > 0) return
    const saved = await saveLate(services, values, keeping.id)
    if (!saved?.ok) {
      give('failed', preferences.value)
      return setFailed(saved && `${t('gate.not-saved')} ${t(STORAGE_WORDS[saved.error.kind].todo)}`)
    }
    const { at, who: person } = saved.value
    give('saved', preferences.value)
    setKept(t('register.late-kept', { time: clockText(at), name: person.name }))
    keeping.renew()
    setChecked(false)
    const { who: _who, instead: _instead, plate: _plate, ...line } = values
    setValues({ ...line, typed: '', celsius: '' })
    setFailed(undefined)
  })

  return (
    <FormPanel
      title={t('register.late')}
      next={t('common.save')}
      onNext={() => void keep()}
      onBack={actions.back}
      keeping={keeping}
      error={failed}
    >
      <p class="soft">{t('register.late-what')}</p>
      <p role="status">{kept}</p>
      <Field label={t('register.late-day')} type="date" max={today} value={values.day} onInput={(day) => change({ day })} />
      <Field
        label={t('register.late-time')}
        hint={t('register.late-time-hint')}
        value={values.time}
        onInput={(time) => change({ time })}
        error={wrong.when && t('register.late-when-wrong')}
        inputMode="numeric"
        maxLength={5}
      />
      {!who && (
        <Choice
          row
          legend={t('register.late-kind')}
          options={LATE_KINDS.map((each) => ({ value: each, label: t(`register.late-kind-${each}`) }))}
          value={kind}
          onChange={(each) => change({ kind: each })}
        />
      )}
      {who ? (
        <p>
          <b>{who.name}</b> {who.unit}{' '}
          <Button look="quiet" onClick={() => setValues(unchosen(values))}>
            {t('register.change')}
          </Button>
        </p>
      ) : (
        <Field
          label={t('register.late-who')}
          hint={t(kind === 'resident' ? 'gate.find-label' : `register.late-who-${kind}`)}
          value={typed}
          onInput={(text) => change({ typed: text })}
          error={wrong.name && t('register.name-missing')}
          maxLength={40}
        />
      )}
      {found.length > 0 && (
        <div class="again">
          {found
            .flatMap((each) =>
              each.resident ? [{ ...each, resident: each.resident }] : each.household.residents.map((resident) => ({ ...each, resident })),
            )
            .slice(0, 6)
            .map(({ resident, household }) => (
              <Button key={resident.id} icon="person" onClick={() => change({ who: residentWho(resident, household, { way: 'written' }) })}>
                {maskName(resident.name)} {unitText(household.address)}
              </Button>
            ))}
        </div>
      )}
      <Field
        label={t('register.plate')}
        hint={t('register.late-plate-hint')}
        value={values.plate ?? ''}
        onInput={(plate) => change({ plate })}
        maxLength={20}
      />
      <Choice
        row
        legend={t('gate.direction')}
        options={[
          { value: 'in', label: t('direction.in') },
          { value: 'out', label: t('direction.out') },
        ]}
        value={direction}
        onChange={(side) => change({ direction: side })}
      />
      <Field
        label={t('gate.correct-reading')}
        hint={t('register.late-reading-hint')}
        value={values.celsius}
        onInput={(celsius) => change({ celsius })}
        error={wrong.celsius && t('gate.keypad-range', rulesAt(now()).bands[site])}
        inputMode="decimal"
        maxLength={5}
      />
      {values.celsius.trim() === '' && (
        <Choice
          legend={t('register.late-instead')}
          options={INSTEAD.map((each) => ({ value: each, label: each === 'in-range' ? t('gate.in-range') : t(`not-measured.${each}`) }))}
          value={values.instead}
          onChange={(instead) => change({ instead })}
          error={wrong.instead && t('register.answer-missing')}
        />
      )}
    </FormPanel>
  )
}
