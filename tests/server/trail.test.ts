import { afterAll, beforeAll, expect, test } from 'vitest'
import { addToTrail, trailOf, verifyTrail } from '../../src/server/database/trail'
import { transaction } from '../../src/server/database/transaction'
import { aCommunity, COMMUNITY } from '../support/community'
import { aDatabase, type TestDatabase } from '../support/postgres'

let db: TestDatabase
beforeAll(async () => {
  db = await aDatabase()
  await aCommunity(db.pool)
}, 60_000)
afterAll(() => db.close())

const add = (about: string) =>
  transaction(db.pool, (client) =>
    addToTrail(client, COMMUNITY.id, [{ actor: 'phone', what: 'record-revealed', about, detail: { b: 1, a: 'x' } }]),
  )

test('entries come newest first, numbered without a gap, however many write at once', async () => {
  await Promise.all(Array.from({ length: 12 }, (_, i) => add(`key-${i}`)))
  const entries = await trailOf(db.pool, COMMUNITY.id, { limit: 5 })
  expect(entries.map(({ entryNo }) => entryNo)).toEqual([12, 11, 10, 9, 8])
  expect((await trailOf(db.pool, COMMUNITY.id, { before: 8, limit: 100 })).map(({ entryNo }) => entryNo)).toEqual([7, 6, 5, 4, 3, 2, 1])
  expect(await verifyTrail(db.pool, COMMUNITY.id)).toMatchObject({ ok: true, entries: 12 })
})

test.each([
  ['changed', "update trail set about = 'another' where entry_no = 5", 5],
  ['removed', 'delete from trail where entry_no = 6', 7],
  ['cut off at the end', 'delete from trail where entry_no = 12', 12],
] as const)('an entry that was %s shows', async (_name, change, entryNo) => {
  const client = await db.pool.connect()
  const saved = (await client.query('select * from trail order by entry_no')).rows
  await client.query(change)
  expect(await verifyTrail(db.pool, COMMUNITY.id)).toEqual({ ok: false, entryNo })
  await client.query('delete from trail')
  for (const row of saved)
    await client.query('insert into trail values ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
      row.community_id,
      row.entry_no,
      row.at,
      row.actor,
      row.what,
      row.about,
      row.detail,
      row.previous,
      row.hash,
    ])
  client.release()
  expect(await verifyTrail(db.pool, COMMUNITY.id)).toMatchObject({ ok: true, entries: 12 })
})

test('what is older than half a year goes from the beginning, and the rest still holds', async () => {
  await db.pool.query('delete from trail where entry_no <= 4')
  expect(await verifyTrail(db.pool, COMMUNITY.id)).toMatchObject({ ok: true, entries: 8 })
})
