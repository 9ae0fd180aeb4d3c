import type { Measured } from '../../../../domain/operation'
import { type NotMeasuredReason, parseCelsius, type Site } from '../../../../domain/reading'
import type { Rules } from '../../../../domain/rules/rules'
import { isReadingAsked } from '../../../../domain/rules/verdict'

/** Somebody who came with the bus; the reading as typed, empty while nobody has taken it. */
export interface BusRow {
  readonly name: string
  readonly celsius: string
  /** Why there is no reading. */
  readonly reason?: NotMeasuredReason
  /** Where they answered otherwise than the bus. */
  readonly registered?: boolean
  readonly keyArea?: boolean
}

/** 企业返岗直通车: what is the same for all, and who they are. Undefined: nobody was asked yet. */
export interface BusValues {
  readonly employer: string
  readonly origin: string
  readonly number: string
  readonly registered?: boolean
  readonly keyArea?: boolean
  /** Measured, each of them, and in range; who was not has a tenth or a reason of their own. */
  readonly inRange?: boolean
  /** As typed, and not in the list yet. */
  readonly names: string
  readonly rows: readonly BusRow[]
}

export const NO_BUS: BusValues = { employer: '', origin: '', number: '', names: '', rows: [] }

/** Names pasted or typed, one a line or divided by commas. */
export function namesIn(text: string): string[] {
  return text
    .split(/[\n,，、;；\t]+/)
    .map((name) => name.trim().slice(0, 40))
    .filter((name) => name !== '')
}

export interface BusErrors {
  readonly origin?: true
  readonly registered?: true
  readonly keyArea?: true
  readonly nobody?: true
  /** Names that were typed and not put into the list. */
  readonly unlisted?: true
  /** The rows whose reading cannot be one. */
  readonly rows: readonly number[]
  /** The rows that were neither measured nor given a reason. */
  readonly unmeasured: readonly number[]
}

/** Where the rules want no tenth, one that is wanted all the same is an invented one. */
export function asksTenth(rules: Rules): boolean {
  return rules.reading === 'tenth' && isReadingAsked(rules, 'in')
}

/** What is kept of somebody's temperature; undefined: nobody has said yet. */
export function measuredOf({ celsius, reason }: BusRow, { inRange }: BusValues, rules: Rules, site: Site): Measured | undefined {
  const parsed = parseCelsius(celsius, rules.bands[site])
  if (parsed.ok) return { celsius: parsed.value, site, attempt: 1 }
  if (reason) return { reason }
  if (celsius.trim() !== '') return undefined
  if (inRange && !asksTenth(rules)) return { inRange: true, site }
  return isReadingAsked(rules, 'in') ? undefined : { reason: 'rule-asks-none' }
}

export function busErrors(values: BusValues, rules: Rules, site: Site): BusErrors {
  const { origin, registered, keyArea, names, rows } = values
  const where = (holds: (row: BusRow) => boolean) => rows.flatMap((row, i) => (holds(row) ? [i] : []))
  return {
    ...(origin.trim() === '' ? { origin: true } : {}),
    ...(registered === undefined ? { registered: true } : {}),
    ...(keyArea === undefined ? { keyArea: true } : {}),
    ...(namesIn(names).length > 0 ? { unlisted: true } : rows.length === 0 ? { nobody: true } : {}),
    rows: where(({ celsius }) => celsius.trim() !== '' && !parseCelsius(celsius, rules.bands[site]).ok),
    unmeasured: where((row) => row.celsius.trim() === '' && !measuredOf(row, values, rules, site)),
  }
}

export function isComplete({ rows, unmeasured, ...others }: BusErrors): boolean {
  return Object.keys(others).length === 0 && rows.length === 0 && unmeasured.length === 0
}

/** A row with a reading has no reason for want of one. */
export function withReading({ reason: _none, ...row }: BusRow, celsius: string): BusRow {
  return { ...row, celsius }
}
