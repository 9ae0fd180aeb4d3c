import { type ShiftTime, shiftSpan } from './community'
import { type Day, dayOf } from './time'

const DAY = 86_400_000

/** The shift whose log is due: the one that ends, or has ended, nearest to now; a night shift under the day on which it began. Undefined: there are none. */
export function shiftDue(
  now: number,
  shifts: readonly ShiftTime[],
  zone: number,
): { readonly day: Day; readonly shift: string } | undefined {
  const days = [dayOf(now - DAY, zone), dayOf(now, zone)]
  const [nearest] = days
    .flatMap((day) => shifts.map((time) => ({ day, shift: time.name, away: Math.abs(shiftSpan(day, time, zone).to - now) })))
    .sort((a, b) => a.away - b.away)
  return nearest && { day: nearest.day, shift: nearest.shift }
}

const PAST = 2 // days; of an older one the rows may be gone already, and a report without them would say that nothing happened

/** The days of which a report can be made, newest first: those that something is known of, and the last ones without any record, a 零报告 too. `since`: ms; before, this phone was none of the post's. */
export function reportDays(now: number, zone: number, since: number, known: readonly Day[]): readonly Day[] {
  const last = Array.from({ length: PAST + 1 }, (_, ago) => dayOf(now - ago * DAY, zone))
  return [...new Set([...last.filter((day, ago) => ago === 0 || day >= dayOf(since, zone)), ...known])].sort().reverse()
}

/** From when to when a report tells, ms: a shift, or the calendar day, until its cut-off. */
export function reportSpan(
  day: Day,
  time: Pick<ShiftTime, 'from' | 'to'> | undefined,
  zone: number,
  until?: number,
): { readonly from: number; readonly to: number } {
  const { from, to } = shiftSpan(day, time ?? { from: 0, to: 0 }, zone)
  return { from, to: Math.min(to, until ?? to) }
}
