import type { Bands } from '../../../../domain/reading'
import { parseCelsius } from '../../../../domain/reading'

/** Somebody who came with the bus; the reading as typed, or empty while nobody has taken it. */
export interface BusRow {
  readonly name: string
  readonly celsius: string
}

/** 企业返岗直通车: what is the same for all, and who they are. */
export interface BusValues {
  readonly employer: string
  readonly origin: string
  readonly number: string
  readonly registered: boolean
  readonly keyArea: boolean
  readonly rows: readonly BusRow[]
}

export const NO_BUS: BusValues = { employer: '', origin: '', number: '', registered: true, keyArea: false, rows: [] }

/** Names pasted or typed, one a line or divided by commas. */
export function namesIn(text: string): string[] {
  return text
    .split(/[\n,，、;；\t]+/)
    .map((name) => name.trim().slice(0, 40))
    .filter((name) => name !== '')
}

export interface BusErrors {
  readonly origin?: true
  readonly nobody?: true
  /** The rows whose reading cannot be one. */
  readonly rows: readonly number[]
}

export function busErrors({ origin, rows }: BusValues, bands: Bands): BusErrors {
  return {
    ...(origin.trim() === '' ? { origin: true } : {}),
    ...(rows.length === 0 ? { nobody: true } : {}),
    rows: rows.flatMap(({ celsius }, i) => (celsius.trim() !== '' && !parseCelsius(celsius, bands).ok ? [i] : [])),
  }
}
