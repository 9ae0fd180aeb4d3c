import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidV7 } from '../../src/domain/ids'
import type { Day } from '../../src/domain/time'
import { ensurePartitions, partitionDay } from '../../src/server/database/partitions'
import { aKey, MORNING } from '../support/builders'
import { aDatabase, type TestDatabase } from '../support/postgres'

let db: TestDatabase

beforeAll(async () => {
  db = await aDatabase()
}, 60_000)
afterAll(() => db.close())

async function partitions(): Promise<string[]> {
  const { rows } = await db.pool.query(
    "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'operations'::regclass order by 1",
  )
  return rows.map(({ name }) => name)
}

test.each([
  ['2020-02-18T00:00:00.000+08:00', '2020-02-18'],
  ['2020-02-17T23:59:59.999+08:00', '2020-02-17'],
  ['1970-01-01T08:00:00.000+08:00', '1970-01-01'],
  ['2019-12-31T23:59:59.999+08:00', '1970-01-01'],
  ['2100-01-01T00:00:00.000+08:00', '1970-01-01'],
])('a record keyed at %s lies under %s, wherever the server stands', (time, day) => {
  expect(partitionDay(aKey(Date.parse(time)))).toBe(day)
})

test('whatever clock made a key, it has a day that PostgreSQL can hold', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (time) => {
      const day = partitionDay(uuidV7(time, new Uint8Array(10)))
      return /^(1970-01-01|20\d\d-\d\d-\d\d)$/.test(day)
    }),
  )
})

test('a day gets its partition once, though eight connections ask at once; a day far off gets none', async () => {
  const days = new Set(['2020-02-18', '2020-02-19', '1970-01-01', '2031-01-01'] as Day[])
  // Each its own pool's memory of what is made: as eight servers would.
  const pools = Array.from({ length: 8 }, () => Object.create(db.pool) as typeof db.pool)
  await Promise.all(pools.map((pool) => ensurePartitions(pool, days, MORNING)))
  expect(await partitions()).toEqual(['operations_20200218', 'operations_20200219', 'operations_rest'])
})

test('a day whose records lie in the rest already stays there, and is written all the same', async () => {
  const insert = (key: string) =>
    db.pool.query(
      `insert into operations (community_id, day, key, device_id, seq, kind, post_id, at, payload) values ('c', '2020-03-01', $1, 'd', 1, 'void', 'p', now(), '{}')`,
      [key],
    )
  await insert('one')
  await ensurePartitions(db.pool, new Set(['2020-03-01' as Day]), MORNING)
  await insert('two')
  const { rows } = await db.pool.query("select distinct tableoid::regclass::text as place from operations where day = '2020-03-01'")
  expect(rows).toEqual([{ place: 'operations_rest' }])
})
