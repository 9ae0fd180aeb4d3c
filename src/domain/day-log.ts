import { amendsOf, correctedArrival } from './correct'
import type { DeviceId, OperationKey, PostId } from './ids'
import { type Incident, incidentOf } from './incident'
import type { Count, Operation, Told, TurnedBack, Void } from './operation'
import { inOrder } from './order'
import { type JudgedBy, type Passage, passagesOf, voidsOf } from './passage'
import type { Arrival, Attendance, HandOver, Request } from './post-operations'
import { type Mark, marksOf } from './presence'
import type { Reading } from './reading'
import { type EqualRun, equalRuns, type TimedReading } from './thermometer'
import { occurredTime } from './time'

/** A register's row that is no passage, and whether it still counts. */
export interface Entry<O extends Operation> {
  readonly key: OperationKey
  readonly operation: O
  readonly by?: DeviceId
  readonly at: number
  readonly voided: Void | undefined
  /** What it says was corrected since. */
  readonly amended?: boolean
}

/** All that was recorded in some time, folded: what screens, tallies and reports are read from. */
export interface DayLog {
  readonly passages: readonly Passage[]
  readonly marks: ReadonlyMap<OperationKey, Mark>
  readonly incidents: readonly Incident[]
  readonly counts: readonly Entry<Count>[]
  readonly turnedBack: readonly Entry<TurnedBack>[]
  readonly arrivals: readonly Entry<Arrival>[]
  readonly requests: readonly Entry<Request>[]
  readonly attendance: readonly Entry<Attendance>[]
  readonly handOvers: readonly Entry<HandOver>[]
  /** When a further reading of a passage was taken, corrected ms. */
  readonly retestedAt: ReadonlyMap<Reading, number>
  /** 额温枪: each run of ten or more equal readings, however long ago. */
  readonly equalRuns: readonly PostRun[]
}

export interface PostRun extends EqualRun {
  readonly postId: PostId
}

/** Folds operations of any phones, in any order; each passage by the rules that it was judged by. */
export function dayLogOf(operations: readonly Told[], judgedBy: JudgedBy): DayLog {
  const passages = passagesOf(operations, judgedBy)
  const voids = voidsOf(inOrder(operations.filter(({ kind }) => kind === 'void')))
  const amends = amendsOf(inOrder(operations.filter(({ kind }) => kind === 'amend')))
  const linked = new Map<OperationKey, Told[]>()
  for (const operation of operations) {
    // A void may be of a step only.
    if (operation.kind !== 'incident-step' && operation.kind !== 'void') continue
    linked.set(operation.target, [...(linked.get(operation.target) ?? []), operation])
  }
  const entries = <Kind extends Operation['kind']>(kind: Kind): Entry<Extract<Operation, { kind: Kind }>>[] => {
    const own = operations.filter((operation): operation is Told<Extract<Operation, { kind: Kind }>> => operation.kind === kind)
    return inOrder(own).map((operation) => ({
      key: operation.key,
      operation,
      ...(operation.by ? { by: operation.by } : {}),
      at: occurredTime(operation),
      voided: voids.get(operation.key),
    }))
  }
  return {
    passages,
    marks: marksOf(passages, ({ checkIn }) => judgedBy(checkIn.rules).duplicateWindow),
    incidents: passages.flatMap((passage) => incidentOf(passage, inOrder(linked.get(passage.key) ?? [])) ?? []),
    counts: entries('count'),
    turnedBack: entries('turned-back'),
    arrivals: entries('arrival').map((entry) => {
      const amendments = amends.get(entry.key) ?? []
      return { ...entry, operation: correctedArrival(entry.operation, amendments), amended: amendments.length > 0 }
    }),
    requests: entries('request'),
    attendance: entries('attendance'),
    handOvers: entries('hand-over'),
    retestedAt: new Map(
      passages.flatMap(({ key, taken }) => taken.flatMap((each) => (each.key === key ? [] : [[each.reading, each.at] as const]))),
    ),
    equalRuns: postRunsOf(operations),
  }
}

/** As the thermometers were used: phone by phone, post by post. */
function postRunsOf(operations: readonly Told[]): PostRun[] {
  const used = new Map<string, { readonly postId: PostId; readonly readings: TimedReading[] }>()
  for (const told of inOrder(operations)) {
    const reading = readingIn(told)
    if (!reading) continue
    const name = `${told.by ?? ''} ${told.postId}`
    const own = used.get(name) ?? { postId: told.postId, readings: [] }
    own.readings.push({ reading, at: occurredTime(told) })
    used.set(name, own)
  }
  return [...used.values()].flatMap(({ postId, readings }) => equalRuns(readings).map((run) => ({ ...run, postId })))
}

function readingIn(operation: Operation): Reading | undefined {
  if (operation.kind === 'retest') return operation.reading
  return operation.kind === 'check-in' && 'celsius' in operation.measured ? operation.measured : undefined
}

/** The records that happened within a span (ms, its end not included), and what was said of them whenever. */
export function withinSpan<O extends Operation>(operations: readonly O[], from: number, to: number): O[] {
  const isIn = (operation: O) => {
    const at = occurredTime(operation)
    return at >= from && at < to
  }
  const own = new Set(operations.filter((operation) => !('target' in operation) && isIn(operation)).map(({ key }) => key))
  return operations.filter((operation) => own.has('target' in operation ? operation.target : operation.key))
}
