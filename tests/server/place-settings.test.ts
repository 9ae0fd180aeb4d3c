import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Change } from '../../src/domain/change'
import { type Community, contactsOf, type Post } from '../../src/domain/community'
import type { HouseholdId } from '../../src/domain/ids'
import { NANJING } from '../../src/domain/local-names'
import { BASE_RULES } from '../../src/domain/rules/rules'
import { previewOf } from '../../src/server/commands/preview'
import { SETTINGS } from '../../src/server/commands/settings'
import { changesAfter } from '../../src/server/database/changes-after'
import { insertOperations } from '../../src/server/database/operations'
import { readRequests, readTips } from '../../src/server/database/told-to-us'
import { trailOf } from '../../src/server/database/trail'
import { readAs } from '../../src/wire/read'
import { ChangeSchema } from '../../src/wire/sync'
import { aCheckIn, aKey } from '../support/builders'
import { aCommunity, aDevice, COMMUNITY, COMPOUND, NORTH_GATE, SOUTH_GATE } from '../support/community'
import { aDatabase, type TestDatabase } from '../support/postgres'

const NOW = Date.parse('2020-02-18T08:00:00+08:00')
let db: TestDatabase

beforeAll(async () => {
  db = await aDatabase()
  await aCommunity(db.pool)
}, 60_000)
afterAll(() => db.close())

/** What a phone knows after it has asked for all. */
async function toldTo(unitId: string, after?: string) {
  const page = await changesAfter(db.pool, { communityId: COMMUNITY.id, unitId, now: NOW }, after)
  if (!page) throw new Error('no page')
  for (const change of page.changes)
    expect([change.kind, readAs(ChangeSchema, JSON.parse(JSON.stringify(change))).ok]).toEqual([change.kind, true])
  const of = <Kind extends Change['kind']>(kind: Kind) =>
    page.changes.filter((each): each is Extract<Change, { kind: Kind }> => each.kind === kind)
  const posts: readonly Post[] = of('post').map(({ post }) => post)
  return {
    cursor: page.cursor,
    community: of('community').at(-1)?.community,
    post: (id: string) => posts.findLast((each) => each.id === id),
  }
}
const run = async (command: string, values: Readonly<Record<string, string>>) => SETTINGS[command]?.(db.pool, values, [])
const called = (post: Post | undefined, community: Community | undefined) =>
  post && community && contactsOf(post, community).map(({ role, name, phone }) => [role, name, phone])

test('until somebody is named, the post calls who collects its records', async () => {
  const { community, post } = await toldTo(SOUTH_GATE)
  expect(called(post(SOUTH_GATE), community)).toEqual([['community', COMMUNITY.collectingBody, COMMUNITY.contact]])
})

test('a contact of the community is every post’s; one of a compound or a post is its own, and told to the phones there', async () => {
  const { cursor } = await toldTo(COMMUNITY.id)
  await run('contact set', { role: 'health', name: '卫生站', phone: '025-1' })
  await run('contact set', { role: 'police', name: '警务室', phone: '025-2' })
  await run('contact set', { role: 'police', name: '梧桐苑民警', phone: '025-3', unit: COMPOUND })
  await run('contact set', { role: 'health', name: '南门医生', phone: '025-4', unit: SOUTH_GATE })
  const { community, post } = await toldTo(COMMUNITY.id, cursor)
  expect(called(post(SOUTH_GATE), community)).toEqual([
    ['community', COMMUNITY.collectingBody, COMMUNITY.contact],
    ['health', '南门医生', '025-4'],
    ['police', '梧桐苑民警', '025-3'],
  ])
  expect(called(post(NORTH_GATE), community)).toEqual([
    ['community', COMMUNITY.collectingBody, COMMUNITY.contact],
    ['health', '卫生站', '025-1'],
    ['police', '梧桐苑民警', '025-3'],
  ])
  const afterwards = await toldTo(COMMUNITY.id)
  await run('contact remove', { role: 'police', unit: COMPOUND })
  const later = await toldTo(COMMUNITY.id, afterwards.cursor)
  expect(called(later.post(NORTH_GATE), afterwards.community)).toEqual([
    ['community', COMMUNITY.collectingBody, COMMUNITY.contact],
    ['health', '卫生站', '025-1'],
    ['police', '警务室', '025-2'],
  ])
  await expect(run('contact set', { role: 'police', name: '某人', phone: 'soon' })).rejects.toThrow('--phone must be a number')
  await expect(run('contact set', { role: 'king', name: '某人', phone: '1' })).rejects.toThrow('--role must be one of')
})

test('who answers for a compound is told to its posts; it belongs to a compound, not to a post', async () => {
  const { cursor } = await toldTo(SOUTH_GATE)
  await run('contact set', { role: 'official', name: '陈立新', phone: '13800000000', unit: COMPOUND })
  expect((await toldTo(SOUTH_GATE, cursor)).post(SOUTH_GATE)?.setting?.official).toBe('陈立新 13800000000')
  await run('contact remove', { role: 'official', unit: COMPOUND })
  expect((await toldTo(SOUTH_GATE)).post(SOUTH_GATE)?.setting?.official).toBeUndefined()
  await expect(run('contact set', { role: 'official', name: '陈立新', unit: SOUTH_GATE })).rejects.toThrow('is not a compound')
})

