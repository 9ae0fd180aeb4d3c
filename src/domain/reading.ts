import { err, ok, type Result } from './result'

export const SITES = ['forehead', 'wrist', 'neck', 'ear', 'armpit'] as const
/** Where a temperature was measured. */
export type Site = (typeof SITES)[number]

/** One measurement, never overwritten: a correction or a retest is a further one. */
export interface Reading {
  /** °C, in tenths. */
  readonly celsius: number
  readonly site: Site
  /** 1 for the first of a passage. */
  readonly attempt: number
  readonly thermometer?: string
}

/** 已测, 在范围内: measured, the tenth not written down. Forced tenths at forty people a minute would be invented ones. */
export interface InRange {
  readonly inRange: true
  readonly site: Site
}

/** Bands of one measuring site, °C. They are rule data. */
export interface Bands {
  /** Below: too low to count as normal. */
  readonly tooLowBelow: number
  /** From here on: wait and measure again. */
  readonly threshold: number
  /** Outside of these two: a typing mistake. */
  readonly least: number
  readonly most: number
}

export type Band = 'too-low' | 'in-range' | 'at-threshold'

export function bandOf(celsius: number, bands: Bands): Band {
  if (celsius < bands.tooLowBelow) return 'too-low'
  return celsius >= bands.threshold ? 'at-threshold' : 'in-range'
}

export type CelsiusError =
  | { readonly kind: 'not-a-number' }
  /** `offer`: what the digits would mean with a decimal point (366 > 36.6); offered, never taken silently. */
  | { readonly kind: 'out-of-range'; readonly offer?: number }

/** Reads typed degrees Celsius with at most one decimal; a comma, a full-width point or 。 counts as the point. */
export function parseCelsius(text: string, bands: Bands): Result<number, CelsiusError> {
  const plain = text.trim().replace(/[,，．。]/, '.')
  if (!/^\d{1,3}(\.\d?)?$/.test(plain)) return err({ kind: 'not-a-number' })
  const celsius = Number(plain)
  if (inRange(celsius, bands)) return ok(celsius)
  const tenths = celsius / 10
  if (/^\d{3}$/.test(plain) && inRange(tenths, bands)) return err({ kind: 'out-of-range', offer: tenths })
  return err({ kind: 'out-of-range' })
}

const inRange = (celsius: number, bands: Bands) => celsius >= bands.least && celsius <= bands.most

export const NOT_MEASURED_REASONS = ['refused', 'walked-on', 'thermometer-broken', 'rule-asks-none', 'emergency', 'not-written'] as const
/** Why no temperature was taken; a record too. `not-written`: the paper of a late entry does not say. */
export type NotMeasuredReason = (typeof NOT_MEASURED_REASONS)[number]

export interface NotMeasured {
  readonly reason: NotMeasuredReason
}
