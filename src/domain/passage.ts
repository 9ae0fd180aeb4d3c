import { correctedCheckIn } from './correct'
import type { DeviceId, OperationKey } from './ids'
import type { Amend, CheckIn, Direction, Exception, Operation, Retest, Told, Void, WalkOff } from './operation'
import { inOrder } from './order'
import type { Reading } from './reading'
import { isConfirmedBy, type Step, stepAfter } from './retest'
import { type Rules, WAITS_AT_MOST } from './rules/rules'
import { correctedTime, occurredTime } from './time'

/** A reading and the record that it was taken with: the check-in, or a retest. */
export interface Taken {
  readonly key: OperationKey
  readonly reading: Reading
  /** When, corrected ms, or the paper's time. */
  readonly at: number
}

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
  /** The same, each with its record; what was taken back is left out. */
  readonly taken: readonly Taken[]
  /** The readings that confirm a fever; none: there is no incident. */
  readonly confirmed: readonly Taken[]
  /** Measured and in range, the tenth not written down. */
  readonly inRange: boolean
  readonly step: Step | { readonly at: 'not-measured' } | { readonly at: 'walked-off' } | { readonly at: 'excepted' }
  /** Who was to wait has left, or was let pass. */
  readonly walkOff?: WalkOff
  /** Why they passed, though the rules or their reading would have kept them. */
  readonly exception?: Exception
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
  const standing = standingOf(inOrder(linked))
  const amendments = standing.filter((operation) => operation.kind === 'amend')
  const corrections = amendments.filter(({ only }) => only === undefined)
  const retests = retestsOf(standing, amendments)
  const walkOff = walkOffOf(standing)
  const measured = corrections.reduce((value, amend) => amend.measured ?? value, checkIn.measured)
  const direction = corrections.reduce((value, amend) => amend.direction ?? value, checkIn.direction)
  const note = corrections.reduce<string | undefined>((value, amend) => amend.note ?? value, undefined)
  const taken = [
    ...('celsius' in measured ? [{ key: checkIn.key, reading: measured, at: occurredTime(checkIn) }] : []),
    ...retests.map((retest) => ({ key: retest.key, reading: retest.reading, at: correctedTime(retest) })),
  ]
  const readings = taken.map(({ reading }) => reading)
  const inRange = 'inRange' in measured
  const rules = judgedBy(checkIn.rules)
  const step = stepAfter(readings, rules)
  const confirmed = taken.filter((_, i) => isConfirmedBy(readings, i, rules))
  const voided = voidOf(standing, confirmed)
  const exception = walkOff?.exception ?? checkIn.exception
  // Who was written down on paper has long gone on; nobody waits for them at the gate.
  const gone = walkOff !== undefined || (checkIn.occurredAt !== undefined && retests.length === 0)
  const left = { at: walkOff?.exception ? 'excepted' : 'walked-off' } as const
  return {
    key: checkIn.key,
    checkIn: correctedCheckIn(checkIn, amendments),
    ...(checkIn.by ? { by: checkIn.by } : {}),
    at: occurredTime(checkIn),
    direction,
    readings,
    taken,
    confirmed,
    inRange,
    step: readings.length === 0 ? { at: inRange ? 'admitted' : 'not-measured' } : gone && isOpen(step) ? left : step,
    ...(walkOff ? { walkOff } : {}),
    ...(exception ? { exception } : {}),
    lastReadingAt: correctedTime(retests.at(-1) ?? checkIn),
    amendments,
    ...(note === undefined ? {} : { note }),
    ...(voided ? { voided: { reason: voided.reason, at: correctedTime(voided) } } : {}),
  }
}

/** Whoever was measured after they had left was there still. */
function walkOffOf(standing: readonly Told[]): Told<WalkOff> | undefined {
  const last = standing.findLast((operation) => operation.kind === 'walk-off' || operation.kind === 'retest')
  return last?.kind === 'walk-off' ? last : undefined
}

/** A phone that does not know of a confirmed fever does not take it back: who knows voids those readings too, or took them. */
function voidOf(standing: readonly Told[], confirmed: readonly Taken[]): Told<Void> | undefined {
  const phones = standing.flatMap(({ key, by }) => (confirmed.some((taken) => taken.key === key) ? [by] : []))
  return standing.find(
    (operation): operation is Told<Void> =>
      operation.kind === 'void' && operation.only === undefined && phones.every((phone) => phone === operation.by),
  )
}

/** What of a passage's records was not taken back by a later one. */
export function standingOf<O extends Operation>(linked: readonly O[]): O[] {
  const undone = new Set(linked.flatMap((operation) => (operation.kind === 'void' && operation.only ? [operation.only] : [])))
  return linked.filter(({ key }) => !undone.has(key))
}

/** The retests as corrected. The attempt was counted by who took it: a phone whose clock jumped back does not put its reading before the others. */
function retestsOf(standing: readonly Told[], amendments: readonly Amend[]): Told<Retest>[] {
  const asCorrected = (retest: Told<Retest>): Told<Retest> => {
    const { measured } = amendments.findLast(({ only }) => only === retest.key) ?? {}
    if (!measured || !('celsius' in measured)) return retest
    return { ...retest, reading: { ...measured, attempt: retest.reading.attempt } }
  }
  return standing
    .filter((operation) => operation.kind === 'retest')
    .map(asCorrected)
    .sort((a, b) => a.reading.attempt - b.reading.attempt)
}

const isOpen = (step: Step) => step.at === 'wait' || step.at === 'too-low'

/** Somebody waits to be measured again. */
export function isWaiting({ step, voided }: Passage): boolean {
  return !voided && (step.at === 'wait' || step.at === 'too-low')
}

/** Whether who waits is here for that passage still: on its side, and not hours later. `now`: corrected ms. */
export function isHereStill({ direction, lastReadingAt }: Passage, side: Direction, now: number): boolean {
  return direction === side && now - lastReadingAt < WAITS_AT_MOST
}

/** What says of an operation that it does not count any more, by that operation's key. */
export function voidsOf(operations: Iterable<Operation>): ReadonlyMap<OperationKey, Void> {
  const voids = new Map<OperationKey, Void>()
  for (const operation of operations) {
    if (operation.kind === 'void' && operation.only === undefined && !voids.has(operation.target)) voids.set(operation.target, operation)
  }
  return voids
}
