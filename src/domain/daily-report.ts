import { attended, totalOf } from './attendance'
import { clockOn } from './clock-text'
import { type Management, type Post, placeOf } from './community'
import type { DayLog, Entry } from './day-log'
import type { Operation, TurnedBack } from './operation'
import { isComplete, missingOf, type PhoneWords } from './phones-in-report'
import type { PhoneInReport, ReportColumn, ReportRow, ReportSource } from './report'
import { STOP_CAUSES, type StopCause } from './rules/verdict'
import { type Tally, tally } from './tally'
import { keysOf, unsentOf } from './unsent'

/** 日报表: the columns in their order. */
export const DAILY_COLUMNS = [
  { name: 'date', kind: 'date', width: 10 },
  { name: 'place', kind: 'text', width: 16 },
  { name: 'kind', kind: 'text', width: 12 },
  { name: 'posts', kind: 'count', width: 5 },
  { name: 'staff', kind: 'count', width: 5 },
  { name: 'person-times', kind: 'count', width: 5 },
  { name: 'in', kind: 'count', width: 5 },
  { name: 'out', kind: 'count', width: 5 },
  { name: 'vehicles', kind: 'count', width: 5 },
  { name: 'measured', kind: 'count', width: 5 },
  { name: 'too-low', kind: 'count', width: 5 },
  { name: 'at-threshold', kind: 'count', width: 5 },
  { name: 'confirmed', kind: 'count', width: 5 },
  { name: 'handed-on', kind: 'count', width: 5 },
  { name: 'not-measured', kind: 'count', width: 5 },
  { name: 'visitors', kind: 'count', width: 5 },
  { name: 'couriers', kind: 'count', width: 5 },
  { name: 'arrivals', kind: 'count', width: 5 },
  { name: 'unregistered', kind: 'count', width: 5 },
  { name: 'key-area', kind: 'count', width: 5 },
  { name: 'observed', kind: 'count', width: 5 },
  { name: 'observed-new', kind: 'count', width: 5 },
  { name: 'observed-ended', kind: 'count', width: 5 },
  { name: 'observed-turned-back', kind: 'count', width: 5 },
  { name: 'stopped', kind: 'count', width: 5 },
  { name: 'stopped-why', kind: 'text', width: 12 },
  { name: 'requests', kind: 'count', width: 5 },
  { name: 'waiting', kind: 'count', width: 5 },
  { name: 'returned', kind: 'count', width: 5 },
  { name: 'unmerged', kind: 'text', width: 14 },
  { name: 'note', kind: 'text', width: 14 },
] as const satisfies readonly ReportColumn[]
export type DailyColumn = (typeof DAILY_COLUMNS)[number]['name']
export type DailyRow = ReportRow<DailyColumn>

export interface DailyWords extends PhoneWords {
  readonly managements: Readonly<Record<Management, string>>
  readonly causes: Readonly<Record<TurnedBack['why'], string>>
  readonly postTypes: Readonly<Record<Post['type'], string>>
  readonly notEnclosed: string
  readonly subtotal: string
  readonly total: string
  /** 零报告: a day on which nothing happened is reported too. */
  readonly nil: string
  /** Nothing so far: the time is not over, or a phone is missing. */
  readonly noneYet: string
  /** 额温枪: so many equal readings in a row, from when to when. */
  equalRun(thermometer: string, count: number, span: string): string
  stopped(cause: string, count: number): string
  /** Under observation, and went out all the same. */
  wentOut(count: number): string
}

/** What is no sum: it says something of its own row only. */
const WORDS_ONLY = new Set<DailyColumn>(['date', 'place', 'kind', 'stopped-why', 'unmerged', 'note'])

/** A row for each post, after those of a compound its sum, and the whole at the end; persons are counted once in each row, so they do not add up. */
export function dailyReport(source: ReportSource, words: DailyWords): DailyRow[] {
  const sums: DailyRow[] = []
  const rows = byCompound(source.posts).flatMap((posts) => {
    const own = posts.map((post) => postRow(post, source, words))
    const [first] = posts
    if (!first?.compoundId) {
      sums.push(...own)
      return own
    }
    const sum = {
      ...sumOf(own, source),
      ...observed(source.observed(first.compoundId)),
      staff: staffOf(source, posts),
      place: `${first.compoundName} ${words.subtotal}`,
    }
    sums.push(sum)
    const unmerged = missingAt(({ postId, compoundId }) => !postId && compoundId === first.compoundId, source, words)
    return [...own, { ...sum, kind: compoundKind(first, words), unmerged: unmerged.join('；'), note: nilOf(sum, posts, source, words) }]
  })
  const total = { ...sumOf(sums, source), staff: staffOf(source, source.posts) }
  const unmerged = [
    ...missingAt(({ postId, compoundId }) => !postId && !compoundId, source, words),
    ...(source.arePhonesKnown ? [] : [words.phonesUnknown]),
  ]
  return [...rows, { ...total, place: words.total, unmerged: unmerged.join('；'), note: nilOf(total, source.posts, source, words) }]
}

function missingAt(isHere: (phone: PhoneInReport) => boolean, source: ReportSource, words: DailyWords): string[] {
  return source.phones.filter(isHere).flatMap((phone) => missingOf(phone, source, words) || [])
}

/** In the order of their names; a post without a compound stands alone. */
function byCompound(posts: readonly Post[]): Post[][] {
  const place = ({ compoundName, name }: Post) => `${compoundName} ${name}`
  const groups = new Map<string, Post[]>()
  for (const post of [...posts].sort((a, b) => (place(a) < place(b) ? -1 : 1))) {
    const group = post.compoundId ?? post.id
    groups.set(group, [...(groups.get(group) ?? []), post])
  }
  return [...groups.values()]
}

