import type { Pool } from 'pg'

const FILES: Readonly<Record<string, string>> = import.meta.glob('../migrations/*.sql', { query: '?raw', import: 'default', eager: true })
const LOCK = 7_020_218 // any number, the same for all who migrate

/** Brings the database to the newest schema; several servers may start at once. */
export async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query('create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())')
    const { rows } = await client.query<{ name: string }>('select name from migrations')
    const applied = new Set(rows.map(({ name }) => name))
    for (const [path, sql] of Object.entries(FILES).sort(([a], [b]) => (a < b ? -1 : 1))) {
      const name = path.split('/').at(-1) ?? path
      if (applied.has(name)) continue
      await client.query('begin')
      await client.query(sql)
      await client.query('insert into migrations (name) values ($1)', [name])
      await client.query('commit')
    }
  } catch (cause) {
    await client.query('rollback').catch(() => undefined)
    throw cause
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => undefined)
    client.release()
  }
}
