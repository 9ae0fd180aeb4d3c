import type { Pool } from 'pg'
import { type OperationKey, timeOfKey } from '../../domain/ids'
import { CHINA, type Day, dayOf } from '../../domain/time'
import { sqlState } from './transaction'

const FIRST = Date.parse('2020-01-01T00:00:00+08:00')
const LAST = Date.parse('2100-01-01T00:00:00+08:00')
/** Where keys lie whose clock was far off. */
const REST = '1970-01-01' as Day
const NEAR = 400 * 86_400_000 // ms; a wrong clock makes no partition of its own, its rows lie in the default one
const LOCK = 7_020_219

/** The day that a record lies under: of its key alone, so that a retry meets the first try. */
export function partitionDay(key: OperationKey): Day {
  const time = timeOfKey(key)
  return time >= FIRST && time < LAST ? dayOf(time, CHINA) : REST
}

/** Makes the partitions of these days where they are wanting; many servers may do so at once. */
export async function ensurePartitions(pool: Pool, days: ReadonlySet<Day>, now: number): Promise<void> {
  const known = partitionsOf(pool)
  for (const day of [...days].sort()) {
    if (known.has(day) || Math.abs(Date.parse(day) - now) > NEAR) continue
    await makePartition(pool, day)
    known.add(day)
  }
}

async function makePartition(pool: Pool, day: Day): Promise<void> {
  const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
  const name = `operations_${day.replaceAll('-', '')}`
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    await client.query(`create table if not exists ${name} partition of operations for values from ('${day}') to ('${next}')`)
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => undefined)
    // Rows of that day lie in the default partition already: they stay there.
    if (sqlState(cause) !== '23514') throw cause
  } finally {
    client.release()
  }
}

/** A day whose partition was dropped is made anew for what arrives late. */
export function forgetPartition(pool: Pool, day: Day): void {
  partitionsOf(pool).delete(day)
}

const made = new WeakMap<Pool, Set<Day>>()

function partitionsOf(pool: Pool): Set<Day> {
  const known = made.get(pool) ?? new Set<Day>()
  made.set(pool, known)
  return known
}
