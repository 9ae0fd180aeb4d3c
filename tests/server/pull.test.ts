import { gunzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CompoundId, PostId } from '../../src/domain/ids'
import { createApp } from '../../src/server/app'
import { addUnit } from '../../src/server/database/communities'
import { addPost } from '../../src/server/database/posts'
import { putRoster } from '../../src/server/database/rosters'
import { PATHS } from '../../src/wire/protocol'
import { aCommunity, aDevice, aRoster, aRosterPage, COMMUNITY, COMPOUND, type TestDevice } from '../support/community'
import { aDatabase, type TestDatabase } from '../support/postgres'
import { sendSigned } from '../support/signing'

const OTHER = 'other-compound' as CompoundId
let db: TestDatabase
let app: FastifyInstance
let device: TestDevice

beforeAll(async () => {
  db = await aDatabase()
  await aCommunity(db.pool)
  await addUnit(db.pool, COMMUNITY.id, { id: OTHER, parentId: COMMUNITY.id, kind: 'compound', name: '象房里' })
  app = await createApp({ pool: db.pool })
  device = await aDevice(db.pool)
}, 60_000)
afterAll(async () => {
  await app.close()
  await db.close()
})

interface Page {
  readonly changes: { readonly kind: string; readonly page?: { readonly page: number; readonly households: unknown[] } }[]
  readonly cursor: string
  readonly more: boolean
}

async function pull(cursor?: string, from = device): Promise<Page> {
  const answer = await sendSigned(app, from, { url: PATHS.pull + (cursor ? `?cursor=${cursor}` : '') })
  return answer.json()
}

/** Every page after a cursor. */
async function pullAll(cursor?: string, from = device): Promise<{ pages: Page[]; kinds: string[]; cursor: string }> {
  const pages: Page[] = []
  let next = cursor
  do {
    const page = await pull(next, from)
    pages.push(page)
    next = page.cursor
  } while (pages.at(-1)?.more)
  return { pages, kinds: pages.flatMap(({ changes }) => changes.map(({ kind }) => kind)), cursor: next }
}

const rosterOf = (pages: number, households = 3) => Array.from({ length: pages }, (_, page) => aRosterPage(page, households))

test('no answer holds more than four roster pages, neither of a snapshot nor of news, and all arrive', async () => {
  await aRoster(db.pool, rosterOf(11))
  const first = await pullAll()
  await aRoster(db.pool, rosterOf(10, 4))
  const news = await pullAll(first.cursor)
  for (const { pages, count } of [
    { pages: first.pages, count: 11 },
    { pages: news.pages, count: 10 },
  ]) {
    const sizes = pages.map(({ changes }) => changes.filter(({ kind }) => kind === 'roster-page').length)
    expect(Math.max(...sizes)).toBe(4)
    expect(sizes.reduce((sum, size) => sum + size)).toBe(count)
  }
  expect(news.kinds[0]).toBe('roster')
  expect(new Set(news.pages.flatMap(({ changes }) => changes.flatMap(({ page }) => page?.households.length ?? [])))).toEqual(new Set([4]))
  expect(await pull(news.cursor)).toMatchObject({ changes: [], cursor: news.cursor, more: false })
})

test('a roster that is replaced while a phone fetches it ends as the newer one', async () => {
  await aRoster(db.pool, rosterOf(9, 2))
  const begun = await pull()
  await aRoster(db.pool, rosterOf(6, 5))
  const { pages } = await pullAll(begun.cursor)
  const kept = new Map<number, number>()
  for (const { changes } of [begun, ...pages]) {
    for (const change of changes) {
      if (change.kind === 'roster') for (const page of kept.keys()) if (page >= 6) kept.delete(page)
      if (change.page) kept.set(change.page.page, change.page.households.length)
    }
  }
  expect([...kept].sort()).toEqual(Array.from({ length: 6 }, (_, page) => [page, 5]))
})

test("a compound's phone is told nothing of another compound, and yet moves on", async () => {
  const { cursor } = await pullAll()
  await putRoster(db.pool, COMMUNITY.id, OTHER, [{ ...aRosterPage(), compoundId: OTHER }])
  await addPost(db.pool, COMMUNITY.id, { id: 'far' as PostId, name: '远门', type: 'compound-gate', parentId: OTHER })
  const news = await pullAll(cursor)
  expect(news.kinds).toEqual([])
  expect(news.cursor).not.toBe(cursor)
  const admin = await aDevice(db.pool, { role: 'admin', unitId: COMMUNITY.id })
  expect((await pullAll(cursor, admin)).kinds).toEqual(['roster', 'roster-page', 'post'])
})

test('two who change at once are both told: no number is passed over', async () => {
  const lead = await aDevice(db.pool, { role: 'lead', unitId: COMPOUND })
  let { cursor } = await pullAll(undefined, lead)
  const seen: string[] = []
  const adding = Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      addPost(db.pool, COMMUNITY.id, { id: `gate-${i}` as PostId, name: `${i}号门`, type: 'compound-gate', parentId: COMPOUND }),
    ),
  )
  for (let i = 0; i < 20; i++) {
    const news = await pullAll(cursor, lead)
    seen.push(...news.kinds)
    cursor = news.cursor
  }
  await adding
  seen.push(...(await pullAll(cursor, lead)).kinds)
  expect(seen).toEqual(Array(12).fill('post'))
})

test('a long answer is gzipped for who takes it, and plain for who does not', async () => {
  const ask = (headers: Record<string, string>) => sendSigned(app, device, { url: PATHS.pull, headers })
  const [packed, plain] = [await ask({ 'accept-encoding': 'gzip, deflate, br' }), await ask({})]
  expect([packed.headers['content-encoding'], packed.headers.vary]).toEqual(['gzip', 'accept-encoding'])
  expect(plain.headers['content-encoding']).toBeUndefined()
  const { serverTime: _then, ...unpacked } = JSON.parse(gunzipSync(packed.rawPayload).toString())
  const { serverTime: _now, ...told } = plain.json()
  expect(unpacked).toEqual(told)
  expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3)
  expect((await app.inject({ url: PATHS.time, headers: { 'accept-encoding': 'gzip' } })).headers['content-encoding']).toBeUndefined()
})
