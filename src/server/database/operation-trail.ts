import type { DeviceId } from '../../domain/ids'
import type { Operation } from '../../domain/operation'
import type { TrailEntry } from './trail'

/** What of a batch belongs into the trail: who looked, gave out, corrected or refused, and which thing. */
export function trailOfOperations(deviceId: DeviceId, batch: readonly { readonly operation: Operation }[]): TrailEntry[] {
  return batch.flatMap(({ operation }) => {
    const entry = entryOf(operation)
    // The device's own time: the trail's is that of its arrival.
    const detail = { at: operation.deviceTime, ...entry?.detail }
    return entry ? [{ ...entry, actor: deviceId, detail }] : []
  })
}

function entryOf(operation: Operation): Omit<TrailEntry, 'actor'> | undefined {
  switch (operation.kind) {
    case 'access': {
      const { what, about, detail } = operation
      return { what, about, ...(detail ? { detail: { word: detail } } : {}) }
    }
    case 'void':
      return { what: 'record-voided', about: operation.target }
    case 'amend':
      return { what: 'record-amended', about: operation.target }
    case 'roster-import':
      return operation.page.page === 0 ? { what: 'roster-imported', about: operation.page.compoundId } : undefined
    case 'household-adding':
      return { what: 'household-added', about: operation.household.id }
    case 'card-binding':
      return { what: 'card-bound', about: operation.cardId }
    case 'card-revocation':
      return { what: 'card-revoked', about: operation.cardId }
    case 'check-in':
      return operation.exception ? { what: 'exception-made', about: operation.key, detail: { word: operation.exception.kind } } : undefined
    case 'count':
    case 'turned-back':
    case 'arrival':
    case 'incident-step':
    case 'request':
    case 'tip':
    case 'shift-opening':
    case 'attendance':
    case 'hand-over':
    case 'notice-read':
    case 'retest':
    case 'walk-off':
      return undefined
    default:
      return operation satisfies never
  }
}
