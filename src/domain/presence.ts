import type { HouseholdId, OperationKey } from './ids'
import type { CheckIn } from './operation'
import { isWaiting, type Passage } from './passage'
import { parsePlate } from './plate'
import { type UnitAddress, unitText } from './roster'
import { staysOutside } from './rules/verdict'

/** What is noted beside a passage; it never blocks anybody. */
export interface Mark {
  /** The other phone's record of the same passage, which counts. */
  readonly duplicateOf?: OperationKey
  /** Seen twice on the same side: one passage in between was missed. */
  readonly sequence?: boolean
}

/** Marks near-identical passages of two phones, of whoever is surely the same, and passages of residents that were missed in between. `windowOf`: ms that another phone's record of a passage may lie before it. */
export function marksOf(passages: readonly Passage[], windowOf: (passage: Passage) => number): ReadonlyMap<OperationKey, Mark> {
  const marks = new Map<OperationKey, Mark>()
  for (const own of byIdentity(passages).values()) {
    let before: Passage | undefined
    let through: Passage | undefined
    for (const passage of own) {
      if (before && isSamePassage(before, passage, windowOf(passage))) {
        // What says more counts: a fever on one phone is not hidden by a glance on the other.
        const counts: Passage = weight(passage) > weight(before) ? passage : before
        const double = counts === passage ? before : passage
        const gap = marks.get(double.key)?.sequence
        marks.set(double.key, { duplicateOf: counts.key })
        if (counts === passage && gap) marks.set(passage.key, { sequence: true })
        before = counts
      } else {
        if (through && isResident(passage) && through.direction === passage.direction) marks.set(passage.key, { sequence: true })
        before = passage
      }
      if (wentThrough(before)) through = before
    }
  }
  return marks
}

/** Whether somebody got to the other side: who walked off before the retest did not, nor a courier who stays outside. What paper says happened. */
export function wentThrough({ walkOff, step, direction, checkIn }: Passage): boolean {
  const hasWalkedOff = walkOff !== undefined && step.at === 'walked-off'
  return !hasWalkedOff && !(direction === 'in' && staysOutside(checkIn))
}

/** Whether a passage counts against a household's quota: who waits, or was handed on, has not gone, and an emergency asks for no quota. */
export function isOuting(passage: Passage): boolean {
  const { direction, voided, step, exception } = passage
  const isHere = isWaiting(passage) || step.at === 'confirmed'
  return direction === 'out' && !voided && !isHere && exception?.kind !== 'emergency' && wentThrough(passage)
}

/** How many of the known residents were last seen going in, by when they passed; a count, never a list. */
export function insideCount(passages: readonly Passage[]): number {
  return [...byIdentity(passages.filter((passage) => isResident(passage) && wentThrough(passage))).values()].filter(
    (own) => own.at(-1)?.direction === 'in',
  ).length
}

/** How much a record says of a passage: somebody who waits, or an incident, before one who passed; then its readings. */
function weight({ step, readings }: Passage): number {
  const isMatter = step.at === 'wait' || step.at === 'confirmed' || step.at === 'walked-off'
  return (isMatter ? 100 : 0) + readings.length
}

/** Two phones at one post wrote down the same person on the same side. */
function isSamePassage(first: Passage, second: Passage, window: number): boolean {
  return first.by !== second.by && first.direction === second.direction && second.at - first.at < window
}

function byIdentity(passages: readonly Passage[]): Map<string, Passage[]> {
  const subjects = new Map<string, Passage[]>()
  const inTime = passages.filter(({ voided }) => !voided).sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
  for (const passage of inTime) {
    const identity = identityOf(passage.checkIn)
    if (identity === undefined) continue
    const own = subjects.get(identity)
    if (own) own.push(passage)
    else subjects.set(identity, [passage])
  }
  return subjects
}

const isResident = ({ checkIn }: Passage) => checkIn.subject.kind === 'resident'

/** Who it surely was; undefined where two records may be of two people. */
export function identityOf({ subject, vehicle }: Pick<CheckIn, 'subject' | 'vehicle'>): string | undefined {
  switch (subject.kind) {
    case 'resident':
      return `resident ${subject.residentId}`
    case 'visitor':
      if (subject.phone) return `visitor ${subject.phone}`
      // One car has one driver.
      return vehicle?.role === 'driver' && isPlate(vehicle.plate)
        ? `driver ${vehicle.plate}`
        : named('visitor', subject.name, subject.householdId, subject.address)
    case 'written':
      return named('written', subject.name, undefined, subject.address)
    case 'courier':
      return subject.plate && isPlate(subject.plate) ? `courier ${subject.plate}` : undefined
    // A member of a household without a name may be any of them.
    case 'unlisted':
      return undefined
    default:
      return subject satisfies never
  }
}

/** Free text in a plate's place may stand for many cars. */
const isPlate = (text: string) => parsePlate(text).ok

/** The same name at the same home. */
function named(kind: string, name: string, householdId: HouseholdId | undefined, address: UnitAddress | undefined): string | undefined {
  const home = householdId ?? (address && unitText(address))
  return name && home ? `${kind} ${name} ${home}` : undefined
}
