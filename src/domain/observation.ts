import type { HouseholdId, ResidentId } from './ids'
import type { Subject } from './operation'
import type { Day } from './time'

/** 居家观察, 集中隔离: what a post may know of it, and nothing more. */
export interface Observation {
  readonly residentId: ResidentId
  readonly householdId: HouseholdId
  readonly kind: 'home' | 'central'
  /** Ends at 00:00 of this day. */
  readonly until: Day
}

/** Somebody's that is not over; whoever of such a household the roster does not know is held as its members are. */
export function observationOf(observations: readonly Observation[], subject: Subject, today: Day): Observation | undefined {
  const standing = observations.filter(({ until }) => today < until)
  if (subject.kind === 'resident') return standing.find(({ residentId }) => residentId === subject.residentId)
  return subject.kind === 'unlisted' ? standing.find(({ householdId }) => householdId === subject.householdId) : undefined
}
