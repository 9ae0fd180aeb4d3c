import { useState } from 'preact/hooks'
import type { Direction, Measured } from '../../../../domain/operation'
import { parseCelsius } from '../../../../domain/reading'
import { maskName, unitText } from '../../../../domain/roster'
import { findResidents } from '../../../../domain/roster-search'
import { dayOf, isoWithOffset } from '../../../../domain/time'
import { addressTyped } from '../../../../domain/unit-typed'
import { clockText } from '../../../i18n/format'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { give } from '../../../shell/signals'
import { STORAGE_WORDS } from '../../../shell/storage-words'
import { residentWho, type Who, whoOf } from '../../../shell/who'
import { Button } from '../../../ui/button'
import { Choice } from '../../../ui/choice'
import { Field } from '../../../ui/field'
import type { GateActions } from '../gate-actions'
import { lastPassage } from '../last-passage'
import { FormPanel } from './form-panel'

const zone = () => -new Date().getTimezoneOffset()
type Wrong = Partial<Record<'when' | 'name' | 'celsius', string>>

/** 补录: from paper, with the paper's own time; marked as such, and the next line follows at once. */
export function LateEntryPanel({ actions }: { readonly actions: GateActions }) {
  const { roster, now, preferences, rulesAt, save } = useServices()
  const [day, setDay] = useState<string>(() => dayOf(now(), zone()))
  const [time, setTime] = useState('')
  const [typed, setTyped] = useState('')
  const [who, setWho] = useState<Who>()
  const [direction, setDirection] = useState<Direction>(preferences.value.direction)
  const [celsius, setCelsius] = useState('')
  const [wrong, setWrong] = useState<Wrong>({})
  const [failed, setFailed] = useState<string>()
  const [kept, setKept] = useState<string>()
  const { site } = preferences.value
  const found = who || !roster.value ? [] : findResidents(roster.value, typed, 6)

  const keep = async () => {
    const at = instantOf(day, time)
    const rules = rulesAt(at ?? now())
    const parsed = celsius.trim() === '' ? undefined : parseCelsius(celsius, rules.bands[site])
    const errors: Wrong = {
      ...(at === undefined || at > now() ? { when: t('register.late-when-wrong') } : {}),
      ...(!who && typed.trim() === '' ? { name: t('register.name-missing') } : {}),
      ...(parsed && !parsed.ok ? { celsius: t('gate.keypad-range', rules.bands[site]) } : {}),
    }
    setWrong(errors)
    if (at === undefined || Object.keys(errors).length > 0) return
    const person = who ?? writtenWho(typed)
    const measured: Measured = parsed?.ok ? { celsius: parsed.value, site, attempt: 1 } : { reason: 'walked-on' }
    const occurredAt = isoWithOffset(at, zone())
    const { subject, way } = person
    const saved = await save([{ operation: { kind: 'check-in', subject, direction, measured, way, rules: rules.version, occurredAt } }])
    const [first] = saved.ok ? saved.value : []
    if (!saved.ok || !first) {
      give('failed', preferences.value)
      return setFailed(saved.ok ? undefined : `${t('gate.not-saved')} ${t(STORAGE_WORDS[saved.error.kind].todo)}`)
    }
    lastPassage.value = { key: first.key, who: person, direction, outcome: 'noted', savedAt: Date.now() }
    give('saved', preferences.value)
    setKept(t('register.late-kept', { time: clockText(at), name: person.name }))
    setTyped('')
    setWho(undefined)
    setCelsius('')
    setFailed(undefined)
  }

  return (
    <FormPanel title={t('register.late')} next={t('common.save')} onNext={() => void keep()} onBack={actions.back} error={failed}>
      <p class="soft">{t('register.late-what')}</p>
      <p role="status">{kept}</p>
      <Field label={t('register.late-day')} value={day} onInput={setDay} inputMode="numeric" maxLength={10} />
      <Field
        label={t('register.late-time')}
        hint={t('register.late-time-hint')}
        value={time}
        onInput={setTime}
        error={wrong.when}
        inputMode="numeric"
        maxLength={5}
      />
      {who ? (
        <p>
          <b>{who.name}</b> {who.unit}{' '}
          <Button look="quiet" onClick={() => setWho(undefined)}>
            {t('register.change')}
          </Button>
        </p>
      ) : (
        <Field
          label={t('register.late-who')}
          hint={t('gate.find-label')}
          value={typed}
          onInput={setTyped}
          error={wrong.name}
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
              <Button key={resident.id} icon="person" onClick={() => setWho(residentWho(resident, household, { way: 'written' }))}>
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
        onChange={setDirection}
      />
      <Field
        label={t('gate.correct-reading')}
        hint={t('register.late-reading-hint')}
        value={celsius}
        onInput={setCelsius}
        error={wrong.celsius}
        inputMode="decimal"
        maxLength={5}
      />
    </FormPanel>
  )
}

function writtenWho(typed: string): Who {
  const [name = '', ...unit] = typed.trim().split(/\s+/)
  const address = addressTyped(unit.join(' '))
  return whoOf({ kind: 'written', name, ...(address ? { address } : {}) }, 'written', undefined)
}

/** 2020-02-18 and 7:31, 07:31 or 0731, in the phone's zone; ms. */
function instantOf(day: string, time: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2})[:：.]?(\d{2})$/.exec(time.trim()) ?? []
  if (!hours || !minutes || Number(hours) > 23 || Number(minutes) > 59 || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined
  const at = new Date(`${day}T${hours.padStart(2, '0')}:${minutes}:00`).getTime()
  return Number.isNaN(at) ? undefined : at
}
