import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Role } from '../../src/domain/role'
import { createApp } from '../../src/server/app'
import { addUnit } from '../../src/server/database/communities'
import { revokeDevice } from '../../src/server/database/devices'
import { PATHS, PROTOCOL } from '../../src/wire/protocol'
import { aCheckIn } from '../support/builders'
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
import { type Sent, sendSigned, signedHeaders, someKeys } from '../support/signing'

const FAR = 'far-compound'
let db: TestDatabase
let app: FastifyInstance
let now: number

beforeAll(async () => {
  db = await aDatabase()
  await aCommunity(db.pool)
  await addUnit(db.pool, COMMUNITY.id, { id: FAR, parentId: COMMUNITY.id, kind: 'compound', name: '象房里' })
  await aRoster(db.pool, [aRosterPage()])
}, 60_000)
beforeEach(async () => {
  now = Date.now()
  app = await createApp({ pool: db.pool, clock: () => now })
})
afterAll(() => db.close())

const push = (from: TestDevice, part: object = {}): Sent => ({
  url: PATHS.push,
  payload: {
    protocol: PROTOCOL,
    device: from.id,
    epoch: from.epoch,
    sentAt: new Date(now).toISOString(),
    operations: [aCheckIn({ postId: SOUTH_GATE })],
    ...part,
  },
})
const codeOf = async (from: TestDevice, sent: Sent) => {
  const answer = await sendSigned(app, from, sent)
  return answer.statusCode === 200 ? 'ok' : answer.json().code
}

/** Each role × each route × inside and outside of its scope. `far`: a phone of another compound. */
type Case = readonly [
  name: string,
  sent: (own: TestDevice, place: { unitId: string; compoundId: string; deviceId: string }) => Sent,
  allowed: readonly Role[],
  scoped: boolean,
]
const CASES: readonly Case[] = [
  ['push', (own) => push(own), ['volunteer', 'lead', 'admin'], false],
  ['pull', () => ({ url: PATHS.pull }), ['volunteer', 'lead', 'admin'], false],
  ['held', () => ({ url: PATHS.held }), ['volunteer', 'lead', 'admin'], false],
  ['reconcile', () => ({ url: PATHS.reconcile, payload: { keys: [] } }), ['volunteer', 'lead', 'admin'], false],
  ['held of a day', () => ({ url: PATHS.heldOfDay, payload: { day: '2020-02-18' } }), ['volunteer', 'lead', 'admin'], false],
  [
    'held of another phone’s day',
    (_, { deviceId }) => ({ url: PATHS.deviceDay, payload: { day: '2020-02-18', deviceId } }),
    ['lead', 'admin'],
    true,
  ],
  ['wiped', () => ({ url: PATHS.wiped, payload: {} }), ['volunteer', 'lead', 'admin'], false],
  ['devices', () => ({ url: PATHS.devices }), ['lead', 'admin'], false],
  ['units', () => ({ url: PATHS.units }), ['lead', 'admin'], false],
  [
    'invite a volunteer',
    (_, { unitId }) => ({ url: PATHS.invites, payload: { role: 'volunteer', unitId, days: 3 } }),
    ['lead', 'admin'],
    true,
  ],
  ['invite a lead', (_, { unitId }) => ({ url: PATHS.invites, payload: { role: 'lead', unitId, days: 3 } }), ['admin'], true],
  ['switch off', (_, { deviceId }) => ({ url: PATHS.switchOff, payload: { deviceId } }), ['lead', 'admin'], true],
  ['change a role', (_, { deviceId, unitId }) => ({ url: PATHS.roles, payload: { deviceId, role: 'volunteer', unitId } }), ['admin'], true],
  ['quarantine', (_, { deviceId }) => ({ url: `${PATHS.heldBack}?device=${deviceId}` }), ['admin'], true],
  ['decide', (_, { deviceId }) => ({ url: PATHS.decisions, payload: { deviceId, keys: ['k'], decision: 'rejected' } }), ['admin'], true],
  ['make cards', (_, { compoundId }) => ({ url: PATHS.cards, payload: { compoundId, order: 'blank', count: 1 } }), ['admin'], true],
  ['trail', () => ({ url: PATHS.trail }), ['admin'], false],
]

test.each(CASES)('who may: %s', async (_name, sent, allowed, scoped) => {
  const near = { unitId: SOUTH_GATE as string, compoundId: COMPOUND as string, deviceId: (await aDevice(db.pool)).id as string }
  const far = { unitId: FAR, compoundId: FAR, deviceId: (await aDevice(db.pool, { unitId: FAR })).id as string }
  for (const role of ['volunteer', 'lead', 'admin'] as const) {
    const own = await aDevice(db.pool, { role, unitId: role === 'volunteer' ? SOUTH_GATE : COMPOUND })
    const may = allowed.includes(role)
    expect([role, 'inside', await codeOf(own, sent(own, near))]).toEqual([role, 'inside', may ? 'ok' : 'forbidden'])
    if (scoped) expect([role, 'outside', await codeOf(own, sent(own, far))]).toEqual([role, 'outside', may ? 'not-found' : 'forbidden'])
  }
})

test('every route of the API says who may send it: one that does not keeps the server from starting', () => {
  expect(() => app.get('/api/v1/forgotten', async () => 'open')).toThrow('does not say who may send it')
})

test('every path that asks for a right stands in the table above', () => {
  const paths = new Set(
    CASES.map(([, sent]) => sent({ id: 'x' } as TestDevice, { unitId: '', compoundId: '', deviceId: '' }).url.split('?')[0]),
  )
  const open: string[] = [PATHS.activate, PATHS.time, PATHS.openapi, PATHS.quarantine]
  expect(Object.values(PATHS).filter((path) => !paths.has(path) && !open.includes(path))).toEqual([])
})

