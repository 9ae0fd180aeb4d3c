import 'fake-indexeddb/auto'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CompoundId, PostId } from '../../src/domain/ids'
import { createApp } from '../../src/server/app'
import { clearPendingActivation, type Identity, readIdentity, readPendingActivation, writeIdentity } from '../../src/storage/identity'
import { writeKeys } from '../../src/storage/lock-store'
import { activate, phoneKeys } from '../../src/sync/enrol'
import { createServerApi } from '../../src/sync/server-api'
import { makeDeviceKeys } from '../../src/trust/device-keys'
import { valueIn } from '../support/builders'
import { aCommunity, anInvite, aRosterPage, COMMUNITY, COMPOUND, SOUTH_GATE } from '../support/community'
import { aNetwork, type Network } from '../support/faulty-fetch'
import { aPhoneAtGate } from '../support/phone'
import { aDatabase, type TestDatabase } from '../support/postgres'
import { someKeys } from '../support/signing'

let db: TestDatabase
let app: FastifyInstance
let url: string
let network: Network

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
  network = aNetwork()
  await anotherPhone()
  await clearPendingActivation()
})

/** Another browser: with keys of its own. */
const anotherPhone = async () => {
  const keys = await makeDeviceKeys()
  await writeKeys(keys)
  return { keys, ...(await phoneKeys()) }
}

const enrol = async (code: string, local?: Identity) => {
  const phone = await phoneKeys()
  return activate({
    api: createServerApi(network.fetch, url, { ...phone, clockOffset: () => 0 }, Date.now),
    phone,
    code,
    phoneName: '小米',
    clock: Date.now,
    ...(local ? { local } : {}),
  })
}
const devices = async () => Number((await db.pool.query('select count(*) from devices')).rows[0].count)

test('an activation whose answer is lost is asked for again, even by an app that was closed in between, and makes one device', async () => {
  const before = await devices()
  const code = await anInvite(db.pool)
  network.fault = 'answer-lost'
  expect(await enrol(code)).toEqual({ ok: false, error: { kind: 'offline' } })
  const pending = await readPendingActivation()
  expect([await devices(), pending?.code]).toEqual([before + 1, code])
  network.fault = 'none'
  const identity = valueIn(await enrol(`${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase()))
  expect(identity).toMatchObject({ deviceId: (await phoneKeys()).deviceId, epoch: pending?.epoch, state: 'active', postId: SOUTH_GATE })
  expect(await readIdentity()).toEqual(identity)
  expect([await devices(), await readPendingActivation()]).toEqual([before + 1, undefined])
})

test.each([
  ['html', { kind: 'not-gatepost' }],
  ['redirect', { kind: 'not-gatepost' }],
  ['timeout', { kind: 'offline' }],
  ['no-network', { kind: 'offline' }],
  [500, { kind: 'server-fault' }],
  [429, { kind: 'too-many-requests', retryAfterMs: 3000 }],
] as const)('%s while activating spends no invite, and the code works afterwards', async (fault, error) => {
  const code = await anInvite(db.pool)
  network.fault = fault
  expect(await enrol(code)).toEqual({ ok: false, error })
  network.fault = 'none'
  expect((await enrol(code)).ok).toBe(true)
})

test('a mistyped code is found out before anything is sent', async () => {
  network.fault = 'no-network'
  const code = await anInvite(db.pool)
  const wrong = (code.startsWith('0') ? '1' : '0') + code.slice(1)
  for (const typed of [wrong, code.slice(1), '', '你好'])
    expect(await enrol(typed)).toEqual({ ok: false, error: { kind: 'code-mistyped' } })
})

test('a code that another phone used, or that is too old, is told as that', async () => {
  const used = await anInvite(db.pool)
  await enrol(used)
  await anotherPhone()
  expect(await enrol(used)).toEqual({ ok: false, error: { kind: 'invite-used' } })
  const old = await anInvite(db.pool, { expiresAt: new Date(Date.now() - 1000) })
  expect(await enrol(old)).toEqual({ ok: false, error: { kind: 'invite-expired' } })
})

test('two phones that spend one invite at the same moment: one gets in', async () => {
  const code = await anInvite(db.pool)
  const phones = await Promise.all(Array.from({ length: 6 }, () => someKeys()))
  const asked = phones.map(({ id, keys, signKey, receiveKey }) =>
    createServerApi(network.fetch, url, { deviceId: id, key: keys.sign.privateKey, clockOffset: () => 0 }, Date.now).activate({
      protocol: 1,
      code,
      name: '手机',
      epoch: 'e',
      signKey,
      receiveKey,
    }),
  )
  const answers = await Promise.all(asked)
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
})

function aLocalIdentity(deviceId: Identity['deviceId']): Identity {
  const postId = 'local-post' as PostId
  const compoundId = 'local-compound' as CompoundId
  const post = { id: postId, name: '我们的门', type: 'compound-gate' as const, compoundId, compoundName: '我们的小区' }
  return {
    deviceId,
    epoch: 'local-epoch',
    state: 'local',
    role: 'lead',
    community: COMMUNITY,
    posts: [post],
    postId,
    localPostId: postId,
    localCompoundId: compoundId,
    ruleSets: [],
    activatedAt: Date.now(),
  }
}

test('a local post that joins brings its records and its roster, though the answers get lost', async () => {
  const own = await anotherPhone()
  const local = aLocalIdentity(own.deviceId)
  await writeIdentity(local)
  const phone = await aPhoneAtGate(url, network, { own: { ...own, id: own.deviceId }, epoch: local.epoch, postId: local.postId })
  const page = { ...aRosterPage(0, 7), compoundId: 'local-compound' as CompoundId }
  const saved = [
    ...(await phone.save([{ operation: { kind: 'roster-import', importId: 'own', of: 1, page } }])),
    ...(await phone.save()),
    ...(await phone.save()),
  ]
  const code = await anInvite(db.pool)
  network.fault = 'answer-lost'
  expect((await enrol(code, local)).ok).toBe(false)
  network.fault = 'none'
  const joined = valueIn(await enrol(code, local))
  expect(joined).toMatchObject({ deviceId: local.deviceId, state: 'active', postId: SOUTH_GATE, localPostId: 'local-post' })

  network.fault = 'answer-lost'
  await phone.send()
  network.fault = 'none'
  saved.push(...(await phone.save(undefined, { postId: joined.postId })))
  expect((await phone.send()).ok).toBe(true)
  expect(await phone.counters()).toMatchObject({ waiting: 0, rejected: 0, accepted: 4 })
  const { rows } = await db.pool.query('select key, post_id from operations where device_id = $1 order by seq', [local.deviceId])
  expect(rows).toEqual(saved.map(({ key }) => ({ key, post_id: SOUTH_GATE })))
  const roster = await db.pool.query('select payload from roster_pages where compound_id = $1', [COMPOUND])
  expect(roster.rows.map(({ payload }) => payload.households.length)).toEqual([7])
  await phone.forget()
})
