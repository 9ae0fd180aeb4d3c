import { useEffect, useState } from 'preact/hooks'
import { type Community, instantWithin, type Post, placeOf } from '../../../domain/community'
import { isFullReport, REPORT_KINDS, type ReportKind } from '../../../domain/report'
import { may } from '../../../domain/role'
import { type Day, dayOf } from '../../../domain/time'
import type { Format } from '../../../reports/file-name'
import type { SheetOrder } from '../../../reports/sheet'
import { daysKept } from '../../../storage/facts'
import { t } from '../../i18n/translate'
import type { DayQuestion } from '../../reporting/day-source'
import type { Reporter } from '../../reporting/reporter'
import { useServices } from '../../services'
import { useKnownPhones } from '../../shell/use-known-phones'
import { Choice } from '../../ui/choice'
import { Field } from '../../ui/field'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { Skeleton } from '../../ui/skeleton'
import { type Chosen, DayChoice } from './day-choice'
import { MakeFile } from './make-file'
import { zoneNow } from './use-day'
import { type Asked, useReport, useReporter } from './use-report'
import './log.css'

const FORMATS = ['xlsx', 'csv', 'json'] as const

/** 交日志: which day, which report, in which form; made on this phone, with no network. */
export function HandInScreen() {
  const { db, now, identity } = useServices()
  const { role, posts, community } = identity.value
  const today = dayOf(now(), zoneNow())
  const [days, setDays] = useState<readonly Day[]>([today])
  const [chosen, setChosen] = useState<Chosen>({ day: today, shift: undefined, postId: undefined })
  const [kind, setKind] = useState<ReportKind>('daily')
  const [format, setFormat] = useState<Format>('xlsx')
  const [cutOff, setCutOff] = useState('')
  const [reason, setReason] = useState('')
  const reporter = useReporter()
  useKnownPhones()
  useEffect(() => {
    void daysKept(db).then((kept) => setDays([...new Set([today, ...kept])]))
  }, [db, today])

  const until = untilOf(chosen, cutOff, community)
  const question = questionOf(chosen, until)
  const order = orderOf(chosen, kind, until, posts)
  const kinds = REPORT_KINDS.filter((each) => !isFullReport(each) || may(role, 'export-full'))

  return (
    <Screen title={t('log.hand-in')} back={{ href: '/log', label: t('common.back') }}>
      <DayChoice days={days} chosen={chosen} onChoose={setChosen} />
      <Choice
        legend={t('log.report')}
        options={kinds.map((value) => ({ value, label: t(`log.report-${value}`), hint: t(`log.report-${value}-hint`) }))}
        value={kind}
        onChange={setKind}
      />
      {isFullReport(kind) && (
        <Field label={t('log.full-reason')} hint={t('log.full-reason-hint')} value={reason} onInput={setReason} maxLength={100} required />
      )}
      <label class="field">
        <span>{t('log.cut-off')}</span>
        <input type="time" value={cutOff} onInput={({ currentTarget: { value } }) => setCutOff(value)} />
      </label>
      <Preview asked={{ question, order }} reporter={reporter} />
      <Choice
        legend={t('log.format')}
        options={FORMATS.map((value) => ({ value, label: t(`log.format-${value}`) }))}
        value={format}
        onChange={setFormat}
        row
      />
      <MakeFile
        asked={{ question, order: reason.trim() ? { ...order, reason: reason.trim() } : order }}
        reporter={reporter}
        format={format}
        missing={isFullReport(kind) && reason.trim() === '' ? t('log.full-reason-missing') : undefined}
      />
    </Screen>
  )
}

export function questionOf({ day, shift, postId }: Chosen, until?: number): DayQuestion {
  return { day, zone: zoneNow(), ...(shift ? { shift } : {}), ...(postId ? { postId } : {}), ...(until === undefined ? {} : { until }) }
}

export function orderOf(
  { shift, postId }: Chosen,
  kind: ReportKind,
  until: number | undefined,
  posts: readonly Post[],
): Omit<SheetOrder, 'madeBy' | 'madeAt'> {
  const post = posts.find(({ id }) => id === postId)
  return { kind, ...(shift ? { shift } : {}), ...(post ? { post: placeOf(post) } : {}), ...(until === undefined ? {} : { until }) }
}

/** ms; undefined: to the end. */
function untilOf({ day, shift }: Chosen, cutOff: string, { shifts }: Community): number | undefined {
  const [hours, minutes] = cutOff.split(':').map(Number)
  if (hours === undefined || minutes === undefined) return undefined
  const time = shifts.find(({ name }) => name === shift)
  return instantWithin(day, hours * 60 + minutes, time, zoneNow())
}

/** What the file will say, before it is made: its totals, what is missing, and a way to print it. */
function Preview({ asked, reporter }: { readonly asked: Asked; readonly reporter: Reporter }) {
  const making = useReport(reporter, asked, 'summary')
  if (making.at === 'making') return <Skeleton label={t('log.reading')} lines={3} />
  if (making.at === 'failed') return <Notice tone="stop" title={t('log.report-failed')} announce="alert" />
  if (making.made.at !== 'summary') return null
  const { about, totals } = making.made.summary
  const [span, ...said] = about
  const shown = totals.filter(({ name }) => TOTALS.includes(name))
  return (
    <section class="hand-in-preview" aria-label={t('log.preview')}>
      <p class="hand-in-span">{span}</p>
      {said.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {shown.length > 0 && (
        <dl class="log-counts">
          {shown.map(({ name, title, value }) => (
            <div key={name}>
              <dt>{title}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {!isFullReport(asked.order.kind) && (
        <a class="button button-plain button-wide" href={printAddress(asked.question, asked.order.kind)}>
          {t('log.print')}
        </a>
      )}
    </section>
  )
}

const TOTALS = ['in', 'out', 'measured', 'too-low', 'at-threshold', 'confirmed', 'arrivals', 'stopped', 'waiting', 'returned']

export function printAddress({ day, shift, postId, until }: DayQuestion, kind: ReportKind): string {
  const asked = new URLSearchParams({
    day,
    kind,
    ...(shift ? { shift } : {}),
    ...(postId ? { post: postId } : {}),
    ...(until === undefined ? {} : { until: String(until) }),
  })
  return `/log/print?${asked}`
}
