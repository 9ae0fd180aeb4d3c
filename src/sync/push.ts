import type { OperationKey } from '../domain/ids'
import type { Operation } from '../domain/operation'
import { err, ok, type Result } from '../domain/result'
import { isoWithOffset } from '../domain/time'
import { nextBatch, type Settlement, settle } from '../storage/outbox'
import { PROTOCOL } from '../wire/protocol'
import type { PushResponse } from '../wire/sync'
import { adapted, type BatchSize, FIRST_BATCH, halved } from './batch'
import { noteServerTime, type SyncServices } from './services'
import type { SyncError } from './sync-error'

/** Sends what waits, batch by batch, until nothing waits or the server cannot be reached. Each operation ends accepted or sent back. */
export async function pushAll(services: SyncServices): Promise<Result<void, SyncError>> {
  let size = FIRST_BATCH
  for (;;) {
    const operations = await nextBatch(services.db, services.codec, size.operations)
    if (operations.length === 0) return ok(undefined)
    const pushed = await pushOne(services, operations, size)
    if (!pushed.ok) return pushed
    size = pushed.value
  }
}

/** One batch; tells the size of the next. No transaction is open while it is under way. */
async function pushOne(services: SyncServices, operations: readonly Operation[], size: BatchSize): Promise<Result<BatchSize, SyncError>> {
  const { identity, api, clock } = services
  const { deviceId, epoch } = identity()
  const sentAt = isoWithOffset(clock(), 0)
  const { answer, bytes } = await api.push({ protocol: PROTOCOL, device: deviceId, epoch, sentAt, operations: [...operations] })
  if (answer.ok) {
    const { body, sent, received } = answer.value
    await noteServerTime(services, sent, received, body.serverTime)
    const { settled } = await settle(services.db, verdictsOf(body, clock()))
    // A server that neither takes nor refuses anything would be asked forever.
    if (settled === 0) return err({ kind: 'server-fault' })
    return ok(adapted(size, { operations: operations.length, bytes, ms: received - sent }))
  }
  const { error } = answer
  if (error.kind !== 'refused') return err(error)
  if (operations.length > 1) return ok(halved(operations.length))
  const [poison] = operations
  if (!poison) return err(error)
  const reason = { key: poison.key, code: error.code, ...(error.detail ? { detail: error.detail } : {}) }
  await settle(services.db, { accepted: [], rejected: [reason], at: clock() })
  return ok(halved(1))
}

function verdictsOf({ accepted, duplicates, rejected }: PushResponse, at: number): Settlement {
  return {
    accepted: [...accepted, ...duplicates],
    // A key that could not be read names no record of ours; it then matches none.
    rejected: rejected.map(({ key, code, pointer, detail }) => ({
      key: key as OperationKey,
      code,
      ...(pointer ? { pointer } : {}),
      ...(detail ? { detail } : {}),
    })),
    at,
  }
}
