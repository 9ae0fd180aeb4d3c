import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/server/app'
import { PATHS, PROTOCOL } from '../../src/wire/protocol'
import { aCheckIn, aKey } from '../support/builders'
import { aCommunity, aDevice, anInvite, aRosterPage, COMPOUND, SOUTH_GATE, type TestDevice } from '../support/community'
import { aDatabase, type TestDatabase } from '../support/postgres'
import { sendSigned, someKeys } from '../support/signing'

let db: TestDatabase
let app: FastifyInstance
let device: TestDevice
let lead: TestDevice

beforeAll(async () => {
  db = await aDatabase()
  await aCommunity(db.pool)
  app = await createApp({ pool: db.pool })
  device = await aDevice(db.pool)
  lead = await aDevice(db.pool, { role: 'lead', unitId: COMPOUND })
}, 60_000)
afterAll(async () => {
  await app.close()
  await db.close()
})

async function push(operations: readonly unknown[], from = device) {
  const body = { protocol: PROTOCOL, device: from.id, epoch: from.epoch, sentAt: new Date().toISOString(), operations }
  const answer = await sendSigned(app, from, { url: PATHS.push, payload: body })
  return { status: answer.statusCode, body: answer.json() }
}

const HALF_AN_EMOJI = '王😷'.slice(0, 2)

test.each([
  ['a NUL in a name', { operator: '王\u0000志愿' }, '/operator'],
  ['half an emoji, cut off at the end', { operator: HALF_AN_EMOJI }, '/operator'],
  ['a NUL deep in a member that nobody knows', { future: { list: ['a', { 'b/c': 'x\u0000' }] } }, '/future/list/1/b~1c'],
  ['half an emoji as the name of a member', { future: { [HALF_AN_EMOJI]: 1 } }, '/future'],
  ['lists in lists without end', { future: JSON.parse('['.repeat(1000) + ']'.repeat(1000)) }, `/future${'/0'.repeat(63)}`],
  ['a member that is missing', { operator: undefined }, '/operator'],
  ['a seq of 1.5', { seq: 1.5 }, '/seq'],
  ['a time without a zone', { deviceTime: '2020-02-18T07:31:00' }, '/deviceTime'],
  ['an upper-case key', { key: aKey().toUpperCase() }, '/key'],
])('a record with %s is sent back with the place of it; its neighbours are kept', async (_name, wrong, pointer) => {
  const [before, after] = [aCheckIn({ postId: SOUTH_GATE }), aCheckIn({ postId: SOUTH_GATE })]
  const bad = { ...aCheckIn({ postId: SOUTH_GATE }), ...wrong }
  const { status, body } = await push([before, bad, after])
  expect(status).toBe(200)
  expect(body.accepted.sort()).toEqual([before.key, after.key].sort())
  expect(body.rejected).toMatchObject([{ key: bad.key, code: 'malformed', pointer }])
})

test.each([
  ['an emoji', { operator: '王😷' }],
  ['a time that no calendar has', { deviceTime: '9999-99-99T99:99:99+99:99' }],
  ['a clock that is off by more than any', { clockOffset: Number.MAX_SAFE_INTEGER }],
  ['a clock that is off by more than a number can say exactly', { clockOffset: -1e300 }],
  ['numbers as large as JSON has', { future: [1e308, 5e-324, -0] }],
])('%s is kept as it is, and is the same when it comes again', async (_name, odd) => {
  const operation = { ...aCheckIn({ postId: SOUTH_GATE }), ...odd }
  expect((await push([operation])).body).toMatchObject({ accepted: [operation.key], rejected: [] })
  expect((await push([operation])).body).toMatchObject({ duplicates: [operation.key], rejected: [] })
})

test('the same key twice in one push is kept once', async () => {
  const operation = aCheckIn({ postId: SOUTH_GATE })
  expect((await push([operation, operation])).body).toMatchObject({ accepted: [operation.key], duplicates: [], rejected: [] })
})

test('a roster page with an absurd number does not spoil the import that it belongs to', async () => {
  const { subject: _s, direction: _d, measured: _m, way: _w, rules: _r, ...stamp } = aCheckIn({ postId: SOUTH_GATE })
  const pageOf = (page: number) => ({
    ...stamp,
    key: aKey(),
    seq: stamp.seq + Math.min(page, 1),
    kind: 'roster-import',
    importId: 'import-absurd',
    of: 2,
    page: { ...aRosterPage(0, 2), page },
  })
  const [first, absurd] = [pageOf(0), pageOf(1e21)]
  expect((await push([first], lead)).body.accepted).toEqual([first.key])
  expect((await push([absurd], lead)).body.accepted).toEqual([absurd.key])
})

test('an activation whose phone name cannot be kept is a problem in words, not a failing server', async () => {
  const code = await anInvite(db.pool)
  const own = await someKeys()
  const { signKey, receiveKey } = own
  const phone = { protocol: PROTOCOL, signKey, receiveKey, epoch: 'e', name: '小\u0000米' }
  const answer = await sendSigned(app, own, { url: PATHS.activate, payload: { ...phone, code } })
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'bad-request'])
})
