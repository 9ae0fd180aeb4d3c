import type { OperationKey } from './ids'
import { incidentOf } from './incident'
import type { Authored, Operation, Told } from './operation'
import { inOrder } from './order'
import { isWaiting, type JudgedBy, passagesOf } from './passage'
import { bandOf, type Reading } from './reading'

/** A passage that the whole post must know of: who waits to be measured again, or an incident. All that its phones recorded of it. */
export interface Case {
  readonly passage: OperationKey
  readonly operations: readonly Authored[]
  /** Somebody still waits, or the incident is not closed. */
  readonly open: boolean
}

/** One phone's and the others' records of a case, each once. */
export function mergeCase(own: readonly Operation[], told: readonly Authored[], self: string): Told[] {
  const seen = new Set(own.map(({ key }) => key))
  const others = told.filter(({ operation }) => !seen.has(operation.key))
  return [...own, ...others.map(({ deviceId, operation }) => (deviceId === self ? operation : { ...operation, by: deviceId }))]
}

/** The same, of records that say which phone they are of. */
export function isOpenTold(told: readonly Authored[], judgedBy: JudgedBy): boolean {
  return isOpenCase(
    told.map(({ deviceId, operation }) => ({ ...operation, by: deviceId })),
    judgedBy,
  )
}

/**
 * Whether somebody's passage concerns the whole post: a reading at or over the threshold, or more than one phone had a hand in it.
 * A reading that was corrected or taken back since counts too: who was told of a case must be told that it is none.
 */
export function isCase(operations: readonly Told[], judgedBy: JudgedBy): boolean {
  if (new Set(operations.map(({ by }) => by)).size > 1) return true
  const checkIn = operations.find((operation) => operation.kind === 'check-in')
  if (!checkIn) return false
  const { bands } = judgedBy(checkIn.rules)
  return operations.flatMap(readingIn).some(({ celsius, site }) => bandOf(celsius, bands[site]) === 'at-threshold')
}

function readingIn(operation: Operation): Reading[] {
  if (operation.kind === 'retest') return [operation.reading]
  if (operation.kind !== 'check-in' && operation.kind !== 'amend') return []
  return operation.measured && 'celsius' in operation.measured ? [operation.measured] : []
}

/** Whether somebody still waits, or an incident is not closed. */
export function isOpenCase(operations: readonly Told[], judgedBy: JudgedBy): boolean {
  return passagesOf(operations, judgedBy).some((passage) => {
    const incident = incidentOf(passage, inOrder(operations.filter((each) => 'target' in each && each.target === passage.key)))
    return isWaiting(passage) || (incident !== undefined && !incident.closed)
  })
}
