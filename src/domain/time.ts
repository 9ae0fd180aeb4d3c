import type { Branded } from './brand'

/** A calendar day, 2020-02-18. */
export type Day = Branded<string, 'Day'>

const MINUTE = 60_000

/** China Standard Time, minutes east: a record's day must never depend on where a server or a phone stands. */
export const CHINA = 480

/** ISO 8601 with the zone's own offset. `offsetMinutes` is east-positive: 480 for China. */
export function isoWithOffset(ms: number, offsetMinutes: number): string {
  const sign = offsetMinutes < 0 ? '-' : '+'
  const abs = Math.abs(offsetMinutes)
  const zone = `${sign}${two(Math.floor(abs / 60))}:${two(abs % 60)}`
  return new Date(ms + offsetMinutes * MINUTE).toISOString().replace('Z', zone)
}

/** The calendar day of an instant in a zone. */
export function dayOf(ms: number, offsetMinutes: number): Day {
  return new Date(ms + offsetMinutes * MINUTE).toISOString().slice(0, 10) as Day
}

/** Minutes after midnight of an instant in a zone, 0-1439. */
export function minuteOfDay(ms: number, offsetMinutes: number): number {
  return Math.floor(((((ms + offsetMinutes * MINUTE) % 86_400_000) + 86_400_000) % 86_400_000) / MINUTE)
}

/** The corrected instant of an operation, ms since 1970. */
export function correctedTime(stamp: { readonly deviceTime: string; readonly clockOffset: number }): number {
  return Date.parse(stamp.deviceTime) + stamp.clockOffset
}

/** When a record's event happened, ms since 1970: as the paper says, else the corrected instant. */
export function occurredTime(stamp: { readonly deviceTime: string; readonly clockOffset: number; readonly occurredAt?: string }): number {
  return stamp.occurredAt === undefined ? correctedTime(stamp) : Date.parse(stamp.occurredAt)
}

const two = (n: number) => String(n).padStart(2, '0')
