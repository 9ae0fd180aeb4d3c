import 'fake-indexeddb/auto'
import type { Operation } from '../../src/domain/operation'
import type { Result } from '../../src/domain/result'
import { plainCodec } from '../../src/storage/codec'
import { type Counters, recount } from '../../src/storage/counters'
import { type GatepostDatabase, openDatabase } from '../../src/storage/database'
import { type Identity, readClock } from '../../src/storage/identity'
import { type Rejected, rejectedOperations, resend } from '../../src/storage/outbox'
import { type Draft, type RecordContext, record } from '../../src/storage/record'
import { runOnce } from '../../src/sync/runner'
import { createServerApi, type ServerApi } from '../../src/sync/server-api'
import type { SyncError } from '../../src/sync/sync-error'
import { aCheckInDraft, aContext, valueIn } from './builders'
import type { Network } from './faulty-fetch'

/** A phone's storage and upload, without its screen. */
export interface Phone {
  readonly api: ServerApi
  database(): GatepostDatabase
  save(drafts?: readonly Draft[], part?: Partial<RecordContext>): Promise<readonly Operation[]>
  send(): Promise<Result<void, SyncError>>
  /** The app is gone in the middle of whatever it did, and opened again. */
  kill(): Promise<void>
  /** As the rows say, not as the counter says. */
  counters(): Promise<Counters>
  rejected(): Promise<readonly Rejected[]>
  resendAll(): Promise<void>
  forget(): Promise<void>
}

export async function aPhoneAtGate(
  url: string,
  network: Network,
  identity: Pick<Identity, 'deviceId' | 'secret' | 'epoch' | 'postId'>,
  clock: () => number = Date.now,
): Promise<Phone> {
  let db = valueIn(await openDatabase(`phone-${crypto.randomUUID()}`))
  const api = createServerApi(network.fetch, url, identity, clock)
  const rejected = () => rejectedOperations(db, plainCodec)
  return {
    api,
    database: () => db,
    async save(drafts = [aCheckInDraft()], part = {}) {
      const { offset } = await readClock()
      return valueIn(
        await record(db, plainCodec, drafts, aContext({ deviceNow: clock(), clockOffset: offset, postId: identity.postId, ...part })),
      )
    },
    send: () => runOnce({ db, codec: plainCodec, api, identity: () => identity as Identity, clock, random: () => 0 }),
    async kill() {
      const { name } = db
      db.close()
      db = valueIn(await openDatabase(name))
    },
    counters: () => recount(db),
    rejected,
    async resendAll() {
      for (const { operation } of await rejected()) await resend(db, operation.key)
    },
    forget: () => db.delete(),
  }
}
