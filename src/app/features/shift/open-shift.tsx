import { useState } from 'preact/hooks'
import { shiftToOpen } from '../../../domain/community'
import { SITES, type Site } from '../../../domain/reading'
import type { ThermometerCheck } from '../../../domain/shift'
import { minuteOfDay } from '../../../domain/time'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { ConfirmTime } from '../../shell/confirm-time'
import { errorInSight } from '../../shell/error-in-sight'
import { useOnce } from '../../shell/one-at-a-time'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Choice } from '../../ui/choice'
import { Section } from '../../ui/facts'
import { Field } from '../../ui/field'
import { nameError, readingError, readThermometers, type ThermometerRow } from './thermometers'

const UNSYNCED = 12 * 3_600_000 // ms without a word of the server: nobody knows whether the clock is right

/** 开班: the time confirmed where it is doubtful, the thermometers compared, the site for today. */
export function OpenShift() {
  const services = useServices()
  const { now, identity, clock, preferences, changePreferences } = services
  const [rows, setRows] = useState<readonly ThermometerRow[]>([{ name: t('shift.thermometer-first'), own: '', reference: '' }])
  const [site, setSite] = useState<Site>(preferences.value.site)
  const [doubtful] = useState(() => clock.value.doubtful === true || Date.now() - clock.value.measuredAt > UNSYNCED)
  const [confirmed, setConfirmed] = useState(false)
  const [failed, setFailed] = useState<string>()
  const [checked, setChecked] = useState(false)
  const { shifts } = identity.value.community
  const [name, setName] = useState(() => shiftToOpen(minuteOfDay(now(), -new Date().getTimezoneOffset()), shifts)?.name ?? '')

  const change = (at: number, part: Partial<ThermometerRow>) => setRows(rows.map((row, i) => (i === at ? { ...row, ...part } : row)))

  const open = useOnce(async () => {
    setChecked(true)
    errorInSight()
    if (rows.some((row, i) => nameError(row, rows.slice(0, i)) ?? readingError(row))) return
    const thermometers: readonly ThermometerCheck[] = readThermometers(rows)
    const openedAt = now()
    const opening = {
      kind: 'shift-opening',
      shift: name,
      site,
      thermometers,
      ...(doubtful && confirmed ? { timeConfirmed: true } : {}),
    } as const
    const saved = await services.saveWith([{ operation: opening }], 'shift', {
      key: crypto.randomUUID(),
      openedAt,
      name,
      site,
      thermometers,
    })
    if (!saved.ok) return setFailed(`${t('gate.not-saved')} ${t(STORAGE_WORDS[saved.error.kind].todo)}`)
    await changePreferences({ site })
  })

  if (doubtful && !confirmed) return <ConfirmTime onDone={() => setConfirmed(true)} />
  return (
    <Section title={t('shift.open-title', { shift: name })}>
      {shifts.length > 0 && (
        <Choice
          legend={t('shift.title')}
          options={shifts.map((shift) => ({ value: shift.name, label: shift.name }))}
          value={name}
          onChange={setName}
          row
        />
      )}
      <p class="soft">{t('shift.thermometer-what')}</p>
      {rows.map((row, i) => (
        <fieldset key={i} class="thermometer">
          <legend class="visually-hidden">{row.name}</legend>
          <Field
            label={t('shift.thermometer')}
            value={row.name}
            onInput={(text) => change(i, { name: text })}
            error={checked ? words(nameError(row, rows.slice(0, i))) : undefined}
            maxLength={20}
          />
          <Field
            label={t('shift.reading-own')}
            value={row.own}
            onInput={(own) => change(i, { own })}
            inputMode="decimal"
            maxLength={5}
            error={checked ? words(readingError(row)) : undefined}
          />
          <Field
            label={t('shift.reading-reference')}
            value={row.reference}
            onInput={(reference) => change(i, { reference })}
            inputMode="decimal"
            maxLength={5}
          />
        </fieldset>
      ))}
      <Button
        wide
        icon="plus"
        onClick={() => setRows([...rows, { name: t('shift.thermometer-next', { number: rows.length + 1 }), own: '', reference: '' }])}
      >
        {t('shift.thermometer-add')}
      </Button>
      <Choice
        legend={t('gate.site')}
        options={SITES.slice(0, 3).map((each) => ({ value: each, label: t(`site.${each}`) }))}
        value={site}
        onChange={setSite}
        row
      />
      {failed && (
        <p class="field-error" role="alert">
          {failed}
        </p>
      )}
      <Button look="main" tall wide onClick={() => void open()}>
        {t('shift.open-do')}
      </Button>
    </Section>
  )
}

const words = (error: ReturnType<typeof nameError | typeof readingError>) => error && t(`shift.thermometer-${error}`)
