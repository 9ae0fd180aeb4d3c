import type { Pool } from 'pg'
import { instantWithin, placeOf, type ShiftTime } from '../../domain/community'
import type { CommunityId, DeviceId } from '../../domain/ids'
import type { ReportKind } from '../../domain/report'
import { CHINA, type Day } from '../../domain/time'
import { spanLine } from '../../reports/about'
import { columnsOf } from '../../reports/columns'
import type { ReadReport } from '../../reports/read-back'
import { type Cell, type SheetOrder, sheetOf } from '../../reports/sheet'
import type { ReportWords } from '../../reports/words/words'
import { postsBelow, readCommunity } from '../database/communities'
import { daySource, type ServerQuestion } from '../database/day-reports'
import { firstDayKept } from '../database/retention'
import { PlainError } from '../plain-error'

export type Compared =
  /** Its first line names no day, shift, post and time that there is. */
  | { readonly at: 'no-span' }
  /** The passages of its day are counts by now. */
  | { readonly at: 'gone' }
  | ComparedRows

/** Rows in words, each with its number where it has one. */
export interface ComparedRows {
  readonly at: 'compared'
  /** In the file, and not in the log as it was when the file was made. */
  readonly changed: readonly string[]
  /** The same, but the file itself says that they were not uploaded. */
  readonly unsent: readonly string[]
  /** In the log as it was then, and not in the file. */
  readonly missing: readonly string[]
  /** What the phones whose records it holds have told since. */
  readonly since: readonly string[]
  /** What other phones have told. */
  readonly ofOthers: readonly string[]
}

/** The phone that made a report, and whose records it had taken over until when. */
export interface Maker {
  readonly deviceId: DeviceId
  readonly phones: ReadonlyMap<DeviceId, number>
}

/** The instant of a cut-off, 12:00. Throws PlainError. */
export function instantOf(clock: string, day: Day, shift: ShiftTime | undefined): number {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock) ?? []
  if (hours === undefined) throw new PlainError('--until must be a time of day, 12:00.')
  return instantWithin(day, Number(hours) * 60 + Number(minutes), shift, CHINA)
}

const A_SECOND = 1_000 // ms; the first line of a file has no parts of it

/** What a file says and the log did not when it was made, the other way round, and what came since. `maker`: none: the server made it. `now`: ms. */
export async function compareWithLog(
  pool: Pool,
  communityId: CommunityId,
  report: ReadReport,
  { maker, now }: { readonly maker: Maker | undefined; readonly now: number },
): Promise<Compared> {
  const { kind, words } = report
  const asked = await askedBy(pool, communityId, report, maker?.deviceId)
  if (!asked) return { at: 'no-span' }
  const { question, order } = asked
  if (question.day < firstDayKept(now)) return { at: 'gone' }
  const rowsOf = async (part: Partial<ServerQuestion>) => {
    const source = await daySource(pool, communityId, { ...question, ...part })
    return source ? (await sheetOf(source, { ...order, kind, madeBy: '', madeAt: 0 }, words)).rows : []
  }
  const comparable = comparing(kind, words)
  const then = question.asOf + A_SECOND
  const mine = maker && new Map([...maker.phones, [maker.deviceId, then] as const])
  const whole = await rowsOf({ asOf: now })
  const asMade = await rowsOf(mine ? { phones: mine } : { asOf: then })
  const theSamePhones = mine ? await rowsOf({ phones: new Map([...mine.keys()].map((id) => [id, Number.POSITIVE_INFINITY])) }) : whole
  const notInLog = missingIn(asMade, report.rows, comparable)
  const isUnsent = saysUnsent(kind, words)
  return {
    at: 'compared',
    changed: inWords(notInLog.filter((row) => !isUnsent(row))),
    unsent: inWords(notInLog.filter(isUnsent)),
    missing: inWords(missingIn(report.rows, asMade, comparable)),
    since: inWords(missingIn(asMade, theSamePhones, comparable)),
    ofOthers: inWords(missingIn(theSamePhones, whole, comparable)),
  }
}

interface Asked {
  readonly question: ServerQuestion
  readonly order: Pick<SheetOrder, 'shift' | 'post' | 'until'>
}

