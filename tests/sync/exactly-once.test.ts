import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Operation } from '../../src/domain/operation'
import { err, ok } from '../../src/domain/result'
import { readCounters, recount } from '../../src/storage/counters'
import { type GatepostDatabase, openDatabase } from '../../src/storage/database'
import type { Identity } from '../../src/storage/identity'
import { rejectedOperations } from '../../src/storage/outbox'
import { record } from '../../src/storage/record'
import { runOnce } from '../../src/sync/runner'
import type { ServerApi } from '../../src/sync/server-api'
import type { SyncServices } from '../../src/sync/services'
import type { SyncError } from '../../src/sync/sync-error'
import type { PayloadKey } from '../../src/trust/payload'
import type { Codecs } from '../../src/vault/codecs'
import { aCheckInDraft, aContext, MORNING, valueIn } from '../support/builders'
import { aDataKey, aVault } from '../support/vault'

/** A server in memory: keeps a key once, and can lose its answer, or refuse. */
function aServer() {
  const kept = new Map<string, Operation>()
  const server = {
    kept,
    pushes: 0,
    lose: 'nothing' as 'nothing' | 'request' | 'answer',
    refuse: undefined as SyncError | undefined,
    poison: undefined as string | undefined,
    silent: false,
    api: {} as ServerApi,
  }
  const push: ServerApi['push'] = async ({ operations }) => {
    server.pushes++
    const given = operations as Operation[]
    const failed = (error: SyncError) => ({ answer: err(error), bytes: 100 })
    if (server.refuse) return failed(server.refuse)
    if (server.poison && given.some(({ key }) => key === server.poison))
      return failed({ kind: 'refused', status: 400, code: 'bad-request' })
    if (server.lose === 'request') return failed({ kind: 'offline' })
    const fresh = given.filter(({ key }) => !kept.has(key))
    if (!server.silent) for (const operation of fresh) kept.set(operation.key, operation)
    if (server.lose === 'answer') return failed({ kind: 'timeout' })
    const known = given.filter((operation) => !fresh.includes(operation)).map(({ key }) => key)
    const accepted = server.silent ? [] : fresh.map(({ key }) => key)
    const serverTime = new Date(MORNING).toISOString()
    const body = {
      gatepost: 'push' as const,
      protocol: 1,
      accepted,
      duplicates: known,
      rejected: [],
      unopened: [],
      serverTime,
      nextAfterMs: 0,
    }
    return { answer: ok({ body, sent: MORNING, received: MORNING }), bytes: 100 }
  }
  server.api = { push } as ServerApi
  return server
}

let db: GatepostDatabase
let codecs: Codecs
let dataKey: PayloadKey
let server: ReturnType<typeof aServer>

beforeEach(async () => {
  db = valueIn(await openDatabase(`sync-${crypto.randomUUID()}`))
  dataKey = await aDataKey()
  codecs = await aVault(db, undefined, dataKey)
  server = aServer()
})
afterEach(() => db.delete())

const services = (): SyncServices => ({
  db,
  codec: codecs.facts,
  ownCodec: codecs.own,
  api: server.api,
  identity: () => ({ deviceId: 'd', epoch: 'e' }) as Identity,
  clock: () => MORNING,
  random: () => 0.5,
})
const save = async (count = 1) =>
  valueIn(
    await record(
      db,
      codecs.facts,
      Array.from({ length: count }, () => aCheckInDraft()),
      aContext(),
    ),
  )
const send = () => runOnce(services())

async function restart(): Promise<void> {
  const { name } = db
  db.close()
  db = valueIn(await openDatabase(name))
  codecs = await aVault(db, undefined, dataKey)
}

const step = fc.oneof(
  fc.record({ kind: fc.constant('save' as const), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('send' as const), lose: fc.constantFrom('nothing' as const, 'request' as const, 'answer' as const) }),
  fc.record({ kind: fc.constant('kill' as const) }),
)

test('any interleaving of saves, sends, lost requests and answers, and kills ends with the same set on both sides, each once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      await db.delete()
      db = valueIn(await openDatabase(`sync-${crypto.randomUUID()}`))
      codecs = await aVault(db, undefined, dataKey)
      server = aServer()
      const saved = new Set<string>()
      for (const each of steps) {
        if (each.kind === 'save') for (const { key } of await save(each.count)) saved.add(key)
        if (each.kind === 'kill') await restart()
        if (each.kind === 'send') {
          server.lose = each.lose
          await send()
        }
      }
      server.lose = 'nothing'
      await send()
      expect(new Set(server.kept.keys())).toEqual(saved)
      expect(await readCounters(db)).toMatchObject({ waiting: 0, rejected: 0, accepted: saved.size })
      expect(await recount(db)).toMatchObject({ waiting: 0, accepted: saved.size })
    }),
    { numRuns: 40 },
  )
}, 60_000)

test('a poison record is found, sent back, and holds up none of 2,100 others', async () => {
  const saved = await save(2101)
  const bad = saved[777]
  server.poison = bad?.key
  expect((await send()).ok).toBe(true)
  expect(server.kept.size).toBe(2100)
  const rejected = await rejectedOperations(db, codecs.facts)
  expect(rejected.map(({ operation, code }) => [operation.key, code])).toEqual([[bad?.key, 'bad-request']])
  expect(await readCounters(db)).toMatchObject({ waiting: 0, rejected: 1, accepted: 2100 })
}, 60_000)

test('records go up in the order of their numbers, whatever the clock said', async () => {
  for (const deviceNow of [MORNING, 0, MORNING + 86_400_000, MORNING - 3 * 3_600_000]) {
    valueIn(await record(db, codecs.facts, [aCheckInDraft()], aContext({ deviceNow })))
  }
  await send()
  expect([...server.kept.values()].map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
})

test('a server that settles nothing is not asked for ever', async () => {
  await save(3)
  server.silent = true
  expect(await send()).toEqual({ ok: false, error: { kind: 'server-fault' } })
  expect(server.pushes).toBe(1)
})

test.each<[SyncError]>([
  [{ kind: 'not-gatepost' }],
  [{ kind: 'unauthorised' }],
  [{ kind: 'busy', retryAfterMs: 1000 }],
  [{ kind: 'server-fault' }],
])('%j keeps everything as it is', async (error) => {
  await save(3)
  server.refuse = error
  expect(await send()).toEqual({ ok: false, error })
  expect(await readCounters(db)).toMatchObject({ waiting: 3, rejected: 0 })
  expect(server.pushes).toBe(1)
})
