import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createApp } from '../../src/server/app'
import { revokeDevice } from '../../src/server/database/devices'
import { ensureKeys } from '../../src/server/database/keys'
import { PATHS, PROTOCOL } from '../../src/wire/protocol'
import { aCommunity, anInvite, COMPOUND } from '../support/community'
import { aDatabase, type TestDatabase } from '../support/postgres'
import { sendSigned, someKeys, type TestKeys } from '../support/signing'

let db: TestDatabase
let app: FastifyInstance

beforeAll(async () => {
  db = await aDatabase()
  await aCommunity(db.pool)
}, 60_000)
beforeEach(async () => {
  app = await createApp({ pool: db.pool })
})
afterAll(() => db.close())

const EPOCH = 'epoch-1'

async function activate(code: string, phone?: TestKeys, part: object = {}) {
  const own = phone ?? (await someKeys())
  const { signKey, receiveKey } = own
  const payload = { protocol: PROTOCOL, signKey, receiveKey, epoch: EPOCH, name: '小米', code, ...part }
  const answer = await sendSigned(app, own, { url: PATHS.activate, payload })
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers }
}

test('an invite gives role, community, posts and rules', async () => {
  const { status, body } = await activate(await anInvite(db.pool, { role: 'lead', unitId: COMPOUND }))
  expect(status).toBe(200)
  expect(body).toMatchObject({ gatepost: 'activation', role: 'lead', community: { name: '石榴坊社区' }, ruleSets: [] })
  expect(body.posts.map(({ name }: { name: string }) => name).sort()).toEqual(['北门', '南门'])
})

test('the same phone that asks again gets the same; another phone is refused', async () => {
  const code = await anInvite(db.pool)
  const phone = await someKeys()
  const first = await activate(code, phone)
  const again = await activate(code, phone)
  expect(again.status).toBe(200)
  expect({ ...again.body, serverTime: '' }).toEqual({ ...first.body, serverTime: '' })
  expect(await activate(code)).toMatchObject({ status: 409, body: { code: 'invite-used' } })
})

test('whoever brings a key shows that it is theirs', async () => {
  const [own, other] = [await someKeys(), await someKeys()]
  const code = await anInvite(db.pool)
  expect(await activate(code, own, { signKey: other.signKey })).toMatchObject({ status: 401, body: { code: 'device-unknown' } })
  expect(await activate(code, own)).toMatchObject({ status: 200, body: { deviceId: own.id } })
})

test('unknown, expired and malformed each have their own answer', async () => {
  expect(await activate('0000000000000')).toMatchObject({ status: 404, body: { code: 'invite-unknown' } })
  const expired = await anInvite(db.pool, { expiresAt: new Date(Date.now() - 1000) })
  expect(await activate(expired)).toMatchObject({ status: 410, body: { code: 'invite-expired' } })
  expect(await activate(await anInvite(db.pool), undefined, { receiveKey: 'short' })).toMatchObject({
    status: 400,
    body: { code: 'bad-request' },
  })
})

test('a typed code may be in lower case and in groups', async () => {
  const code = await anInvite(db.pool)
  expect(await activate(`${code.slice(0, 4)}-${code.slice(4, 8)} ${code.slice(8)}`.toLowerCase())).toMatchObject({ status: 200 })
})

test('a phone that was switched off does not come back by its old invite', async () => {
  const code = await anInvite(db.pool)
  const phone = await someKeys()
  await activate(code, phone)
  await revokeDevice(db.pool, phone.id)
  expect(await activate(code, phone)).toMatchObject({ status: 409 })
})

test('whoever guesses codes is slowed down; right ones do not count', async () => {
  for (let i = 0; i < 30; i++) expect((await activate(await anInvite(db.pool))).status).toBe(200)
  for (let i = 0; i < 10; i++) expect((await activate('0000000000000')).status).toBe(404)
  const { status, headers } = await activate(await anInvite(db.pool))
  expect(status).toBe(429)
  expect(Number(headers['retry-after'])).toBeGreaterThan(0)
})

test('no code lies in the database', async () => {
  const code = await anInvite(db.pool)
  await activate(code)
  const { rows } = await db.pool.query(
    "select (select string_agg(i::text, '') from invites i) || (select string_agg(d::text, '') from devices d) as all",
  )
  expect(rows[0].all).not.toContain(code)
})

test('a community that is older than keys are gets its keys when the server starts', async () => {
  await db.pool.query('delete from community_keys')
  await ensureKeys(db.pool)
  await ensureKeys(db.pool)
  const { rows } = await db.pool.query('select purpose from community_keys where retired_at is null order by purpose')
  expect(rows.map(({ purpose }) => purpose)).toEqual(['card', 'receive'])
  expect((await activate(await anInvite(db.pool))).body.keys.cards).toHaveLength(1)
})
