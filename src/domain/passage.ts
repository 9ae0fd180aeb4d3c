import { correctedCheckIn } from './correct'
import type { DeviceId, OperationKey } from './ids'
import type { Amend, CheckIn, Direction, Operation, Told, Void } from './operation'
import { inOrder } from './order'
import type { Reading } from './reading'
import { type Step, stepAfter } from './retest'
import type { Rules } from './rules/rules'
import { correctedTime, occurredTime } from './time'

/** A check-in with all that was said of it since: what a person sees as one row. */
export interface Passage {
  readonly key: OperationKey
  readonly checkIn: CheckIn
  /** Another phone's. */
  readonly by?: DeviceId
  /** When it happened: corrected time, or the paper's, ms since 1970. */
  readonly at: number
  readonly direction: Direction
  /** In the order taken; empty where no temperature was. */
  readonly readings: readonly Reading[]
  /** Measured and in range, the tenth not written down. */
  readonly inRange: boolean
  readonly step: Step | { readonly at: 'not-measured' } | { readonly at: 'walked-off' }
  /** Since when it has been waiting, corrected ms: the last reading's time. */
  readonly lastReadingAt: number
  readonly amendments: readonly Amend[]
  readonly note?: string
  readonly voided?: { readonly reason: string; readonly at: number }
}

/** The rules by which a record was judged, from the version that it keeps. */
export type JudgedBy = (version: string) => Rules

/** Folds operations, in any order, into passages by the time they happened; what names an unknown target is left out. */
export function passagesOf(operations: Iterable<Told>, judgedBy: JudgedBy): Passage[] {
  const checkIns: Told<CheckIn>[] = []
  const linked = new Map<OperationKey, Told[]>()
  for (const operation of operations) {
    if (operation.kind === 'check-in') checkIns.push(operation)
    else if ('target' in operation) {
      const others = linked.get(operation.target)
      if (others) others.push(operation)
      else linked.set(operation.target, [operation])
    }
  }
  return checkIns
    .map((checkIn) => passageOf(checkIn, linked.get(checkIn.key) ?? [], judgedBy))
    .sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
}

/** One check-in and the operations that name it as their target. */
export function passageOf(checkIn: Told<CheckIn>, linked: readonly Told[], judgedBy: JudgedBy): Passage {
  const ordered = inOrder(linked)
  const amendments = ordered.filter((operation) => operation.kind === 'amend')
  // The attempt was counted by who took it: a phone whose clock jumped back does not put its reading before the others.
  const retests = ordered.filter((operation) => operation.kind === 'retest').sort((a, b) => a.reading.attempt - b.reading.attempt)
  const voids = ordered.filter((operation) => operation.kind === 'void')
  const walkedOff = ordered.some((operation) => operation.kind === 'walk-off')
  const measured = amendments.reduce((value, amend) => amend.measured ?? value, checkIn.measured)
  const direction = amendments.reduce((value, amend) => amend.direction ?? value, checkIn.direction)
  const note = amendments.reduce<string | undefined>((value, amend) => amend.note ?? value, undefined)
  const readings = [...('celsius' in measured ? [measured] : []), ...retests.map((retest) => retest.reading)]
  const inRange = 'inRange' in measured
  const step = stepAfter(readings, judgedBy(checkIn.rules))
  const [voided] = voids
  // Who was written down on paper has long gone on; nobody waits for them at the gate.
  const gone = walkedOff || (checkIn.occurredAt !== undefined && retests.length === 0)
  return {
    key: checkIn.key,
    checkIn: correctedCheckIn(checkIn, amendments),
    ...(checkIn.by ? { by: checkIn.by } : {}),
    at: occurredTime(checkIn),
    direction,
    readings,
    inRange,
    step: readings.length === 0 ? { at: inRange ? 'admitted' : 'not-measured' } : gone && isOpen(step) ? { at: 'walked-off' } : step,
    lastReadingAt: correctedTime(retests.at(-1) ?? checkIn),
    amendments,
    ...(note === undefined ? {} : { note }),
    ...(voided ? { voided: { reason: voided.reason, at: correctedTime(voided) } } : {}),
  }
}

const isOpen = (step: Step) => step.at === 'wait' || step.at === 'too-low'

/** Somebody waits to be measured again. */
export function isWaiting({ step, voided }: Passage): boolean {
  return !voided && (step.at === 'wait' || step.at === 'too-low')
}

/** What says of an operation that it does not count any more, by that operation's key. */
export function voidsOf(operations: Iterable<Operation>): ReadonlyMap<OperationKey, Void> {
  const voids = new Map<OperationKey, Void>()
  for (const operation of operations) if (operation.kind === 'void' && !voids.has(operation.target)) voids.set(operation.target, operation)
  return voids
}
