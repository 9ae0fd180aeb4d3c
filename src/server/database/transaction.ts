import type { Pool, PoolClient } from 'pg'

/** Serialization failure, deadlock, shutdown in progress, lost connection, too many connections. */
const PASSING = /^(40001|40P01|57P0\w|08\w{3}|53[0-9]\w{2})$/
const TRIES = 5

/** Runs one transaction; tries again with jitter what the database says will pass. */
export async function transaction<T>(pool: Pool, run: (client: PoolClient) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, run)
    } catch (cause) {
      if (attempt === TRIES || !PASSING.test(sqlState(cause))) throw cause
      await new Promise((done) => setTimeout(done, 20 * 2 ** attempt * Math.random()))
    }
  }
}

async function once<T>(pool: Pool, run: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  // A connection that dies between two queries must not end the process.
  const ignore = () => undefined
  client.on('error', ignore)
  let broken: Error | undefined
  try {
    await client.query('begin')
    const value = await run(client)
    await client.query('commit')
    return value
  } catch (cause) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw cause
  } finally {
    client.off('error', ignore)
    client.release(broken)
  }
}

/** The five characters of a PostgreSQL error; a broken socket counts as a lost connection. */
export function sqlState(cause: unknown): string {
  if (!(cause instanceof Error)) return ''
  const code = 'code' in cause ? String(cause.code) : ''
  if (/^(ECONNREFUSED|ECONNRESET|EPIPE|ENOENT)$/.test(code) || /Connection terminated|not queryable/.test(cause.message)) return '08006'
  return code
}

/** Disk full. */
export const isStorageFull = (cause: unknown) =>
  sqlState(cause) === '53100' || (cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC')

/** What was sent holds a value that the database cannot (class 22, data exception). */
export const isUnkeepable = (cause: unknown) => sqlState(cause).startsWith('22')