test('what the city and its platform are called is told to the phones; what was not named stays', async () => {
  const before = await toldTo(SOUTH_GATE)
  expect(before.community?.names).toBeUndefined()
  await run('community set', { platform: '金陵归' })
  const first = await toldTo(SOUTH_GATE, before.cursor)
  expect(first.community?.names).toEqual({ ...NANJING, platform: '金陵归' })
  await run('community set', { city: '杭州', 'city-short': '杭', 'city-latin': 'Hangzhou' })
  expect((await toldTo(SOUTH_GATE, first.cursor)).community?.names).toEqual({
    city: '杭州',
    short: '杭',
    latin: 'Hangzhou',
    platform: '金陵归',
  })
  await expect(run('community set', {})).rejects.toThrow('name what to set')
  await expect(run('community set', { city: '{city}' })).rejects.toThrow('--city must be a name')
})

test('tips and requests are read by the community, with whose home it was; that they were read stands in the trail', async () => {
  const { id } = await aDevice(db.pool)
  const { seq: _seq, ...stamp } = aCheckIn()
  const told = (key: string, operation: object) => ({ ...stamp, key, seq: ++seq, ...operation })
  let seq = 0
  const [tip, gone, request] = [aKey(), aKey(), aKey()]
  const operations = [
    told(tip, { kind: 'tip', topic: 'gathering', words: '三楼打麻将' }),
    told(gone, { kind: 'request', topic: 'repair' }),
    told(aKey(), { kind: 'void', target: gone, reason: '写错' }),
    told(request, { kind: 'request', topic: 'medicine', words: '降压药', householdId: 'h-1' as HouseholdId }),
  ]
  const batch = operations.map((operation) => ({ operation: operation as never, postId: SOUTH_GATE }))
  await insertOperations(db.pool, COMMUNITY.id, id, batch, NOW)
  const asking = { communityId: COMMUNITY.id, since: new Date(NOW - 86_400_000), actor: 'test' }
  expect(await readTips(db.pool, asking)).toMatchObject([{ postId: SOUTH_GATE, topic: 'gathering', words: '三楼打麻将' }])
  expect(await readRequests(db.pool, asking)).toMatchObject([
    { topic: 'medicine', words: '降压药', householdId: 'h-1', operator: '王志愿' },
  ])
  expect(await readTips(db.pool, { ...asking, since: new Date(NOW + 86_400_000) })).toEqual([])
  const trail = await trailOf(db.pool, COMMUNITY.id, { limit: 3 })
  expect(trail.map(({ what, detail }) => [what, detail?.count])).toEqual([
    ['tips-read', 0],
    ['requests-read', 1],
    ['tips-read', 1],
  ])
})

test('a card that has expired by the time of who asks needs no mention, whatever the database’s clock says', async () => {
  const expiresAt = new Date(NOW + 3_600_000)
  await db.pool.query(
    `insert into cards (community_id, card_id, short_code, kind, compound_id, issued_at, expires_at, revoked_at)
     values ($1, 'card-1', 'S1', 'blank', $2, $3, $4, $3)`,
    [COMMUNITY.id, COMPOUND, new Date(NOW), expiresAt],
  )
  const revoked = async (now: number) => {
    const page = await changesAfter(db.pool, { communityId: COMMUNITY.id, unitId: SOUTH_GATE, now }, undefined)
    return page?.changes.find((change) => change.kind === 'revoked-cards')?.ids
  }
  expect(await revoked(NOW)).toEqual(['card-1'])
  expect(await revoked(NOW + 7_200_000)).toEqual([])
})

test('a preview says what the post says to whom, in and out, the bands of each site, and what is read out', () => {
  const post: Post = { id: SOUTH_GATE, name: '南门', type: 'compound-gate', compoundName: '梧桐苑' }
  const rules = { ...BASE_RULES, pass: 'required', keyAreaVisitors: 'barred', couriers: 'stay-outside', readingOn: 'in' } as const
  const bands = { ...BASE_RULES.bands, wrist: { ...BASE_RULES.bands.wrist, threshold: 37.0 } }
  const set = {
    id: 'n-1',
    title: '第6号通告',
    scope: { level: 'city' },
    effectiveFrom: '2020-02-04T00:00:00+08:00',
    parameters: {},
    text: '出入测温，凭证通行。',
    textFound: false,
  } as const
  const lines = previewOf({ ...rules, bands }, [set], post, NOW).map((line) => line.replace(/ +/g, ' ').trim())
  expect(lines).toContain('tenant 租户 in 请登记 register: 出入证 permit; then 请测温')
  expect(lines).toContain('from a key area in 暂不能通行 cannot pass yet: was in a key area within 14 days')
  expect(lines).toContain('courier 快递 in 请测温 stays outside, is measured and registered there')
  const visitor = lines.indexOf('visitor 来访 in 请测温 take temperature')
  expect(lines[visitor + 1]).toBe('out 可通行 may pass; no temperature is asked')
  expect(lines).toContain('wrist too low below 35.0; waits from 37.0; taken from 30.0 to 43.0')
  expect(lines).toContain('armpit too low below 35.0; waits from 37.3; taken from 30.0 to 43.0')
  expect(lines.slice(-2)).toEqual(['第6号通告', '出入测温，凭证通行。 (its wording was not found)'])
})
