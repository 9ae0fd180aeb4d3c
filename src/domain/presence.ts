import type { OperationKey, ResidentId } from './ids'
import type { Passage } from './passage'

/** What is noted beside a passage; it never blocks anybody. */
export interface Mark {
  /** The other phone's record of the same passage, which counts. */
  readonly duplicateOf?: OperationKey
  /** Seen twice on the same side: one passage in between was missed. */
  readonly sequence?: boolean
}

/** Marks near-identical passages of two phones and missed passages in between. `windowOf`: ms that another phone's record of a passage may lie before it. */
export function marksOf(passages: readonly Passage[], windowOf: (passage: Passage) => number): ReadonlyMap<OperationKey, Mark> {
  const marks = new Map<OperationKey, Mark>()
  for (const own of bySubject(passages).values()) {
    let before: Passage | undefined
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
        if (before && before.direction === passage.direction) marks.set(passage.key, { sequence: true })
        before = passage
      }
    }
  }
  return marks
}

/** How many of the known residents were last seen going in, by when they passed; a count, never a list. */
export function insideCount(passages: readonly Passage[]): number {
  return [...bySubject(passages).values()].filter((own) => own.at(-1)?.direction === 'in').length
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

function bySubject(passages: readonly Passage[]): Map<ResidentId, Passage[]> {
  const subjects = new Map<ResidentId, Passage[]>()
  const inTime = passages.filter(({ voided }) => !voided).sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
  for (const passage of inTime) {
    const { subject } = passage.checkIn
    if (subject.kind !== 'resident') continue
    const own = subjects.get(subject.residentId)
    if (own) own.push(passage)
    else subjects.set(subject.residentId, [passage])
  }
  return subjects
}
