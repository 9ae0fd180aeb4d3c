import { LONGEST_STAY, type Signing, standingIn } from './attendance'
import { type ShiftTime, shiftSpan } from './community'
import { withinSpan } from './day-log'
import type { Operation, Told } from './operation'
import { inOrder } from './order'
import { voidsOf } from './passage'
import type { Attendance } from './post-operations'
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
/** Who hands over does so around the shift, not within it, ms. */
const AROUND_A_SHIFT = 6 * 3_600_000
/** What is read of the time around, too: who stands there may have come before. */
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

/** From when on, and until when, what is of a shift is read, ms. */
export function around(asked: TimeAsked): Span {
  const { from, to } = spanOf({ ...asked, until: undefined })
  return { from: from - LONGEST_STAY, to: asked.shift ? to + AROUND_A_SHIFT : to }
}

/** The records that happened within the time, what was said of them whenever, who stood there then, and who handed its shift over. */
export function withinAsked<O extends Told>(operations: readonly O[], asked: TimeAsked): O[] {
  const { from, to } = spanOf(asked)
  const named = operations.filter((each) => asked.shift !== undefined && each.kind === 'hand-over' && each.shift !== '')
  const apart = new Set<O>([...named, ...operations.filter(({ kind }) => kind === 'attendance')])
  const byTime = withinSpan(
    operations.filter((operation) => !apart.has(operation)),
    from,
    to,
  )
  const own = [...named.filter((operation) => isOfShift(operation, asked)), ...attendanceOf(operations, asked)]
  if (own.length === 0) return byTime
  const keys = new Set(own.map(({ key }) => key))
  const said = operations.filter((operation) => 'target' in operation && keys.has(operation.target))
  return [...byTime, ...own, ...said]
}

/** Post by post: who stands at two is told by both. */
function attendanceOf<O extends Told>(operations: readonly O[], asked: TimeAsked): O[] {
  const { until = Number.POSITIVE_INFINITY } = asked
  const own = inOrder(operations.filter((each): each is O & Told<Attendance> => each.kind === 'attendance' && occurredTime(each) < until))
  const voids = voidsOf(operations)
  const signings = own.map((operation) => ({ operation, at: occurredTime(operation), voided: voids.get(operation.key) }))
  const names = asked.shift && (({ operation }: Signing) => isOfShift(operation, asked))
  return [...new Set(own.map(({ postId }) => postId))].flatMap((postId) =>
    standingIn(
      signings.filter(({ operation }) => operation.postId === postId),
      spanOf(asked),
      names,
    ).map(({ operation }) => operation),
  )
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