test('unsigned, unknown, altered, wrong, stale, replayed, switched off and copied: each is refused by its own code', async () => {
  const own = await aDevice(db.pool)
  const sent = { ...push(own), method: 'POST' as const }
  const inject = async (headers: Record<string, string>, payload: object = sent.payload ?? {}) => {
    const answer = await app.inject({
      method: 'POST',
      url: sent.url,
      headers: { 'content-type': 'application/json', ...headers },
      payload: JSON.stringify(payload),
    })
    return answer.json()
  }
  expect((await inject({})).code).toBe('unauthorised')
  expect((await inject(await signedHeaders(await someKeys(), sent))).code).toBe('device-unknown')
  expect((await inject(await signedHeaders(own, sent), { other: 'body' })).code).toBe('body-altered')
  expect((await inject(await signedHeaders({ ...(await someKeys()), id: own.id }, sent))).code).toBe('signature-wrong')
  for (const created of [now - 301_000, now + 301_000]) {
    const stale = await inject(await signedHeaders(own, sent, { created }))
    expect(stale).toMatchObject({ code: 'signature-stale', status: 401, serverTime: new Date(now).toISOString() })
  }
  const pull = await signedHeaders(own, { url: PATHS.pull })
  const ask = async () => (await app.inject({ url: PATHS.pull, headers: pull })).json()
  expect((await ask()).gatepost).toBe('pull')
  expect((await ask()).code).toBe('signature-replayed')
  await revokeDevice(db.pool, own.id)
  expect((await inject(await signedHeaders(own, sent))).code).toBe('device-revoked')
  const copied = await aDevice(db.pool)
  expect(await codeOf(copied, push(copied, { epoch: 'another' }))).toBe('device-cloned')
})

test('a replayed push changes nothing: its keys were here', async () => {
  const own = await aDevice(db.pool)
  const sent = { ...push(own), method: 'POST' as const }
  const headers = { 'content-type': 'application/json', ...(await signedHeaders(own, sent)) }
  const once = () => app.inject({ method: 'POST', url: sent.url, headers, payload: JSON.stringify(sent.payload) })
  expect((await once()).json().accepted).toHaveLength(1)
  expect((await once()).json()).toMatchObject({ accepted: [], duplicates: [expect.any(String)] })
})

test('the same number of a device under two keys is a copy: both are kept out, and what they hold goes into quarantine', async () => {
  const own = await aDevice(db.pool)
  const [a, b] = [aCheckIn({ postId: SOUTH_GATE, seq: 7 }), aCheckIn({ postId: SOUTH_GATE, seq: 7 })]
  expect(await codeOf(own, push(own, { operations: [a] }))).toBe('ok')
  expect(await codeOf(own, push(own, { operations: [b] }))).toBe('device-cloned')
  expect(await codeOf(own, { url: PATHS.pull })).toBe('device-cloned')
  expect((await db.pool.query('select from operations where key = $1', [b.key])).rowCount).toBe(0)
  expect(await codeOf(own, { ...push(own, { operations: [b] }), url: PATHS.quarantine })).toBe('ok')
})

test('a phone that was switched off delivers into quarantine; the admin takes some records and not others; then it has gone', async () => {
  const lost = await aDevice(db.pool)
  const admin = await aDevice(db.pool, { role: 'admin', unitId: COMMUNITY.id })
  const records = [1, 2, 3].map(() => aCheckIn({ postId: SOUTH_GATE, operator: '王志愿' }))
  const outside = aCheckIn({ postId: NORTH_GATE })
  expect(await codeOf(lost, { ...push(lost), url: PATHS.quarantine })).toBe('conflict')
  await sendSigned(app, admin, { url: PATHS.switchOff, payload: { deviceId: lost.id } })
  const handIn = () =>
    sendSigned(app, lost, { ...push(lost, { operations: [...records, outside, { key: 'nonsense' }] }), url: PATHS.quarantine })
  await handIn()
  expect((await handIn()).json().accepted).toHaveLength(4)
  const held = async () => (await sendSigned(app, admin, { url: `${PATHS.heldBack}?device=${lost.id}` })).json().records
  expect(await held()).toHaveLength(4)
  expect(JSON.stringify(await held())).not.toMatch(/celsius|resident/)
  const decide = async (decision: string, keys: readonly string[]) =>
    (await sendSigned(app, admin, { url: PATHS.decisions, payload: { deviceId: lost.id, keys, decision } })).json()
  const [first, second, third] = records.map(({ key }) => key)
  expect(await decide('accepted', [String(first), String(second), outside.key])).toMatchObject({
    decided: 2,
    refused: [{ key: outside.key, code: 'outside-scope' }],
  })
  expect(await decide('rejected', [String(third)])).toMatchObject({ decided: 1 })
  expect((await held()).map(({ key }: { key: string }) => key)).toEqual([outside.key])
  const kept = await db.pool.query('select key from operations where device_id = $1 order by seq', [lost.id])
  expect(kept.rows.map(({ key }) => key)).toEqual([first, second])
  await sendSigned(app, lost, { url: PATHS.wiped, payload: {} })
  const list = (await sendSigned(app, admin, { url: PATHS.devices })).json().devices
  expect(list.find(({ id }: { id: string }) => id === lost.id)).toMatchObject({ wipedAt: expect.any(String), heldBack: 1 })
  const trail = (await sendSigned(app, admin, { url: PATHS.trail })).json().entries
  expect(trail.slice(0, 5).map(({ what }: { what: string }) => what)).toEqual([
    'device-wiped',
    'quarantine-rejected',
    'quarantine-accepted',
    'device-switched-off',
    expect.any(String),
  ])
  expect(JSON.stringify(trail)).not.toContain('王志愿')
})
