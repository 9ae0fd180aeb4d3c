import 'fake-indexeddb/auto'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Operation } from '../../src/domain/operation'
import { createApp } from '../../src/server/app'
import { revokeDevice } from '../../src/server/database/devices'
import { publicKeys } from '../../src/server/database/keys'
import { writeClock } from '../../src/storage/identity'
import { createServerApi } from '../../src/sync/server-api'
import { makeDeviceKeys, publicKeyText } from '../../src/trust/device-keys'
import { aCheckInDraft, aReading, MORNING } from '../support/builders'
import { aCommunity, aDevice, aRosterPage, COMMUNITY, COMPOUND, SOUTH_GATE, type TestDevice } from '../support/community'
import { aNetwork, type Network, type NetworkFault } from '../support/faulty-fetch'
import { aPhoneAtGate, type Phone } from '../support/phone'
import { aDatabase, type TestDatabase } from '../support/postgres'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let db: TestDatabase
let app: FastifyInstance
let url: string
let network: Network
let device: TestDevice
let phone: Phone
/** The phone's own clock, which a person can set. */
let deviceNow: () => number

beforeAll(async () => {
  db = await aDatabase()
  await aCommunity(db.pool)
  app = await createApp({ pool: db.pool })
  url = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await app.close()
  await db.close()
})
beforeEach(async () => {
  await writeClock({ offset: 0, measuredAt: 0, lastServerTime: 0 })
  deviceNow = Date.now
  network = aNetwork()
  device = await aDevice(db.pool)
  phone = await phoneOf(device)
})
afterEach(() => phone.forget())

const phoneOf = (own: TestDevice) => aPhoneAtGate(url, network, { own, epoch: own.epoch, postId: SOUTH_GATE }, () => deviceNow())

interface Held {
  readonly key: string
  readonly seq: number
  readonly at: number
  readonly day: string
}

async function heldOf({ id }: TestDevice): Promise<Held[]> {
  const { rows } = await db.pool.query(
    `select key, seq, extract(epoch from at) * 1000 as at, to_char(day, 'YYYY-MM-DD') as day from operations where device_id = $1 order by seq`,
    [id],
  )
  return rows.map((row) => ({ key: row.key, seq: Number(row.seq), at: Number(row.at), day: row.day }))
}

const many = (count: number) => Array.from({ length: count }, () => aCheckInDraft())
const keysOf = (operations: readonly { readonly key: string }[]) => operations.map(({ key }) => key)

/** Phone and server hold the same, each record once, and nothing is left to send. */
async function expectAllArrived(saved: readonly Operation[], from = phone, by = device): Promise<void> {
  expect(keysOf(await heldOf(by)).sort()).toEqual(keysOf(saved).sort())
  expect(await from.counters()).toMatchObject({ waiting: 0, rejected: 0, accepted: saved.length, lastSeq: saved.length })
}

test("the answer is lost after the server's commit: the records are there once, and known to be", async () => {
  const saved = await phone.save(many(3))
  network.fault = 'answer-lost'
  expect(await phone.send()).toEqual({ ok: false, error: { kind: 'offline' } })
  expect([(await heldOf(device)).length, (await phone.counters()).waiting]).toEqual([3, 3])
  network.fault = 'none'
  expect((await phone.send()).ok).toBe(true)
  await expectAllArrived(saved)
})

test('the same batch three times is kept once', async () => {
  const saved = await phone.save(many(20))
  network.fault = 'answer-lost'
  await phone.send()
  await phone.kill()
  await phone.send()
  network.fault = 'none'
  await phone.send()
  expect(network.pushed).toEqual([20, 20, 20])
  await expectAllArrived(saved)
})

test.each<[NetworkFault]>([['no-network'], ['timeout'], ['answer-lost'], ['html'], ['redirect'], [429], [500], [503], [507]])(
  '%s: everything stays in the phone, asked once, and arrives when it is over',
  async (fault) => {
    const saved = await phone.save(many(5))
    network.fault = fault
    expect((await phone.send()).ok).toBe(false)
    expect(await phone.counters()).toMatchObject({ waiting: 5, rejected: 0, accepted: 0 })
    expect(network.pushed).toEqual([5])
    network.fault = 'none'
    await phone.send()
    await expectAllArrived(saved)
  },
)