/** Tries each shift and post that there is until one gives the very line that the file has: names may hold anything. */
async function askedBy(pool: Pool, communityId: CommunityId, { span, words }: ReadReport, maker: DeviceId | undefined) {
  const community = (await readCommunity(pool, communityId))?.community
  const [found] = /^\d{4}-\d\d-\d\d/.exec(span) ?? []
  const [, date, time] = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(span) ?? []
  const asOf = Date.parse(`${date}T${time}+08:00`)
  if (!community || found === undefined || Number.isNaN(Date.parse(found)) || Number.isNaN(asOf)) return undefined
  const day = found as Day
  const { rows } = await pool.query<{ unit_id: string }>('select unit_id from devices where community_id = $1 and device_id = $2', [
    communityId,
    maker,
  ])
  const unitId = rows[0]?.unit_id
  const { posts } = await postsBelow(pool, communityId, unitId ?? communityId)
  const clocks = span.match(/(?<![\d:])(?:[01]\d|2[0-3]):[0-5]\d(?![\d:])/g) ?? []
  for (const shift of [undefined, ...community.shifts]) {
    for (const post of [undefined, ...posts]) {
      for (const cutOff of [undefined, ...clocks]) {
        const until = cutOff === undefined ? undefined : instantOf(cutOff, day, shift)
        const order = {
          ...(shift ? { shift: shift.name } : {}),
          ...(post ? { post: placeOf(post) } : {}),
          ...(until === undefined ? {} : { until }),
        }
        if (spanLine({ day, zone: CHINA, asOf }, order, words) !== span) continue
        const place = post?.id ?? unitId
        return { question: { day, shift, until, asOf, ...(place ? { unitId: place } : {}) }, order } satisfies Asked
      }
    }
  }
  return undefined
}

type Row = readonly Cell[]
type Comparable = (row: Row) => string

/** The rows of one that the other has not, or has fewer times. */
function missingIn(of: readonly Row[], rows: readonly Row[], comparable: Comparable): Row[] {
  const there = new Map<string, number>()
  for (const row of of) there.set(comparable(row), (there.get(comparable(row)) ?? 0) + 1)
  return rows.filter((row) => {
    const left = there.get(comparable(row)) ?? 0
    there.set(comparable(row), left - 1)
    return left <= 0
  })
}

const inWords = (rows: readonly Row[]) => rows.map((row) => row.filter((cell) => cell !== '').join(' '))

/** Whether a row says of itself that something of it was not on the server. */
function saysUnsent(kind: ReportKind, words: ReportWords): (row: Row) => boolean {
  const columns = columnsOf(kind)
  const uploads: readonly string[] = Object.values(words.uploads)
  const cell = (row: Row, name: string) => String(row[columns.findIndex((column) => column.name === name)] ?? '')
  return (row) =>
    Number(cell(row, 'waiting')) + Number(cell(row, 'returned')) > 0 ||
    cell(row, 'note')
      .split('；')
      .some((part) => uploads.includes(part))
}

/** What only the phone that made it could know, or what counts anew in each report. */
const OWN_COLUMNS: Readonly<Record<ReportKind, readonly string[]>> = {
  daily: ['observed', 'observed-new', 'observed-ended', 'waiting', 'returned', 'unmerged'],
  'ledger-masked': ['no'],
  'ledger-full': ['no'],
  incidents: ['no'],
  'incidents-full': ['no'],
  'hand-over': [],
}

function comparing(kind: ReportKind, words: ReportWords): Comparable {
  // Whether it was nil depends on who had told of the phones by then.
  const passing: readonly string[] = [...Object.values(words.uploads), words.nil, words.noneYet]
  const columns = columnsOf(kind)
  return (row) =>
    columns
      .map(({ name, kind: holds }, i) => {
        const cell = String(row[i] ?? '')
        if (OWN_COLUMNS[kind].includes(name)) return ''
        if (name === 'note') return without(cell, passing)
        return holds === 'celsius' && cell !== '' && Number.isFinite(Number(cell)) ? String(Number(cell)) : cell
      })
      .join('\u001f')
}

const without = (note: string, passing: readonly string[]) =>
  note
    .split('；')
    .filter((part) => !passing.includes(part))
    .join('；')
