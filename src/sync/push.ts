import type { OperationKey } from '../domain/ids'
import { err, ok, type Result } from '../domain/result'
import { isoWithOffset } from '../domain/time'
import { type Batch, nextBatch, type Settlement, settle } from '../storage/outbox'
import { toBase64url } from '../trust/base64url'
import { payloadKeyId } from '../trust/payload'
import { PROTOCOL } from '../wire/protocol'
import type { PushRequest, PushResponse } from '../wire/sync'
import { adapted, type BatchSize, FIRST_BATCH, halved } from './batch'
import { noteServerTime, type SyncServices } from './services'
import type { SyncError } from './sync-error'

/** Sends what waits, batch by batch, until nothing waits or the server cannot be reached. Each operation ends accepted or sent back. */
export async function pushAll(services: SyncServices, first: BatchSize): Promise<Result<void, SyncError>> {
  return sendAll(services, 'push', first)
}

/** What a phone that was switched off still holds goes to be kept apart by the server: what was sent back, too. */
export async function handInAll(services: SyncServices): Promise<Result<void, SyncError>> {
  return sendAll(services, 'handIn', FIRST_BATCH)
}

type Way = 'push' | 'handIn'

async function sendAll(services: SyncServices, way: Way, first: BatchSize): Promise<Result<void, SyncError>> {
  let size = first
  for (;;) {
    const batch = await nextBatch(services.db, services.codec, size.operations, way === 'handIn' ? 'all' : 'waiting')
    if (countOf(batch) === 0) return ok(undefined)
    const sent = await sendOne(services, way, batch, size)
    if (!sent.ok) return sent
    size = sent.value
  }
}

const countOf = ({ operations, sealed }: Batch) => operations.length + sealed.length

/** One batch; tells the size of the next. No transaction is open while it is under way. */
async function sendOne(services: SyncServices, way: Way, batch: Batch, size: BatchSize): Promise<Result<BatchSize, SyncError>> {
  const { api, clock } = services
  const count = countOf(batch)
  const { answer, bytes } = await api[way](await bodyOf(services, batch))
  if (answer.ok) {
    const { body, sent, received } = answer.value
    await noteServerTime(services, sent, received, body.serverTime)
    const { settled } = await settle(services.db, verdictsOf(body, clock(), services.codec !== undefined))
    // A server that neither takes nor refuses anything would be asked forever. What it cannot open waits for the unlocked phone.
    if (settled === 0) return err({ kind: body.unopened.length > 0 ? 'locked' : 'server-fault' })
    return ok(adapted(size, { operations: count, bytes, ms: received - sent }))
  }
  const { error } = answer
  if (error.kind !== 'refused') return err(error)
  if (count > 1) return ok(halved(count))
  const [poison] = [...batch.operations, ...batch.sealed]
  if (!poison) return err(error)
  const reason = { key: poison.key, code: error.code, ...(error.detail ? { detail: error.detail } : {}) }
  await settle(services.db, { accepted: [], rejected: [reason], at: clock() })
  return ok(halved(1))
}

async function bodyOf({ db, identity, clock }: SyncServices, { operations, sealed }: Batch): Promise<PushRequest> {
  const { deviceId, epoch } = identity()
  const plain = { protocol: PROTOCOL, device: deviceId, epoch, sentAt: isoWithOffset(clock(), 0), operations: [...operations] }
  if (sealed.length === 0) return plain
  const entries = sealed.map(({ key, seq, kind, target, payload }) => ({
    key,
    seq,
    kind,
    ...(target ? { target } : {}),
    shiftKey: payloadKeyId(payload) ?? NO_KEY,
    box: toBase64url(payload),
  }))
  const kept = await db.shiftKeys.bulkGet([...new Set(entries.map(({ shiftKey }) => shiftKey))])
  const shiftKeys = kept.flatMap((row) =>
    row?.forServer ? [{ id: row.id, receiveKeyId: row.forServer.receiveKeyId, envelope: toBase64url(row.forServer.envelope) }] : [],
  )
  return { ...plain, sealed: entries, shiftKeys }
}

const NO_KEY = '0'.repeat(32)

/** What neither the unlocked phone nor the server can open is sent back to a person: it would hold up nothing, and never arrive. */
function verdictsOf({ accepted, duplicates, rejected, unopened }: PushResponse, at: number, unlocked: boolean): Settlement {
  return {
    accepted: [...accepted, ...duplicates],
    rejected: [
      // A key that could not be read names no record of ours; it then matches none.
      ...rejected.map(({ key, code, pointer, detail }) => ({
        key: key as OperationKey,
        code,
        ...(pointer ? { pointer } : {}),
        ...(detail ? { detail } : {}),
      })),
      ...(unlocked ? unopened.map((key) => ({ key, code: 'unreadable' })) : []),
    ],
    at,
  }
}
