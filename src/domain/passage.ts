import type { OperationKey } from './ids'
import type { Amend, CheckIn, Direction, Operation } from './operation'
import { bandOf, type Reading } from './reading'
import { type Step, stepAfter } from './retest'
import type { Rules } from './rules'
import { correctedTime } from './time'

/** A check-in with all that was said of it since: what a person sees as one row. */
export interface Passage {
  readonly key: OperationKey
  readonly checkIn: CheckIn
  /** Corrected time, ms since 1970. */
  readonly at: number
  readonly direction: Direction
  /** In the order taken; empty where no temperature was. */
  readonly readings: readonly Reading[]
  readonly step: Step | { readonly at: 'not-measured' } | { readonly at: 'walked-off' }
  /** Since when it has been waiting, corrected ms: the last reading's time. */
  readonly lastReadingAt: number
  readonly amendments: readonly Amend[]
  readonly note?: string
  readonly voided?: { readonly reason: string; readonly at: number }
}

/** Folds operations, in any order, into passages by corrected time; what names an unknown target is left out. */
export function passagesOf(operations: Iterable<Operation>, rules: Rules): Passage[] {
  const linked = new Map<OperationKey, Operation[]>()
  const checkIns: CheckIn[] = []
  for (const operation of operations) {
    if (operation.kind === 'check-in') checkIns.push(operation)
    else if ('target' in operation) {
      const others = linked.get(operation.target)
      if (others) others.push(operation)
      else linked.set(operation.target, [operation])
    }
  }
  return checkIns
    .map((checkIn) => passageOf(checkIn, linked.get(checkIn.key) ?? [], rules))
    .sort((a, b) => a.at - b.at || a.checkIn.seq - b.checkIn.seq)
}

/** One check-in and the operations that name it as their target. */
export function passageOf(checkIn: CheckIn, linked: readonly Operation[], rules: Rules): Passage {
  const inOrder = [...linked].sort((a, b) => a.seq - b.seq)
  const amendments = inOrder.filter((operation) => operation.kind === 'amend')
  const retests = inOrder.filter((operation) => operation.kind === 'retest')
  const voids = inOrder.filter((operation) => operation.kind === 'void')
  const walkedOff = inOrder.some((operation) => operation.kind === 'walk-off')
  const measured = amendments.reduce((value, amend) => amend.measured ?? value, checkIn.measured)
  const direction = amendments.reduce((value, amend) => amend.direction ?? value, checkIn.direction)
  const note = amendments.reduce<string | undefined>((value, amend) => amend.note ?? value, undefined)
  const readings = [...('celsius' in measured ? [measured] : []), ...retests.map((retest) => retest.reading)]
  const step = stepAfter(readings, rules)
  const voided = voids[0]
  return {
    key: checkIn.key,
    checkIn,
    at: correctedTime(checkIn),
    direction,
    readings,
    step: readings.length === 0 ? { at: 'not-measured' } : walkedOff && isOpen(step) ? { at: 'walked-off' } : step,
    lastReadingAt: correctedTime(retests.at(-1) ?? checkIn),
    amendments,
    ...(note === undefined ? {} : { note }),
    ...(voided ? { voided: { reason: voided.reason, at: correctedTime(voided) } } : {}),
  }
}

const isOpen = (step: Step) => step.at === 'wait' || step.at === 'too-low'

/** Counts of a day or a shift; voided passages do not count. */
export interface Tally {
  readonly in: number
  readonly out: number
  readonly measured: number
  readonly notMeasured: number
  /** Passages with a reading below the band: 偏低重测. */
  readonly tooLow: number
  /** Passages whose first counting reading was at or over the threshold: 首测≥阈值. */
  readonly atThreshold: number
  readonly confirmed: number
  readonly waiting: number
  readonly voided: number
}

export function tally(passages: readonly Passage[], rules: Rules): Tally {
  const counted = passages.filter((passage) => !passage.voided)
  const count = (holds: (passage: Passage) => boolean) => counted.filter(holds).length
  const band = (reading: Reading) => bandOf(reading.celsius, rules.bands[reading.site])
  return {
    in: count((passage) => passage.direction === 'in'),
    out: count((passage) => passage.direction === 'out'),
    measured: count((passage) => passage.readings.length > 0),
    notMeasured: count((passage) => passage.readings.length === 0),
    tooLow: count((passage) => passage.readings.some((reading) => band(reading) === 'too-low')),
    atThreshold: count((passage) => {
      const first = passage.readings.find((reading) => band(reading) !== 'too-low')
      return first !== undefined && band(first) === 'at-threshold'
    }),
    confirmed: count((passage) => passage.step.at === 'confirmed'),
    waiting: count((passage) => passage.step.at === 'wait' || passage.step.at === 'too-low'),
    voided: passages.length - counted.length,
  }
}
