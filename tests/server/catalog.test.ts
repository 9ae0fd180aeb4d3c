import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDatabase, type TestDatabase } from '../support/postgres'

const WRITE_PATH = ['operations', 'changes', 'roster_pages', 'invites', 'devices', 'units', 'communities']
let db: TestDatabase

beforeAll(async () => {
  db = await aDatabase()
}, 60_000)
afterAll(() => db.close())

const column = async (sql: string) => (await db.pool.query(sql)).rows.map((row) => Object.values(row).join(' '))

test('the community is the first column of every primary and every unique key', async () => {
  const keys = await column(`
    select c.relname, a.attname from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
    where i.indisunique and n.nspname = 'public' and c.relname <> 'migrations' order by 1`)
  expect(keys.length).toBeGreaterThanOrEqual(WRITE_PATH.length)
  for (const table of WRITE_PATH) expect(keys).toContain(`${table} community_id`)
  expect(keys.filter((key) => !key.endsWith(' community_id'))).toEqual([])
})

test('no sequence, no trigger of ours: ids come from outside', async () => {
  expect(
    await column(
      "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and n.nspname = 'public'",
    ),
  ).toEqual([])
  expect(await column('select tgname from pg_trigger where not tgisinternal')).toEqual([])
})

test('every foreign key stays within a community', async () => {
  const columns = await column(`
    select a.attname from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1] where k.contype = 'f'`)
  expect(new Set(columns)).toEqual(new Set(['community_id']))
})

test('operations lie in partitions by day, and the day is in the primary key', async () => {
  const [strategy] = await column(
    "select partstrat, pg_get_partkeydef(partrelid) from pg_partitioned_table where partrelid = 'operations'::regclass",
  )
  expect(strategy).toBe('r RANGE (day)')
  const [key] = await column(
    "select pg_get_constraintdef(oid) from pg_constraint where conrelid = 'operations'::regclass and contype = 'p'",
  )
  expect(key).toBe('PRIMARY KEY (community_id, day, key)')
})

test('the database checks its pages, and recycles no segment in which a deleted name would stay', async () => {
  const settings = await column(
    "select name, setting from pg_settings where name in ('data_checksums', 'wal_recycle', 'listen_addresses', 'fsync') order by name",
  )
  expect(settings).toEqual(['data_checksums on', 'fsync on', 'listen_addresses ', 'wal_recycle off'])
})
