import { type ShiftTime, shiftSpan } from './community'
import { withinSpan } from './day-log'
import type { Operation } from './operation'
import { type Day, dayOf, occurredTime } from './time'

/** What time is asked for. */
export interface TimeAsked {
  readonly day: Day
  /** None: the whole calendar day. */
  readonly shift?: ShiftTime | undefined
  /** Corrected ms; what happened from then on is left out. */
  readonly until?: number | undefined
  /** Minutes east. */
  readonly zone: number
}

export interface Span {
  readonly from: number
  /** Not included. */
  readonly to: number
}

const WHOLE_DAY = { from: 0, to: 0 }
/** Who signs in or hands over does so around the shift, not within it, ms. */
export const AROUND_A_SHIFT = 6 * 3_600_000
/** What belongs to the shift that it names, whenever it was written. */
export const OF_A_SHIFT: readonly Operation['kind'][] = ['attendance', 'hand-over']

/** From when to when: the shift or the calendar day, until the cut-off. */
export function spanOf({ day, shift, until, zone }: TimeAsked): Span {
  const { from, to } = shiftSpan(day, shift ?? WHOLE_DAY, zone)
  return { from, to: Math.min(to, until ?? to) }
}

/** The calendar days that the time lies on; a night shift has two. */
export function daysOf(asked: TimeAsked): Day[] {
  const { from, to } = shiftSpan(asked.day, asked.shift ?? WHOLE_DAY, asked.zone)
  return [...new Set([dayOf(from, asked.zone), dayOf(to - 1, asked.zone)])]
}

/** The records that happened within the time, what was said of them whenever, and who signed in for its shift or handed it over. */
export function withinAsked<O extends Operation>(operations: readonly O[], asked: TimeAsked): O[] {
  const { from, to } = spanOf(asked)
  const named = new Set(operations.filter((operation) => shiftNamed(operation) !== undefined && asked.shift !== undefined))
  const byTime = withinSpan(
    operations.filter((operation) => !named.has(operation)),
    from,
    to,
  )
  const own = [...named].filter((operation) => isOfShift(operation, asked))
  if (own.length === 0) return byTime
  const keys = new Set(own.map(({ key }) => key))
  const said = operations.filter((operation) => 'target' in operation && keys.has(operation.target))
  return [...byTime, ...own, ...said]
}

function shiftNamed(operation: Operation): string | undefined {
  return operation.kind === 'attendance' || operation.kind === 'hand-over' ? operation.shift || undefined : undefined
}

function isOfShift(operation: Operation, { day, shift, until, zone }: TimeAsked): boolean {
  if (!shift || shiftNamed(operation) !== shift.name) return false
  const at = occurredTime(operation)
  return shiftDayOf(at, shift, zone) === day && (until === undefined || at < until)
}

/** The day of the shift that an instant is nearest to: who hands a night shift over at 07:05 hands over that of the day before. */
function shiftDayOf(at: number, shift: ShiftTime, zone: number): Day {
  const around = [-1, 0, 1].map((days) => dayOf(at + days * 86_400_000, zone))
  const far = (day: Day) => {
    const { from, to } = shiftSpan(day, shift, zone)
    return at < from ? from - at : Math.max(0, at - to)
  }
  return around.reduce((nearest, day) => (far(day) < far(nearest) ? day : nearest))
}
