import type { OperationKey } from '../../../domain/ids'
import type { Direction } from '../../../domain/operation'
import type { Passage } from '../../../domain/passage'
import { type Bands, parseCelsius, type Reading, type Site } from '../../../domain/reading'
import { err, ok, type Result } from '../../../domain/result'
import { celsiusText } from '../../i18n/format'
import type { FollowUp } from '../../shell/follow-up'

/** A reading of the chain as it can be corrected; `key`: the record that says it. */
export interface ReadingRow {
  readonly key: OperationKey
  readonly attempt: number
  readonly site: Site
  readonly before?: Reading
}

/** What the form holds. */
export interface Corrections {
  readonly direction: Direction
  readonly note: string
  readonly reason: string
  /** By the record's key, as typed; a retest that is emptied is taken back. */
  readonly readings: ReadonlyMap<OperationKey, string>
  /** The walk-off was none: the person is still here, or waits again. */
  readonly stayed: boolean
}

/** The readings of a passage; who was not measured has an empty first one. */
export function rowsOf({ key, taken }: Passage): ReadingRow[] {
  const rows = taken.map((each, i): ReadingRow => ({ key: each.key, attempt: i + 1, site: each.reading.site, before: each.reading }))
  return rows.length > 0 ? rows : [{ key, attempt: 1, site: 'forehead' }]
}

export const textOf = ({ before }: ReadingRow): string => (before ? celsiusText(before.celsius) : '')

/** The records that a form makes, or whose readings cannot be. */
export function correctionsOf(
  passage: Passage,
  { direction, note, reason, readings, stayed }: Corrections,
  bands: Readonly<Record<Site, Bands>>,
): Result<FollowUp[], readonly OperationKey[]> {
  const target = passage.key
  const changed = rowsOf(passage).filter((row) => (readings.get(row.key) ?? '').trim() !== textOf(row))
  const parsed = changed.map((row) => {
    const text = readings.get(row.key) ?? ''
    return { row, isEmpty: text.trim() === '', value: parseCelsius(text, bands[row.site]) }
  })
  const wrong = parsed.filter(({ row, isEmpty, value }) => (isEmpty ? row.key === target : !value.ok))
  if (wrong.length > 0) return err(wrong.map(({ row }) => row.key))
  const measured = parsed.flatMap(({ row, value }) => (value.ok ? [{ row, measured: asReading(row, value.value) }] : []))
  const first = measured.find(({ row }) => row.key === target)
  const ofPassage = {
    ...(direction === passage.direction ? {} : { direction }),
    ...(first ? { measured: first.measured } : {}),
    ...(note.trim() === (passage.note ?? '') ? {} : { note: note.trim() }),
  }
  const takenBack = parsed.filter(({ isEmpty }) => isEmpty).map(({ row }) => row.key)
  return ok([
    ...(Object.keys(ofPassage).length > 0 ? [{ kind: 'amend', target, reason, ...ofPassage } as const] : []),
    ...measured
      .filter(({ row }) => row.key !== target)
      .map(({ row, measured: reading }) => ({ kind: 'amend', target, only: row.key, reason, measured: reading }) as const),
    ...[...takenBack, ...(stayed && passage.walkOff ? [passage.walkOff.key] : [])].map(
      (only) => ({ kind: 'void', target, only, reason }) as const,
    ),
  ])
}

const asReading = ({ attempt, site, before }: ReadingRow, celsius: number): Reading => ({ attempt, site, ...before, celsius })
