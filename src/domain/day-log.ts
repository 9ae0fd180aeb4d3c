import type { DeviceId, OperationKey } from './ids'
import { type Incident, incidentOf } from './incident'
import type { Count, Operation, Told, TurnedBack, Void } from './operation'
import { inOrder } from './order'
import { type JudgedBy, type Passage, passagesOf, voidsOf } from './passage'
import type { Arrival, Attendance, HandOver, Request } from './post-operations'
import { type Mark, marksOf } from './presence'
import { occurredTime } from './time'

/** A register's row that is no passage, and whether it still counts. */
export interface Entry<O extends Operation> {
  readonly key: OperationKey
  readonly operation: O
  readonly by?: DeviceId
  readonly at: number
  readonly voided: Void | undefined
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
}

/** Folds operations of any phones, in any order. `window`: ms between two phones' records of one passage. */
export function dayLogOf(operations: readonly Told[], judgedBy: JudgedBy, window: number): DayLog {
  const passages = passagesOf(operations, judgedBy)
  const voids = voidsOf(inOrder(operations.filter(({ kind }) => kind === 'void')))
  const linked = new Map<OperationKey, Told[]>()
  for (const operation of operations) {
    if (operation.kind !== 'incident-step') continue
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
    marks: marksOf(passages, window),
    incidents: passages.flatMap((passage) => incidentOf(passage, inOrder(linked.get(passage.key) ?? [])) ?? []),
    counts: entries('count'),
    turnedBack: entries('turned-back'),
    arrivals: entries('arrival'),
    requests: entries('request'),
    attendance: entries('attendance'),
    handOvers: entries('hand-over'),
  }
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
