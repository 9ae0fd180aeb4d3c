import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardIdOf, shortCodeOf } from '../../src/domain/card'
import type { CardId, CommunityId, CompoundId, HouseholdId, PostId, ResidentId } from '../../src/domain/ids'
import { createApp } from '../../src/server/app'
import { rotateCardKey } from '../../src/server/database/cards'
import { addCommunity } from '../../src/server/database/communities'
import { publicKeys } from '../../src/server/database/keys'
import { putHouseholds } from '../../src/server/database/rosters'
import { type CardCheck, verifyCard } from '../../src/trust/card'
import { readSignKey } from '../../src/trust/device-keys'
import { PATHS, PROTOCOL } from '../../src/wire/protocol'
import { aCheckIn } from '../support/builders'
import { aCommunity, aDevice, aRoster, aRosterPage, COMMUNITY, COMPOUND, SOUTH_GATE, type TestDevice } from '../support/community'
import { aDatabase, type TestDatabase } from '../support/postgres'
import { sendSigned } from '../support/signing'

const NEIGHBOUR = 'c-2' as CommunityId
let db: TestDatabase
let app: FastifyInstance
let admin: TestDevice
let volunteer: TestDevice

beforeAll(async () => {
  db = await aDatabase()
  await aCommunity(db.pool)
  await addCommunity(db.pool, { ...COMMUNITY, id: NEIGHBOUR, name: '桂花社区' })
  await aRoster(db.pool, [aRosterPage(0, 3), aRosterPage(1, 2)])
  app = await createApp({ pool: db.pool })
  admin = await aDevice(db.pool, { role: 'admin', unitId: COMMUNITY.id })
  volunteer = await aDevice(db.pool)
}, 60_000)
afterAll(async () => {
  await app.close()
  await db.close()
})

interface Printed {
  readonly code: string
  readonly shortCode: string
  readonly kind: string
  readonly householdId?: string
  readonly residentId?: string
}

const order = async (payload: object): Promise<Printed[]> =>
  (await sendSigned(app, admin, { url: PATHS.cards, payload: { compoundId: COMPOUND, ...payload } })).json().cards

/** What a phone of the community verifies with. */
async function aCheck(communityId = COMMUNITY.id): Promise<CardCheck> {
  const { cards } = await publicKeys(db.pool, communityId, communityId)
  const keys = await Promise.all(
    cards.map(async ({ publicKey, ...card }) => {
      const key = await readSignKey(publicKey)
      if (!key) throw new Error('not a key')
      return [card.keyId, { ...card, key }] as const
    }),
  )
  return { keys: new Map(keys), communityId, revoked: new Set(), now: Date.now() }
}

const pulled = async (from: TestDevice, cursor?: string) =>
  (await sendSigned(app, from, { url: PATHS.pull + (cursor ? `?cursor=${cursor}` : '') })).json()

type Told = { kind: string; ids?: string[]; page?: { households: { id: string; cards: { id: string; state: string }[] }[] } }

let seq = 0
async function record(operation: object): Promise<{ accepted: string[]; rejected: { code: string }[] }> {
  const { subject: _s, direction: _d, measured: _m, way: _w, rules: _r, ...stamp } = aCheckIn({ postId: SOUTH_GATE as PostId, seq: ++seq })
  const body = {
    protocol: PROTOCOL,
    device: volunteer.id,
    epoch: volunteer.epoch,
    sentAt: new Date().toISOString(),
    operations: [{ ...stamp, ...operation }],
  }
  return (await sendSigned(app, volunteer, { url: PATHS.push, payload: body })).json()
}

test('a card for each household that has none; asked again there is nothing to print but what is asked for again', async () => {
  const made = await order({ order: 'households' })
  expect(made.map(({ householdId }) => householdId).sort()).toEqual(['h-0-0', 'h-0-1', 'h-0-2', 'h-1-0', 'h-1-1'])
  const check = await aCheck()
  for (const { code, shortCode } of made) {
    const card = await verifyCard(code, check)
    expect(card).toMatchObject({ ok: true, value: { kind: 'household' } })
    if (card.ok) expect(shortCodeOf(card.value.id)).toBe(shortCode)
  }
  expect(await order({ order: 'households' })).toEqual([])
  const [again] = await order({ order: 'households', householdIds: ['h-0-1'], again: true })
  expect(again?.shortCode).toBe(made.find(({ householdId }) => householdId === 'h-0-1')?.shortCode)
  expect(await order({ order: 'residents', householdIds: ['h-1-0'] })).toMatchObject([{ kind: 'person', residentId: 'r-1-0' }])
})

