import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CompoundId, PostId } from '../../src/domain/ids'
import type { Operation } from '../../src/domain/operation'
import { createApp } from '../../src/server/app'
import { closePost } from '../../src/server/database/communities'
import { PATHS, PROTOCOL } from '../../src/wire/protocol'
import { aCheckIn, aKey, aReading } from '../support/builders'
import {
  aCommunity,
  aDevice,
  aRoster,
  aRosterPage,
  COMMUNITY,
  COMPOUND,
  NORTH_GATE,
  SOUTH_GATE,
  type TestDevice,
} from '../support/community'
import { aDatabase, type TestDatabase } from '../support/postgres'
import { sendSigned } from '../support/signing'

let db: TestDatabase
let app: FastifyInstance
let device: TestDevice

beforeAll(async () => {
  db = await aDatabase()
  await aCommunity(db.pool)
  app = await createApp({ pool: db.pool })
  device = await aDevice(db.pool)
}, 60_000)
afterAll(async () => {
  await app.close()
  await db.close()
})

async function push(operations: readonly unknown[], from = device, part: object = {}) {
  const body = { protocol: PROTOCOL, device: from.id, epoch: from.epoch, sentAt: new Date().toISOString(), operations, ...part }
  const answer = await sendSigned(app, from, {
    url: PATHS.push,
    headers: { 'content-encoding': 'gzip' },
    payload: gzipSync(JSON.stringify(body)),
  })
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers }
}

const stored = async (key: string) => (await db.pool.query('select * from operations where key = $1', [key])).rows

test('a record is kept once, however often it is sent, and is answered alike', async () => {
  const operation = aCheckIn({ postId: SOUTH_GATE })
  expect((await push([operation])).body).toMatchObject({ gatepost: 'push', accepted: [operation.key], duplicates: [], rejected: [] })
  for (let i = 0; i < 2; i++)
    expect((await push([operation])).body).toMatchObject({ accepted: [], duplicates: [operation.key], rejected: [] })
  expect(await stored(operation.key)).toHaveLength(1)
})

test('each operation has its own verdict: a bad one does not hold up the others', async () => {
  const good = aCheckIn({ postId: SOUTH_GATE, seq: 10 })
  const tooHot = aCheckIn({ postId: SOUTH_GATE, seq: 11, measured: aReading(44) })
  const elsewhere = aCheckIn({ postId: NORTH_GATE, seq: 12 })
  const unknown = { ...aCheckIn({ postId: SOUTH_GATE }), kind: 'dance' }
  const nameless = { kind: 'check-in', key: 'no-key' }
  const { body } = await push([tooHot, good, elsewhere, unknown, nameless, 'nonsense'])
  expect(body.accepted).toEqual([good.key])
  expect(body.rejected).toMatchObject([
    { key: tooHot.key, code: 'reading-out-of-range', pointer: '/measured/celsius' },
    { key: elsewhere.key, code: 'outside-scope', pointer: '/postId' },
    { key: unknown.key, code: 'unknown-kind', pointer: '/kind' },
    { key: 'no-key', code: 'malformed' },
    { key: '#5', code: 'malformed' },
  ])
})

test('the same key with other content, or from another phone, is sent back and changes nothing', async () => {
  const operation = aCheckIn({ postId: SOUTH_GATE, direction: 'in' })
  await push([operation])
  const other = await aDevice(db.pool)
  expect((await push([{ ...operation, direction: 'out' }])).body.rejected).toMatchObject([{ key: operation.key, code: 'conflict' }])
  expect((await push([operation], other)).body.rejected).toMatchObject([{ key: operation.key, code: 'conflict' }])
  expect((await stored(operation.key))[0].payload).toEqual(operation)
})

test('a member that this server does not know is kept', async () => {
  const operation = { ...aCheckIn({ postId: SOUTH_GATE }), fromTheFuture: { a: 1 } }
  await push([operation])
  expect((await stored(operation.key))[0].payload).toEqual(operation)
})

