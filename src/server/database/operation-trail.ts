import type { DeviceId } from '../../domain/ids'
import type { Accessed, Operation } from '../../domain/operation'
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
      return { what: operation.what, about: operation.about, detail: detailOf(operation) }
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
    case 'walk-off':
      return operation.exception
        ? { what: 'exception-made', about: operation.target, detail: { word: operation.exception.kind } }
        : undefined
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
      return undefined
    default:
      return operation satisfies never
  }
}

/** Of a report that was given out all that proves it: the record itself goes with its day, the trail is kept for longer. */
function detailOf({ detail, to, fingerprint, reason, phones, operator }: Accessed): Record<string, string> {
  return {
    ...(detail ? { word: detail } : {}),
    ...(to ? { to } : {}),
    ...(reason ? { reason } : {}),
    ...(fingerprint ? { fingerprint, operator } : {}),
    ...(phones && phones.length > 0 ? { phones: JSON.stringify(phones.map(({ deviceId, until }) => [deviceId, until])) } : {}),
  }
}
