import type { HouseholdId, ResidentId } from './ids'
import type { Day } from './time'

/** 居家观察, 集中隔离: what a post may know of it, and nothing more. */
export interface Observation {
  readonly residentId: ResidentId
  readonly householdId: HouseholdId
  readonly kind: 'home' | 'central'
  /** Ends at 00:00 of this day. */
  readonly until: Day
}

export function isObserved(observations: readonly Observation[], residentId: ResidentId, today: Day): boolean {
  return observations.some((each) => each.residentId === residentId && today < each.until)
}