test('no clock is too wrong: 1970, tomorrow and the year 9999 are kept', async () => {
  const operations = ['1970-01-01T08:00:00.000+08:00', '2020-02-19T07:31:00.000+08:00', '9999-12-31T23:59:59.000+08:00'].map(
    (deviceTime, i) => aCheckIn({ postId: SOUTH_GATE, deviceTime, seq: 100 + i, key: aKey(Math.max(0, Date.parse(deviceTime))) }),
  )
  expect((await push(operations)).body.accepted).toHaveLength(3)
  expect((await push(operations)).body.duplicates).toHaveLength(3)
})

test('what was recorded after a post was closed is sent back; what was before is kept', async () => {
  const phone = await aDevice(db.pool, { unitId: NORTH_GATE })
  await closePost(db.pool, COMMUNITY.id, NORTH_GATE)
  const before = aCheckIn({ postId: NORTH_GATE })
  const after = aCheckIn({ postId: NORTH_GATE, deviceTime: new Date(Date.now() + 60_000).toISOString().replace('Z', '+00:00') })
  expect((await push([before, after], phone)).body).toMatchObject({
    accepted: [before.key],
    rejected: [{ key: after.key, code: 'post-closed' }],
  })
})

test('two protocol versions back are spoken, others not', async () => {
  const body = async (protocol: number) => (await push([aCheckIn({ postId: SOUTH_GATE })], device, { protocol })).body
  expect(await body(PROTOCOL - 2)).toMatchObject({ gatepost: 'push' })
  expect(await body(PROTOCOL - 3)).toMatchObject({ code: 'unsupported-protocol' })
  expect(await body(PROTOCOL + 1)).toMatchObject({ code: 'unsupported-protocol' })
})

test('a zip bomb stops at 4 MB', async () => {
  const answer = await sendSigned(app, device, {
    url: PATHS.push,
    headers: { 'content-encoding': 'gzip' },
    payload: gzipSync(Buffer.alloc(200_000_000, 32)),
  })
  expect([answer.statusCode, answer.json().code]).toEqual([413, 'too-large'])
})

test.each([
  ['not JSON', { 'content-type': 'application/json' }, '{', 400],
  ['not gzip', { 'content-type': 'application/json', 'content-encoding': 'gzip' }, '{}', 400],
  ['another encoding', { 'content-type': 'application/json', 'content-encoding': 'br' }, '{}', 415],
  ['another media type', { 'content-type': 'text/plain' }, 'hello', 415],
  ['no list of operations', { 'content-type': 'application/json' }, '{"protocol":1,"device":"x","epoch":"x","sentAt":""}', 400],
])('a body that is %s is a problem in words', async (_name, headers, payload, status) => {
  const answer = await sendSigned(app, device, { url: PATHS.push, headers, payload: Buffer.from(payload) })
  expect(answer.statusCode).toBe(status)
  expect(answer.json()).toMatchObject({ status, type: expect.stringMatching(/^urn:gatepost:problem:/), title: expect.any(String) })
})

test('eight connections that push the same rows in other orders never deadlock, and keep each once', async () => {
  const operations = Array.from({ length: 400 }, (_, i) => aCheckIn({ postId: SOUTH_GATE, seq: 1000 + i, key: aKey(Date.now() + i) }))
  const shuffled = () => [...operations].sort(() => Math.random() - 0.5)
  const answers = await Promise.all(Array.from({ length: 8 }, () => push(shuffled())))
  expect(answers.every(({ status, body }) => status === 200 && body.rejected.length === 0)).toBe(true)
  expect(answers.reduce((sum, { body }) => sum + body.accepted.length, 0)).toBe(400)
  const { deadlocks } = (await db.pool.query('select deadlocks from pg_stat_database where datname = current_database()')).rows[0]
  expect(Number(deadlocks)).toBe(0)
})

test('a phone counts what the server holds of it', async () => {
  const phone = await aDevice(db.pool)
  await push([aCheckIn({ postId: SOUTH_GATE, seq: 1 }), aCheckIn({ postId: SOUTH_GATE, seq: 2 })], phone)
  const answer = await sendSigned(app, phone, { url: PATHS.held })
  expect(answer.json()).toMatchObject({ gatepost: 'held', operations: 2, checkIns: { '2020-02-18': 2 } })
})

