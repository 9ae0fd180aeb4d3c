import type { Amend, CheckIn, Operation, RegisteredSubject, Subject } from './operation'
import type { Arrival } from './post-operations'

/** A check-in as its register says it now: who it was, and in which vehicle. */
export function correctedCheckIn<C extends CheckIn>(checkIn: C, amendments: readonly Amend[]): C {
  const subject = amendments.findLast((amend) => amend.subject)?.subject
  const plate = amendments.findLast((amend) => amend.plate)?.plate
  return {
    ...checkIn,
    ...(subject && isRegistered(checkIn.subject) ? { subject } : {}),
    ...(plate && checkIn.vehicle ? { vehicle: { ...checkIn.vehicle, plate } } : {}),
  }
}

export const correctedArrival = <A extends Arrival>(arrival: A, amendments: readonly Amend[]): A =>
  Object.assign({}, arrival, ...amendments.map((amend) => amend.arrival))

export const isRegistered = (subject: Subject): subject is RegisteredSubject =>
  subject.kind === 'written' || subject.kind === 'visitor' || subject.kind === 'courier'

/** The corrections of each record, in their order. `ordered`: operations as they happened. */
export function amendsOf(ordered: readonly Operation[]): ReadonlyMap<string, readonly Amend[]> {
  const amends = new Map<string, Amend[]>()
  for (const operation of ordered) {
    if (operation.kind !== 'amend') continue
    const own = amends.get(operation.target)
    if (own) own.push(operation)
    else amends.set(operation.target, [operation])
  }
  return amends
}
