import { useState } from 'preact/hooks'
import { maskName, unitText } from '../../../../domain/roster'
import { findResidents } from '../../../../domain/roster-search'
import { dayOf, isoWithOffset } from '../../../../domain/time'
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
import { lastPassage } from '../last-passage'
import { FormPanel } from './form-panel'
import { instantOf, type LateErrors, lateErrors, measuredOf, noLine, unchosen, writtenWho } from './late-values'
import { park, saveForm } from './parking'
import { INSTEAD, type LateValues, type RegisterGate } from './register-state'

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
  const [parked, setParked] = useState(shown.parked)
  const [wrong, setWrong] = useState<LateErrors>({})
  const [failed, setFailed] = useState<string>()
  const [kept, setKept] = useState<string>()
  const { site } = preferences.value
  const { who, typed, direction } = values
  const change = (part: Partial<LateValues>) => setValues({ ...values, ...part })
  const found = who || !roster.value ? [] : findResidents(roster.value, typed, 6)

  const keep = useOnce(async () => {
    const at = instantOf(values)
    const rules = rulesAt(at ?? now())
    const errors = lateErrors(values, { now: now(), bands: rules.bands[site] })
    setWrong(errors)
    const measured = measuredOf(values, site, rules.bands[site])
    if (at === undefined || !measured || Object.keys(errors).length > 0) return
    const person = who ?? writtenWho(typed)
    const occurredAt = isoWithOffset(at, zone())
    const { subject, way } = person
    const operation = { kind: 'check-in', subject, direction, measured, way, rules: rules.version, occurredAt } as const
    const saved = await saveForm(services, [{ operation }], parked)
    const [first] = saved.ok ? saved.value : []
    if (!saved.ok || !first) {
      give('failed', preferences.value)
      return setFailed(saved.ok ? undefined : `${t('gate.not-saved')} ${t(STORAGE_WORDS[saved.error.kind].todo)}`)
    }
    lastPassage.value = { key: first.key, who: person, direction, outcome: 'noted', savedAt: Date.now() }
    give('saved', preferences.value)
    setKept(t('register.late-kept', { time: clockText(at), name: person.name }))
    setParked(undefined)
    const { who: _who, instead: _instead, ...line } = values
    setValues({ ...line, typed: '', celsius: '' })
    setFailed(undefined)
  })
  const putAside = async () => {
    const title = who?.name ?? (typed.trim() ? maskName(typed.trim()) : t('register.late'))
    await park(services, { form: 'late', title, values }, parked)
    actions.back()
  }

  return (
    <FormPanel
      title={t('register.late')}
      next={t('common.save')}
      onNext={() => void keep()}
      onBack={actions.back}
      onPark={() => void putAside()}
      parked={parked}
      kept={kept}
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
          hint={t('gate.find-label')}
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