test('a first pull tells community, rules, posts and the roster page by page; later ones only what is new', async () => {
  await aRoster(
    db.pool,
    Array.from({ length: 9 }, (_, page) => aRosterPage(page)),
  )
  const pull = async (cursor?: string) => (await sendSigned(app, device, { url: PATHS.pull + (cursor ? `?cursor=${cursor}` : '') })).json()
  const kinds: string[] = []
  let cursor: string | undefined
  for (let more = true; more; ) {
    const page = await pull(cursor)
    kinds.push(...page.changes.map(({ kind }: { kind: string }) => kind))
    cursor = page.cursor
    more = page.more
  }
  expect(kinds.slice(0, 6)).toEqual(['community', 'rule-sets', 'keys', 'revoked-cards', 'observations', 'post'])
  expect(kinds.filter((kind) => kind === 'roster-page')).toHaveLength(9)
  expect(await pull(cursor)).toMatchObject({ changes: [], cursor, more: false })
  await aRoster(db.pool, [aRosterPage(0, 1)])
  const news = await pull(cursor)
  expect(news.changes).toMatchObject([
    { kind: 'roster', pages: 1 },
    { kind: 'roster-page', page: { page: 0 } },
  ])
  expect((await pull('nonsense')).code).toBe('bad-request')
})

test("a lead's imported roster applies when all of its pages have come; a volunteer's is sent back", async () => {
  const lead = await aDevice(db.pool, { role: 'lead', unitId: COMPOUND })
  const pageOf = (page: number): Operation => {
    const {
      kind: _kind,
      subject: _subject,
      direction: _direction,
      measured: _measured,
      way: _way,
      rules: _rules,
      ...stamp
    } = aCheckIn({ postId: SOUTH_GATE, seq: page + 1 })
    return { ...stamp, kind: 'roster-import', importId: 'import-1', of: 2, page: aRosterPage(page, 2) }
  }
  const pages = async () => (await db.pool.query('select page from roster_pages where compound_id = $1', [COMPOUND])).rowCount
  await aRoster(db.pool, [aRosterPage(0), aRosterPage(1), aRosterPage(2)])
  expect((await push([pageOf(1)], lead)).body.accepted).toHaveLength(1)
  expect(await pages()).toBe(3)
  expect((await push([pageOf(0)], lead)).body.accepted).toHaveLength(1)
  expect(await pages()).toBe(2)
  expect((await push([pageOf(0)])).body.rejected).toMatchObject([{ code: 'not-allowed' }])
})

test('the records of a local post that joined count at the post that it became', async () => {
  const phone = await aDevice(db.pool)
  await db.pool.query('update devices set local_post_id = $2, local_compound_id = $3 where device_id = $1', [
    phone.id,
    'local-post',
    'local-compound',
  ])
  const operation = aCheckIn({ postId: 'local-post' as PostId })
  expect((await push([operation], phone)).body.accepted).toEqual([operation.key])
  const [row] = await stored(operation.key)
  expect(row.post_id).toBe(SOUTH_GATE)
  expect(row.payload.postId).toBe('local-post')
  const {
    kind: _kind,
    subject: _s,
    direction: _d,
    measured: _m,
    way: _w,
    rules: _r,
    ...stamp
  } = aCheckIn({ postId: 'local-post' as PostId, seq: 2 })
  const roster = {
    ...stamp,
    kind: 'roster-import',
    importId: 'i-2',
    of: 1,
    page: { ...aRosterPage(0, 5), compoundId: 'local-compound' as CompoundId },
  }
  expect((await push([roster], phone)).body.accepted).toHaveLength(1)
  const { rows } = await db.pool.query('select payload from roster_pages where compound_id = $1', [COMPOUND])
  expect(rows[0].payload.households).toHaveLength(5)
  expect(rows[0].payload.compoundId).toBe(COMPOUND)
})
