import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Operation } from '../../src/domain/operation'
import { err, ok } from '../../src/domain/result'
import { readCounters } from '../../src/storage/counters'
import { type GatepostDatabase, openDatabase } from '../../src/storage/database'
import type { Identity } from '../../src/storage/identity'
import { record } from '../../src/storage/record'
import { createSync, runOnce, type Sync } from '../../src/sync/runner'
import type { ServerApi } from '../../src/sync/server-api'
import type { SyncServices, SyncStatus } from '../../src/sync/services'
import type { SyncError } from '../../src/sync/sync-error'
import type { Codecs } from '../../src/vault/codecs'
import { aCheckInDraft, aContext, MORNING, valueIn } from '../support/builders'
import { aVault } from '../support/vault'

let db: GatepostDatabase
let codecs: Codecs
let now: number
let pushes: number
let pulls: number
/** A push is under way until this has happened. */
let held: Promise<unknown> | undefined
let failing: SyncError | undefined
let told: SyncStatus[]
let sync: Sync | undefined

beforeEach(async () => {
  // IndexedDB lives on setImmediate, which stays real.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  db = valueIn(await openDatabase(`runner-${crypto.randomUUID()}`))
  codecs = await aVault(db)
  now = MORNING
  pushes = 0
  pulls = 0
  held = undefined
  failing = undefined
  told = []
})
afterEach(async () => {
  sync?.stop()
  vi.useRealTimers()
  await db.delete()
})

const serverTime = new Date(MORNING).toISOString()
const answered = <T>(body: T) => ok({ body, sent: now, received: now })

function services(part: Partial<SyncServices> = {}): SyncServices {
  const api: Pick<ServerApi, 'push' | 'pull'> = {
    async push({ operations }) {
      pushes++
      await held
      const accepted = operations.map((operation) => (operation as Operation).key)
      const body = {
        gatepost: 'push' as const,
        protocol: 1,
        accepted,
        duplicates: [],
        rejected: [],
        unopened: [],
        serverTime,
        nextAfterMs: 0,
      }
      return { answer: failing ? err(failing) : answered(body), bytes: 100 }
    },
    async pull() {
      pulls++
      return failing ? err(failing) : answered({ gatepost: 'pull', protocol: 1, changes: [], cursor: 'c1', more: false, serverTime })
    },
  }
  return {
    db,
    codec: codecs.facts,
    ownCodec: codecs.own,
    api: api as ServerApi,
    identity: () => ({ deviceId: 'd', epoch: 'e' }) as Identity,
    clock: () => now,
    random: () => 0,
    onStatus: (status) => told.push(status),
    ...part,
  }
}

const save = async () => valueIn(await record(db, codecs.facts, [aCheckInDraft()], aContext()))

async function later(ms: number): Promise<void> {
  now += ms
  await vi.advanceTimersByTimeAsync(ms)
  await sync?.now()
}

test('a run sends, fetches, and says when all was confirmed', async () => {
  await save()
  sync = createSync(services())
  await sync.now()
  expect(told.map(({ at }) => at)).toEqual(['sending', 'pulling', 'idle'])
  expect(told.at(-1)).toEqual({ at: 'idle', lastConfirmedAt: MORNING })
  expect([pushes, pulls, (await readCounters(db)).waiting]).toEqual([1, 1, 0])
})

test('what is saved while a run is under way goes up before it ends', async () => {
  await save()
  sync = createSync(services())
  const first = sync.now()
  held = save()
  await held
  await Promise.all([first, sync.now(), sync.now()])
  expect((await readCounters(db)).waiting).toBe(0)
  expect(pulls).toBe(2)
})

test('a failure is tried again by itself, later each time, and success is told', async () => {
  await save()
  failing = { kind: 'offline' }
  sync = createSync(services({ random: () => 1 }))
  sync.start()
  await sync.now()
  expect(told.at(-1)).toEqual({ at: 'waiting', problem: failing, nextTryAt: now + 4000 })
  failing = undefined
  const before = pushes
  now += 4000
  await vi.advanceTimersByTimeAsync(4000)
  await vi.waitFor(() => expect(told.at(-1)?.at).toBe('idle'), { interval: 1 })
  expect(pushes).toBe(before + 1)
})

test('after a failure only a small batch is read and sent, until one is answered', async () => {
  const sizes: number[] = []
  const base = services()
  const push: ServerApi['push'] = (body) => {
    sizes.push(body.operations.length)
    return base.api.push(body)
  }
  for (let i = 0; i < 60; i++) await save()
  failing = { kind: 'offline' }
  sync = createSync(services({ api: { ...base.api, push } as ServerApi }))
  await sync.now()
  await sync.now()
  failing = undefined
  await sync.now()
  expect(sizes).toEqual([60, 50, 50, 10])
})

test('a server that asked to be left alone is, however much is saved meanwhile', async () => {
  failing = { kind: 'busy', retryAfterMs: 30_000 }
  await save()
  sync = createSync(services())
  sync.start()
  await vi.waitFor(() => expect(told.at(-1)?.at).toBe('waiting'), { interval: 1 })
  expect(told.at(-1)).toMatchObject({ problem: failing, nextTryAt: now + 30_000 })
  failing = undefined
  for (let i = 0; i < 5; i++) {
    await save()
    await later(5000)
  }
  expect(pushes).toBe(1)
  now += 5000
  await vi.advanceTimersByTimeAsync(5000)
  await vi.waitFor(() => expect(told.at(-1)?.at).toBe('idle'), { interval: 1 })
  expect((await readCounters(db)).waiting).toBe(0)
})

test('a phone that its server does not know does not ask by itself again', async () => {
  failing = { kind: 'unauthorised' }
  await save()
  sync = createSync(services())
  sync.start()
  await vi.waitFor(() => expect(told.at(-1)?.at).toBe('waiting'), { interval: 1 })
  expect(told.at(-1)).toEqual({ at: 'waiting', problem: failing })
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect([pushes, vi.getTimerCount()]).toEqual([1, 0])
})

test('two runs of one phone, page and service worker, go one after the other and send each record once', async () => {
  await save()
  let turn: Promise<unknown> = Promise.resolve()
  const request = (_name: string, run: () => Promise<unknown>) => {
    turn = turn.then(run)
    return turn
  }
  const locks = { request } as unknown as LockManager
  await Promise.all([runOnce(services({ locks })), runOnce(services({ locks })), createSync(services({ locks })).now()])
  expect(pushes).toBe(1)
})

test("a phone's own storage that fails is an answer, not a crash", async () => {
  await save()
  const broken = services({
    codec: { ...codecs.facts, open: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) },
  })
  expect(await runOnce(broken)).toEqual({ ok: false, error: { kind: 'storage' } })
  expect((await readCounters(db)).waiting).toBe(1)
})