test('phones are told of new cards with the roster, page by page', async () => {
  const { cursor } = await pulled(volunteer)
  await order({ order: 'residents', householdIds: ['h-0-0'] })
  const news: Told[] = (await pulled(volunteer, cursor)).changes
  expect(news.map(({ kind }) => kind)).toEqual(['roster-page'])
  expect(news[0]?.page?.households.find(({ id }) => id === 'h-0-0')?.cards).toHaveLength(2)
})

test('a blank card is given to a household once; the same again is the same, another household is refused, and so is a card of nobody', async () => {
  const [blank] = await order({ order: 'blank', count: 1 })
  const card = await verifyCard(blank?.code ?? '', await aCheck())
  if (!card.ok) throw new Error('not a card')
  const binding = (householdId: string, cardId: CardId = card.value.id) =>
    record({ kind: 'card-binding', cardId, compoundId: COMPOUND as CompoundId, householdId: householdId as HouseholdId })
  expect((await binding('h-1-1')).accepted).toHaveLength(1)
  expect((await binding('h-1-1')).accepted).toHaveLength(1)
  expect((await binding('h-0-0')).rejected).toMatchObject([{ code: 'card-bound' }])
  expect((await binding('h-0-0', cardIdOf(new Uint8Array(8)))).rejected).toMatchObject([{ code: 'unknown-card' }])
  const pages = await db.pool.query('select payload from roster_pages where page = 1')
  const home = pages.rows[0].payload.households.find(({ id }: { id: string }) => id === 'h-1-1')
  expect(home.cards.filter(({ id }: { id: string }) => id === card.value.id)).toHaveLength(1)
})

test('where there is no list the post builds it: a household, and its card, in one batch; twice is once', async () => {
  const [blank] = await order({ order: 'blank', count: 1 })
  const card = await verifyCard(blank?.code ?? '', await aCheck())
  if (!card.ok) throw new Error('not a card')
  const id = 'built-at-the-post' as HouseholdId
  const household = { id, address: { building: '', unit: '', room: '12' }, plates: [], residents: [], cards: [] }
  const { cursor } = await pulled(volunteer)
  const adding = { kind: 'household-adding', compoundId: COMPOUND as CompoundId, household } as const
  expect((await record(adding)).accepted).toHaveLength(1)
  expect((await record(adding)).accepted).toHaveLength(1)
  const binding = { kind: 'card-binding', cardId: card.value.id, compoundId: COMPOUND as CompoundId, householdId: id } as const
  expect((await record(binding)).accepted).toHaveLength(1)
  const { rows } = await db.pool.query('select payload from roster_pages')
  const built = rows.flatMap(({ payload }) => payload.households).filter((each) => each.id === id)
  expect(built).toMatchObject([{ address: { room: '12' }, cards: [{ id: card.value.id, kind: 'household' }] }])
  const news: Told[] = (await pulled(volunteer, cursor)).changes
  expect(news.map(({ kind }) => kind)).toContain('roster-page')
})

