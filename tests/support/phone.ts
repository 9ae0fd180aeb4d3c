import 'fake-indexeddb/auto'
import type { PostId } from '../../src/domain/ids'
import type { Operation, Told } from '../../src/domain/operation'
import type { Result } from '../../src/domain/result'
import { openMatters } from '../../src/storage/cases'
import { type Counters, recount } from '../../src/storage/counters'
import { type GatepostDatabase, openDatabase } from '../../src/storage/database'
import { type Identity, readClock } from '../../src/storage/identity'
import { type Rejected, rejectedOperations, resend } from '../../src/storage/outbox'
import { type Draft, type RecordContext, record } from '../../src/storage/record'
import { pullAll } from '../../src/sync/pull'
import { runOnce } from '../../src/sync/runner'
import { createServerApi, type ServerApi } from '../../src/sync/server-api'
import type { SyncError } from '../../src/sync/sync-error'
import type { Receiver } from '../../src/vault/codecs'
import { aCheckInDraft, aContext, valueIn } from './builders'
import type { Network } from './faulty-fetch'
import type { TestKeys } from './signing'
import { aDataKey, aVault } from './vault'

/** A phone's storage and upload, without its screen. */
export interface Phone {
  readonly api: ServerApi
  database(): GatepostDatabase
  save(drafts?: readonly Draft[], part?: Partial<RecordContext>): Promise<readonly Operation[]>
  send(): Promise<Result<void, SyncError>>
  /** Sends, and fetches what the server has to tell. */
  meet(): Promise<Result<void, SyncError>>
  /** Nobody has given the PIN: what waits goes up sealed. */
  sendLocked(): Promise<Result<void, SyncError>>
  /** The app is gone in the middle of whatever it did, and opened again. */
  kill(): Promise<void>
  /** As the rows say, not as the counter says. */
  counters(): Promise<Counters>
  rejected(): Promise<readonly Rejected[]>
  resendAll(): Promise<void>
  /** The post's open matters as this phone knows them: its own and the others'. */
  matters(): Promise<Told[][]>
  forget(): Promise<void>
}

export async function aPhoneAtGate(
  url: string,
  network: Network,
  phone: { readonly own: TestKeys; readonly epoch: string; readonly postId: PostId; readonly receiver?: Receiver },
  clock: () => number = Date.now,
): Promise<Phone> {
  let db = valueIn(await openDatabase(`phone-${crypto.randomUUID()}`))
  const { own, epoch, postId } = phone
  const identity = { deviceId: own.id, epoch, postId, posts: [] as Identity['posts'] } as Identity
  const api = createServerApi(network.fetch, url, { deviceId: own.id, key: own.keys.sign.privateKey, clockOffset: () => 0 }, clock)
  const dataKey = await aDataKey()
  let codecs = await aVault(db, phone.receiver, dataKey)
  const rejected = () => rejectedOperations(db, codecs.facts)
  const services = () => ({ db, codec: codecs.facts, ownCodec: codecs.own, api, identity: () => identity, clock, random: () => 0 })
  return {
    api,
    database: () => db,
    async save(drafts = [aCheckInDraft()], part = {}) {
      const { offset } = await readClock()
      return valueIn(await record(db, codecs.facts, drafts, aContext({ deviceNow: clock(), clockOffset: offset, postId, ...part })))
    },
    send: () => runOnce(services()),
    async meet() {
      const sent = await runOnce(services())
      return sent.ok ? pullAll(services()) : sent
    },
    sendLocked: () => runOnce({ ...services(), codec: undefined, ownCodec: undefined }),
    async kill() {
      const { name } = db
      db.close()
      db = valueIn(await openDatabase(name))
      codecs = await aVault(db, phone.receiver, dataKey)
    },
    counters: () => recount(db),
    rejected,
    async resendAll() {
      for (const { operation } of await rejected()) await resend(db, operation.key)
    },
    matters: () => openMatters(db, { ...codecs, self: own.id }),
    forget: () => db.delete(),
  }
}