function postRow(post: Post, source: ReportSource, words: DailyWords): DailyRow {
  const log = ofPost(source.log, post)
  const counts = tally(log, source.judgedBy)
  const people = attended(log.attendance, source.span)
  const unmerged = [
    ...missingAt(({ postId }) => postId === post.id, source, words),
    ...(source.arePhonesKnown ? [] : [words.phonesUnknown]),
  ]
  const row: DailyRow = {
    ...countsOf(counts, log),
    ...unsentOf(keysOf('daily', log), source),
    date: source.day,
    place: placeOf(post),
    kind: words.postTypes[post.type],
    posts: 1,
    staff: people.length,
    'person-times': totalOf(people).personTimes,
    observed: '',
    'observed-new': '',
    'observed-ended': '',
    'stopped-why': whyStopped(log, words),
    unmerged: unmerged.join('；'),
    note: '',
  }
  const runs = log.equalRuns.map(({ thermometer, count, from, to }) =>
    words.equalRun(thermometer, count, `${clockOn(from, source)}–${clockOn(to, source)}`),
  )
  return { ...row, note: [nilOf(row, [post], source, words), wentOut(log, words), ...runs].filter(Boolean).join('；') }
}

/** Persons: who stood at two posts is one. */
const staffOf = ({ log, span }: ReportSource, posts: readonly Post[]) =>
  attended(
    log.attendance.filter(({ operation: { postId } }) => posts.some(({ id }) => id === postId)),
    span,
  ).length

/** No medical exit, and nobody turned back: who could not be held. */
function wentOut({ passages }: DayLog, words: DailyWords): string {
  const count = passages.filter(
    ({ voided, checkIn: { verdict, exception } }) => !voided && !exception && verdict?.why === 'observation',
  ).length
  return count > 0 ? words.wentOut(count) : ''
}

function countsOf(counts: Tally, log: DayLog) {
  const turnedBack = log.turnedBack.filter(({ voided }) => !voided)
  return {
    in: counts.in,
    out: counts.out,
    vehicles: counts.vehicles,
    measured: counts.measured,
    'too-low': counts.tooLow,
    'at-threshold': counts.atThreshold,
    confirmed: counts.confirmed,
    'handed-on': counts.handedOn,
    'not-measured': counts.notMeasured,
    visitors: counts.visitors,
    couriers: counts.couriers,
    arrivals: counts.arrivals,
    unregistered: counts.unregistered,
    'key-area': counts.keyArea,
    'observed-turned-back': turnedBack.filter(({ operation }) => operation.why === 'observation').length,
    stopped: turnedBack.filter(({ operation }) => isStopCause(operation.why)).length,
    requests: counts.requests,
  }
}

const isStopCause = (why: string): why is StopCause => (STOP_CAUSES as readonly string[]).includes(why)

function whyStopped({ turnedBack }: DayLog, words: DailyWords): string {
  return STOP_CAUSES.flatMap((cause) => {
    const count = turnedBack.filter(({ voided, operation }) => !voided && operation.why === cause).length
    return count > 0 ? [words.stopped(words.causes[cause], count)] : []
  }).join('；')
}

/** What of a log happened at one post; what two posts wrote of one passage is marked already. */
export function ofPost(log: DayLog, { id }: Pick<Post, 'id'>): DayLog {
  const own = <O extends Operation>(entries: readonly Entry<O>[]) => entries.filter(({ operation }) => operation.postId === id)
  return {
    ...log,
    passages: log.passages.filter(({ checkIn }) => checkIn.postId === id),
    incidents: log.incidents.filter(({ passage }) => passage.checkIn.postId === id),
    counts: own(log.counts),
    turnedBack: own(log.turnedBack),
    arrivals: own(log.arrivals),
    requests: own(log.requests),
    attendance: own(log.attendance),
    handOvers: own(log.handOvers),
    equalRuns: log.equalRuns.filter(({ postId }) => postId === id),
  }
}

function sumOf(rows: readonly DailyRow[], { day }: ReportSource): DailyRow {
  const sums = DAILY_COLUMNS.map(({ name }) => {
    const known = rows.map((row) => row[name]).filter((value) => typeof value === 'number')
    if (WORDS_ONLY.has(name)) return [name, ''] as const
    // What nobody knows is left empty, and is no zero.
    return [name, known.length === 0 && rows.length > 0 ? '' : known.reduce((sum, value) => sum + value, 0)] as const
  })
  return { ...(Object.fromEntries(sums) as DailyRow), date: day }
}

function observed(known: ReturnType<ReportSource['observed']>): Partial<DailyRow> {
  return known ? { observed: known.standing, 'observed-new': known.began ?? '', 'observed-ended': known.ended ?? '' } : {}
}

function compoundKind({ setting }: Post, words: DailyWords): string {
  return [setting?.management && words.managements[setting.management], setting?.enclosed === false ? words.notEnclosed : '']
    .filter(Boolean)
    .join('、')
}

const NOTHING_HAPPENED: readonly DailyColumn[] = ['measured', 'not-measured', 'arrivals', 'stopped', 'observed-turned-back', 'requests']
const isNil = (row: DailyRow) => NOTHING_HAPPENED.every((name) => row[name] === 0)

/** 零报告 is said of what can no longer change. */
function nilOf(row: DailyRow, posts: readonly Post[], source: ReportSource, words: DailyWords): string {
  if (!isNil(row)) return ''
  return isComplete(source, posts) ? words.nil : words.noneYet
}