test.each([
  [400, 'bad-request'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [409, 'conflict'],
  [413, 'too-large'],
])('%i for all that is sent: each record is sent back as %s, and accepted when it is sent again', async (status, code) => {
  const saved = await phone.save(many(5))
  network.fault = status
  expect((await phone.send()).ok).toBe(true)
  expect((await phone.rejected()).map((sentBack) => [sentBack.operation.seq, sentBack.code])).toEqual(
    [1, 2, 3, 4, 5].map((seq) => [seq, code]),
  )
  expect(network.pushed).toEqual([5, 2, 1, 1, 1, 1, 1])
  network.fault = 'none'
  await phone.resendAll()
  await phone.send()
  await expectAllArrived(saved)
})

test('a poison record is found by halving and sent back; the 299 others arrive', async () => {
  const saved = await phone.save(many(300))
  network.poison = saved[123]?.key
  expect((await phone.send()).ok).toBe(true)
  expect(await phone.counters()).toMatchObject({ waiting: 0, rejected: 1, accepted: 299 })
  expect((await phone.rejected()).map(({ operation, code }) => [operation.seq, code])).toEqual([[124, 'bad-request']])
  expect(network.pushed.length).toBeLessThan(40)
})

test("the server's own reasons reach the person, record by record", async () => {
  const [hot] = await phone.save([aCheckInDraft({ measured: aReading(44) }), ...many(2)])
  const [halved] = await phone.save(many(1), { operator: '王😷'.slice(0, 2) })
  expect((await phone.send()).ok).toBe(true)
  expect((await phone.rejected()).map(({ operation, code, pointer }) => [operation.key, code, pointer])).toEqual([
    [hot?.key, 'reading-out-of-range', '/measured/celsius'],
    [halved?.key, 'malformed', '/operator'],
  ])
  expect(await phone.counters()).toMatchObject({ waiting: 0, rejected: 2, accepted: 2 })
})

test('rosters larger than one push may be are halved by 413 and arrive', async () => {
  device = await aDevice(db.pool, { role: 'lead', unitId: COMPOUND })
  phone = await phoneOf(device)
  const pages = Array.from({ length: 16 }, (_, page) => aRosterPage(page, 2000))
  const saved = await phone.save(
    pages.map((page) => ({ operation: { kind: 'roster-import' as const, importId: 'large', of: pages.length, page } })),
  )
  expect((await phone.send()).ok).toBe(true)
  expect(network.pushed[0]).toBe(16)
  expect(network.pushed.length).toBeGreaterThan(2)
  await expectAllArrived(saved)
})

test('a phone that was switched off hands all that it holds to be kept apart, none of it in the log, and proves who it was', async () => {
  const saved = await phone.save(many(4))
  await revokeDevice(db.pool, device.id)
  network.fault = 'answer-lost'
  expect((await phone.send()).ok).toBe(false)
  network.fault = 'none'
  await phone.kill()
  expect(await phone.send()).toEqual({ ok: true, value: undefined })
  const kept = await db.pool.query('select key, payload from quarantine where device_id = $1 order by seq', [device.id])
  expect(kept.rows).toEqual(saved.map((operation) => ({ key: operation.key, payload: operation })))
  expect(await heldOf(device)).toEqual([])
  const { rows } = await db.pool.query('select wiped_at from devices where device_id = $1', [device.id])
  expect(rows[0].wiped_at).not.toBeNull()
})

test('two phones, the later records first: each has all of its own, in its own order', async () => {
  const other = await aDevice(db.pool)
  const second = await phoneOf(other)
  const early = await phone.save(many(10), { deviceNow: MORNING })
  const late = await second.save(many(10), { deviceNow: MORNING + HOUR })
  await second.send()
  await phone.send()
  await expectAllArrived(early)
  await expectAllArrived(late, second, other)
  expect((await heldOf(device)).map(({ seq }) => seq)).toEqual(early.map(({ seq }) => seq))
  await second.forget()
})

test.each([
  ['a day ahead', () => Date.now() + DAY],
  ['three hours behind', () => Date.now() - 3 * HOUR],
  ['in 1970', () => Date.now() - Date.parse('2020-01-01T00:00:00Z') + 1000],
])('a phone whose clock is %s is believed in nothing but its order', async (_name, clock) => {
  deviceNow = clock
  const before = await phone.save(many(2))
  await phone.send()
  const after = await phone.save(many(2))
  await phone.send()
  await expectAllArrived([...before, ...after])
  const held = await heldOf(device)
  expect(held.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  for (const { at } of held.slice(2)) expect(Math.abs(at - Date.now())).toBeLessThan(5000)
})

const FAULTS = ['none', 'no-network', 'timeout', 'answer-lost', 'html', 429, 500] as const

test('2,100 passages in three days, offline most of the time, killed again and again: all there, each once', async () => {
  const saved: Operation[] = []
  const chance = fc.sample(fc.record({ fault: fc.constantFrom(...FAULTS), kill: fc.boolean() }), { numRuns: 70, seed: 20_200_218 })
  for (const [i, { fault, kill }] of chance.entries()) {
    deviceNow = () => MORNING + (i * 3 * DAY) / chance.length
    saved.push(...(await phone.save(many(30), { clockOffset: 0 })))
    network.fault = fault
    const sending = phone.send()
    if (kill) await phone.kill()
    await sending
  }
  network.fault = 'none'
  expect((await phone.send()).ok).toBe(true)
  expect(saved).toHaveLength(2100)
  await expectAllArrived(saved)
  expect(new Set((await heldOf(device)).map(({ day }) => day))).toEqual(new Set(['2020-02-18', '2020-02-19', '2020-02-20', '2020-02-21']))
  const held = await phone.api.held()
  expect(held.ok && held.value.body.operations).toBe(2100)
})

test('a locked phone delivers what it cannot read, and the server opens it: the same records, each once, whichever way they come', async () => {
  const { receive } = await publicKeys(db.pool, COMMUNITY.id, SOUTH_GATE)
  const locked = await aPhoneAtGate(url, network, { own: device, epoch: device.epoch, postId: SOUTH_GATE, receiver: receive }, () =>
    deviceNow(),
  )
  const first = await locked.save(many(3))
  network.fault = 'answer-lost'
  await locked.sendLocked()
  network.fault = 'none'
  const more = await locked.save(many(2))
  expect((await locked.sendLocked()).ok).toBe(true)
  await expectAllArrived([...first, ...more], locked)
  const { rows } = await db.pool.query('select payload from operations where device_id = $1 order by seq', [device.id])
  expect(rows.map(({ payload }) => payload)).toEqual([...first, ...more])
  await locked.forget()
})

test('a server that lost its key leaves sealed records where they are; unlocked, the phone sends them in the clear', async () => {
  const stranger = await makeDeviceKeys()
  const receiver = { keyId: 'aabbccdd', publicKey: await publicKeyText(stranger.receive.publicKey) }
  const locked = await aPhoneAtGate(url, network, { own: device, epoch: device.epoch, postId: SOUTH_GATE, receiver }, () => deviceNow())
  const saved = await locked.save(many(2))
  expect(await locked.sendLocked()).toEqual({ ok: false, error: { kind: 'locked' } })
  expect(await locked.counters()).toMatchObject({ waiting: 2, rejected: 0 })
  expect((await locked.send()).ok).toBe(true)
  await expectAllArrived(saved, locked)
  await locked.forget()
})

test('a phone whose clock is a day off is told the time and goes on at once', async () => {
  for (const off of [DAY, -3 * HOUR, -50 * 365 * DAY]) {
    deviceNow = () => Math.max(0, Date.now() + off)
    await phone.save(many(1))
    expect((await phone.send()).ok).toBe(true)
  }
  expect(await phone.counters()).toMatchObject({ waiting: 0, accepted: 3 })
})

test('a request that the browser sent twice by itself is signed anew, once', async () => {
  let first = true
  const doubled: typeof fetch = async (...asked) => {
    if (!first) return network.fetch(...asked)
    first = false
    await network.fetch(...asked)
    return network.fetch(...asked)
  }
  const credentials = { deviceId: device.id, key: device.keys.sign.privateKey, clockOffset: () => 0 }
  expect((await createServerApi(doubled, url, credentials, Date.now).pull(undefined)).ok).toBe(true)
})
