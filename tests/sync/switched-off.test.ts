import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { beforeEach, expect, test } from 'vitest'
import { err, ok } from '../../src/domain/result'
import { openDatabase } from '../../src/storage/database'
import { type Identity, readIdentity, writeIdentity } from '../../src/storage/identity'
import { readKeys, readLock, readWipe, writeKeys, writeLock } from '../../src/storage/lock-store'
import { settle } from '../../src/storage/outbox'
import { record } from '../../src/storage/record'
import { runOnce } from '../../src/sync/runner'
import type { ServerApi } from '../../src/sync/server-api'
import type { SyncServices } from '../../src/sync/services'
import { finishWipe } from '../../src/sync/switched-off'
import type { SyncError } from '../../src/sync/sync-error'
import { makeDeviceKeys } from '../../src/trust/device-keys'
import type { PushRequest } from '../../src/wire/sync'
import { aCheckInDraft, aContext, first, MORNING, valueIn } from '../support/builders'
import { aVault } from '../support/vault'

interface Fate {
  readonly handIn?: SyncError
  readonly wiped?: SyncError
  readonly unopened?: boolean
}

let handedIn: PushRequest[]
let told: number

beforeEach(async () => {
  handedIn = []
  told = 0
  await writeIdentity({ deviceId: 'd', epoch: 'e' } as Identity)
  await writeKeys(await makeDeviceKeys())
  await writeLock({ any: 'lock' })
})

/** A server that has switched this phone off. */
function aStrictServer(fate: Fate = {}): ServerApi {
  const refused: SyncError = { kind: 'device-revoked' }
  const time = { sent: MORNING, received: MORNING }
  return {
    push: async () => ({ answer: err(refused), bytes: 10 }),
    pull: async () => err(refused),
    handIn: async (request: PushRequest) => {
      handedIn.push(request)
      if (fate.handIn) return { answer: err(fate.handIn), bytes: 10 }
      const keys = [...request.operations.map((each) => (each as { key: string }).key), ...(request.sealed ?? []).map(({ key }) => key)]
      const body = { accepted: fate.unopened ? [] : keys, duplicates: [], rejected: [], unopened: fate.unopened ? keys : [] }
      const rest = { gatepost: 'push', protocol: 1, serverTime: new Date(MORNING).toISOString(), nextAfterMs: 0 }
      return { answer: ok({ body: { ...rest, ...body }, ...time }), bytes: 10 }
    },
    wiped: async () => {
      if (fate.wiped) return err(fate.wiped)
      told++
      return ok({ body: { gatepost: 'done', serverTime: '' }, ...time })
    },
  } as unknown as ServerApi
}

async function aPhone(fate: Fate = {}, locked = false) {
  await Dexie.delete('gatepost')
  const db = valueIn(await openDatabase())
  const codecs = await aVault(db)
  for (let i = 0; i < 3; i++) valueIn(await record(db, codecs.facts, [aCheckInDraft()], aContext()))
  const services: SyncServices = {
    db,
    codec: locked ? undefined : codecs.facts,
    ownCodec: locked ? undefined : codecs.own,
    api: aStrictServer(fate),
    identity: () => ({ deviceId: 'd', epoch: 'e' }) as Identity,
    clock: () => MORNING,
    random: () => 0,
  }
  return { db, services }
}

test('a phone that was switched off hands in all that it holds, what was sent back too, then forgets it and says so', async () => {
  const { db, services } = await aPhone()
  const { key } = first(await db.outbox.toArray())
  await settle(db, { accepted: [], rejected: [{ key, code: 'outside-scope' }], at: MORNING })
  expect(await runOnce(services)).toEqual(ok(undefined))
  expect(handedIn.flatMap(({ operations }) => operations)).toHaveLength(3)
  expect(await Dexie.exists('gatepost')).toBe(false)
  expect([told, await readIdentity(), await readKeys(), await readLock()]).toEqual([1, undefined, undefined, undefined])
})

test('locked, it hands in what it cannot read itself, sealed', async () => {
  const { services } = await aPhone({}, true)
  expect(await runOnce(services)).toEqual(ok(undefined))
  expect(handedIn.flatMap(({ sealed = [] }) => sealed)).toHaveLength(3)
  expect(JSON.stringify(handedIn)).not.toMatch(/celsius|resident/)
  expect(await Dexie.exists('gatepost')).toBe(false)
})

test.each<[string, Fate]>([
  ['there is no network', { handIn: { kind: 'offline' } }],
  ['the server fails', { handIn: { kind: 'server-fault' } }],
  ['the server has lost the key to it', { unopened: true }],
])('nothing is deleted while %s', async (_name, fate) => {
  const { db, services } = await aPhone(fate, fate.unopened)
  expect((await runOnce(services)).ok).toBe(false)
  expect([await db.facts.count(), await db.outbox.count(), told]).toEqual([3, 3, 0])
  expect(await readKeys()).toBeDefined()
  db.close()
})

test('a wipe that was cut short before the server was told goes on, and keeps what proves who it is until then', async () => {
  const { services } = await aPhone({ wiped: { kind: 'offline' } })
  expect((await runOnce(services)).ok).toBe(false)
  expect([await Dexie.exists('gatepost'), await readWipe(), (await readKeys()) !== undefined]).toEqual([false, 'data-gone', true])
  expect(await finishWipe(aStrictServer())).toEqual(ok(undefined))
  expect([told, await readKeys(), await readWipe()]).toEqual([1, undefined, undefined])
})
