import type { Pool } from 'pg'
import type { CommunityId, OperationKey } from '../domain/ids'
import { aboutOperation } from '../domain/operation'
import { fromBase64url } from '../trust/base64url'
import { openEnvelope } from '../trust/envelope'
import { importPayloadKey, jsonIn, openPayload } from '../trust/payload'
import type { SealedOperation, SealedShiftKey } from '../wire/sync'
import { receivePair } from './database/keys'

export interface Opened {
  /** In the form of a push in the clear. */
  readonly operations: readonly unknown[]
  readonly unopened: readonly OperationKey[]
}

/** Opens what a locked phone sent. What cannot be opened here is named, and judged by nobody. */
export async function openSealed(
  pool: Pool,
  communityId: CommunityId,
  sealed: readonly SealedOperation[],
  shiftKeys: readonly SealedShiftKey[],
): Promise<Opened> {
  const keys = await openShiftKeys(pool, communityId, shiftKeys)
  const operations: unknown[] = []
  const unopened: OperationKey[] = []
  for (const entry of sealed) {
    const operation = await openOne(entry, keys.get(entry.shiftKey))
    if (operation) operations.push(operation)
    else unopened.push(entry.key)
  }
  return { operations, unopened }
}

async function openShiftKeys(pool: Pool, communityId: CommunityId, shiftKeys: readonly SealedShiftKey[]): Promise<Map<string, CryptoKey>> {
  const opened = new Map<string, CryptoKey>()
  const pairs = new Map<string, CryptoKeyPair | undefined>()
  for (const { id, receiveKeyId, envelope } of shiftKeys) {
    if (!pairs.has(receiveKeyId)) pairs.set(receiveKeyId, await receivePair(pool, communityId, receiveKeyId))
    const pair = pairs.get(receiveKeyId)
    const bytes = fromBase64url(envelope)
    if (!pair || !bytes) continue
    const raw = await openEnvelope(pair, 'shift-key', bytes)
    if (raw.ok) opened.set(id, await importPayloadKey(raw.value))
  }
  return opened
}

async function openOne({ key, seq, kind, target, box }: SealedOperation, shiftKey: CryptoKey | undefined): Promise<object | undefined> {
  const bytes = fromBase64url(box)
  if (!shiftKey || !bytes) return undefined
  const plain = await openPayload(shiftKey, bytes, aboutOperation({ key, kind, target }))
  if (!plain.ok) return undefined
  const payload = jsonIn(plain.value)
  return typeof payload === 'object' && payload !== null ? { ...payload, key, seq, kind, ...(target ? { target } : {}) } : undefined
}