test('a card of others’ making is switched off where the roster names it, for every phone, and no later list switches it on again', async () => {
  const id = cardIdOf(Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9))
  const plain = { id, kind: 'household', shortCode: shortCodeOf(id), state: 'valid', plain: true } as const
  const page = aRosterPage(0, 2)
  const listed = { ...page, households: page.households.map((home, i) => (i === 0 ? { ...home, cards: [plain] } : home)) }
  const stateOf = async () => {
    const { changes }: { changes: Told[] } = await pulled(volunteer)
    return changes.flatMap((change) => change.page?.households ?? []).flatMap(({ cards }) => cards.filter((card) => card.id === id))
  }
  await aRoster(db.pool, [listed])
  expect(await stateOf()).toMatchObject([{ state: 'valid', plain: true }])
  const revocation = { kind: 'card-revocation', cardId: id, compoundId: COMPOUND as CompoundId } as const
  expect((await record(revocation)).accepted).toHaveLength(1)
  expect(await stateOf()).toMatchObject([{ state: 'revoked' }])
  expect((await record(revocation)).accepted).toHaveLength(1)
  expect((await record({ ...revocation, cardId: cardIdOf(new Uint8Array(8)) })).rejected).toMatchObject([{ code: 'unknown-card' }])
  // A phone that had not heard of it yet imports its list; so does the command line.
  await aRoster(db.pool, [listed])
  expect(await stateOf()).toMatchObject([{ state: 'revoked' }])
  await putHouseholds(db.pool, COMMUNITY.id, COMPOUND as CompoundId, listed.households)
  expect(await stateOf()).toMatchObject([{ state: 'revoked' }])
  const { rows } = await db.pool.query("select payload->'households'->0->>'id' as id from roster_pages")
  expect(rows).toEqual([{ id: 'h-0-0' }])
})

test('members whom a post adds to a household that is known are on its page for all; those that were there stay', async () => {
  const id = 'grown-at-the-post' as HouseholdId
  const aMember = (name: string) => ({ id: `r-${name}` as ResidentId, name, tenure: 'owner' as const })
  const adding = (...names: string[]) => {
    const household = { id, address: { building: '', unit: '', room: '14' }, plates: [], residents: names.map(aMember), cards: [] }
    return record({ kind: 'household-adding', compoundId: COMPOUND as CompoundId, household })
  }
  expect((await adding('王大爷')).accepted).toHaveLength(1)
  const { cursor } = await pulled(volunteer)
  expect((await adding('李大妈')).accepted).toHaveLength(1)
  expect((await adding('李大妈', '王大爷')).accepted).toHaveLength(1)
  const told: Told[] = (await pulled(volunteer, cursor)).changes
  expect(told.map(({ kind }) => kind)).toEqual(['roster-page'])
  expect(told[0]?.page?.households.find((each) => each.id === id)).toMatchObject({
    residents: [{ name: '王大爷' }, { name: '李大妈' }],
  })
})

test('a card that was lost is told to every phone of the community, and is refused there though its signature is right', async () => {
  const [blank] = await order({ order: 'blank', count: 1 })
  const check = await aCheck()
  const card = await verifyCard(blank?.code ?? '', check)
  if (!card.ok) throw new Error('not a card')
  const { cursor } = await pulled(volunteer)
  expect((await record({ kind: 'card-revocation', cardId: card.value.id, compoundId: COMPOUND })).accepted).toHaveLength(1)
  const news: Told[] = (await pulled(volunteer, cursor)).changes
  const revoked = new Set(news.find(({ kind }) => kind === 'revoked-cards')?.ids)
  expect(revoked.has(card.value.id)).toBe(true)
  expect(await verifyCard(blank?.code ?? '', { ...check, revoked })).toMatchObject({ ok: false, error: { kind: 'revoked' } })
})

test('after a new key the old cards still hold, new ones carry the new key, and phones are told', async () => {
  const [before] = await order({ order: 'blank', count: 1 })
  const { cursor } = await pulled(volunteer)
  const keyId = await rotateCardKey(db.pool, COMMUNITY.id)
  const [after] = await order({ order: 'blank', count: 1 })
  const check = await aCheck()
  expect(check.keys.has(keyId)).toBe(true)
  for (const each of [before, after]) expect((await verifyCard(each?.code ?? '', check)).ok).toBe(true)
  const news = (await pulled(volunteer, cursor)).changes
  expect(news[0].keys.cards.map((key: { keyId: string }) => key.keyId)).toContain(keyId)
  // Half a year after it was retired, no card of it can hold any more.
  await db.pool.query("update community_keys set retired_at = now() - interval '181 days' where retired_at is not null")
  expect(await verifyCard(before?.code ?? '', await aCheck())).toMatchObject({ ok: false, error: { kind: 'unknown-key' } })
})

test("a neighbour's phone tells our card with our name", async () => {
  const [card] = await order({ order: 'blank', count: 1 })
  expect(await verifyCard(card?.code ?? '', await aCheck(NEIGHBOUR))).toEqual({
    ok: false,
    error: { kind: 'other-community', community: COMMUNITY.name },
  })
})
