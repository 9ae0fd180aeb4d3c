import type { Pool } from 'pg'
import { instantWithin, placeOf, type ShiftTime, shiftSpan } from '../../domain/community'
import type { CommunityId, DeviceId } from '../../domain/ids'
import type { ReportKind } from '../../domain/report'
import { CHINA, type Day } from '../../domain/time'
import { columnsOf } from '../../reports/columns'
import type { ReadReport } from '../../reports/read-back'
import { type Cell, type SheetOrder, sheetOf, spanLine } from '../../reports/sheet'
import type { ReportWords } from '../../reports/words/words'
import { postsBelow, readCommunity } from '../database/communities'
import { daySource, type ServerQuestion } from '../database/day-reports'
import { PlainError } from '../plain-error'

export type Compared =
  /** Its first line names no day, shift and post that there is. */
  | { readonly at: 'no-span' }
  /** Rows in words, each with its number where it has one. */
  | { readonly at: 'compared'; readonly notInLog: readonly string[]; readonly notInFile: readonly string[] }

export interface TimeAsked {
  readonly day: Day
  readonly shift?: ShiftTime | undefined
  /** ms */
  readonly until?: number | undefined
}

/** From when to when, ms: the shift or the calendar day, until the cut-off. */
export function questionOf({ day, shift, until }: TimeAsked): ServerQuestion {
  const { from, to } = shiftSpan(day, shift ?? { from: 0, to: 0 }, CHINA)
  return { day, from, to: Math.min(to, until ?? to) }
}

/** The instant of a cut-off, 12:00. Throws PlainError. */
export function instantOf(clock: string, day: Day, shift: ShiftTime | undefined): number {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock) ?? []
  if (hours === undefined) throw new PlainError('--until must be a time of day, 12:00.')
  return instantWithin(day, Number(hours) * 60 + Number(minutes), shift, CHINA)
}

/** What a file says and the log does not, and the other way round. `maker`: the phone that made it, whose posts are all that it could tell of. */
export async function compareWithLog(
  pool: Pool,
  communityId: CommunityId,
  report: ReadReport,
  maker: DeviceId | undefined,
): Promise<Compared> {
  const { kind, words } = report
  const asked = await askedBy(pool, communityId, report, maker)
  if (!asked) return { at: 'no-span' }
  const source = await daySource(pool, communityId, asked.question)
  if (!source) return { at: 'no-span' }
  const { rows } = await sheetOf(source, { ...asked.order, kind, madeBy: '', madeAt: 0 }, words)
  const comparable = comparing(kind, words)
  return {
    at: 'compared',
    notInLog: missingIn(rows, report.rows, comparable),
    notInFile: missingIn(report.rows, rows, comparable),
  }
}

interface Asked {
  readonly question: ServerQuestion
  readonly order: Pick<SheetOrder, 'shift' | 'post' | 'until'>
}

/** Tries each shift and post that there is until one gives the very line that the file has: names may hold anything. */
async function askedBy(pool: Pool, communityId: CommunityId, { span, words }: ReadReport, maker: DeviceId | undefined) {
  const community = (await readCommunity(pool, communityId))?.community
  const [day] = /^\d{4}-\d\d-\d\d/.exec(span) ?? []
  if (!community || day === undefined || Number.isNaN(Date.parse(day))) return undefined
  const { rows } = await pool.query<{ unit_id: string }>('select unit_id from devices where community_id = $1 and device_id = $2', [
    communityId,
    maker,
  ])
  const unitId = rows[0]?.unit_id
  const { posts } = await postsBelow(pool, communityId, unitId ?? communityId)
  const [clock] = /\d\d:\d\d$/.exec(span) ?? []
  for (const shift of [undefined, ...community.shifts]) {
    for (const post of [undefined, ...posts]) {
      for (const cutOff of [undefined, clock]) {
        const until = cutOff === undefined ? undefined : instantOf(cutOff, day as Day, shift)
        const order = {
          ...(shift ? { shift: shift.name } : {}),
          ...(post ? { post: placeOf(post) } : {}),
          ...(until === undefined ? {} : { until }),
        }
        if (spanLine({ day: day as Day, zone: CHINA }, order, words) !== span) continue
        const place = post?.id ?? unitId
        const question = { ...questionOf({ day: day as Day, shift, until }), ...(place ? { unitId: place } : {}) }
        return { question, order } satisfies Asked
      }
    }
  }
  return undefined
}

type Comparable = (row: readonly Cell[]) => string

/** In words, the rows of one that the other has not, or has fewer times. */
function missingIn(of: readonly (readonly Cell[])[], rows: readonly (readonly Cell[])[], comparable: Comparable): string[] {
  const there = new Map<string, number>()
  for (const row of of) there.set(comparable(row), (there.get(comparable(row)) ?? 0) + 1)
  return rows.flatMap((row) => {
    const left = there.get(comparable(row)) ?? 0
    there.set(comparable(row), left - 1)
    return left > 0 ? [] : [row.filter((cell) => cell !== '').join(' ')]
  })
}

/** What only the phone that made it could know, or what counts anew in each report. */
const OWN_COLUMNS: Readonly<Record<ReportKind, readonly string[]>> = {
  daily: ['observed', 'observed-new', 'observed-ended', 'waiting', 'returned', 'unmerged'],
  'ledger-masked': ['no'],
  'ledger-full': ['no'],
  incidents: ['no'],
  'hand-over': [],
}

function comparing(kind: ReportKind, words: ReportWords): Comparable {
  const uploads: readonly string[] = Object.values(words.uploads)
  const columns = columnsOf(kind)
  return (row) =>
    columns
      .map(({ name, kind: holds }, i) => {
        const cell = String(row[i] ?? '')
        if (OWN_COLUMNS[kind].includes(name)) return ''
        if (name === 'note') return withoutUploads(cell, uploads)
        return holds === 'celsius' && cell !== '' && Number.isFinite(Number(cell)) ? String(Number(cell)) : cell
      })
      .join('\u001f')
}

const withoutUploads = (note: string, uploads: readonly string[]) =>
  note
    .split('；')
    .filter((part) => !uploads.includes(part))
    .join('；')
