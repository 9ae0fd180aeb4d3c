import { type Bands, type NotMeasuredReason, parseCelsius } from '../../../../domain/reading'

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
  readonly rows: readonly BusRow[]
}

export const NO_BUS: BusValues = { employer: '', origin: '', number: '', rows: [] }

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
  /** The rows whose reading cannot be one. */
  readonly rows: readonly number[]
  /** The rows that were neither measured nor given a reason. */
  readonly unmeasured: readonly number[]
}

export function busErrors({ origin, registered, keyArea, rows }: BusValues, bands: Bands): BusErrors {
  const where = (holds: (row: BusRow) => boolean) => rows.flatMap((row, i) => (holds(row) ? [i] : []))
  return {
    ...(origin.trim() === '' ? { origin: true } : {}),
    ...(registered === undefined ? { registered: true } : {}),
    ...(keyArea === undefined ? { keyArea: true } : {}),
    ...(rows.length === 0 ? { nobody: true } : {}),
    rows: where(({ celsius }) => celsius.trim() !== '' && !parseCelsius(celsius, bands).ok),
    unmeasured: where(({ celsius, reason }) => celsius.trim() === '' && reason === undefined),
  }
}

export function isComplete({ rows, unmeasured, ...others }: BusErrors): boolean {
  return Object.keys(others).length === 0 && rows.length === 0 && unmeasured.length === 0
}

/** A row with a reading has no reason for want of one. */
export function withReading({ reason: _none, ...row }: BusRow, celsius: string): BusRow {
  return { ...row, celsius }
}
