import type { Pool, PoolClient } from 'pg'
import { BASE_RULES } from '../../domain/rules/rules'
import { CHINA, type Day, dayOf } from '../../domain/time'
import { forgetNonces } from './devices'
import { forgetPartition } from './partitions'
import { transaction } from './transaction'

const DAY = 86_400_000
const LOCK = 7_020_220

/** Days that things are kept; then passages are counts, and the rest is gone. */
export const KEPT = { passages: 30, cases: 60, trail: 180, decisions: 60 } as const

export interface Forgotten {
  readonly partitions: number
  /** Of devices whose clock was far off. */
  readonly rows: number
}

/** Lets go of what has been kept long enough. Of many servers one does it; undefined: another is at it. `signatures`: ms that a nonce counts. */
export async function forgetInTime(pool: Pool, now: number, signatures: number): Promise<Forgotten | undefined> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as mine', [LOCK])
    if (!rows[0].mine) return undefined
    try {
      return await forgetAll(pool, now, signatures)
    } finally {
      await client.query('select pg_advisory_unlock($1)', [LOCK])
    }
  } finally {
    client.release()
  }
}

async function forgetAll(pool: Pool, now: number, signatures: number): Promise<Forgotten> {
  const firstKept = firstDayKept(now)
  const days = (await partitionDays(pool)).filter((day) => day < firstKept)
  for (const day of days) await dropDay(pool, day)
  const rows = await forgetStrays(pool, new Date(now - KEPT.passages * DAY))
  const cases = await forgetCases(pool, new Date(now - KEPT.cases * DAY))
  await pool.query('delete from trail where at < $1', [new Date(now - KEPT.trail * DAY)])
  await pool.query('delete from quarantine where decided_at < $1', [new Date(now - KEPT.decisions * DAY)])
  await forgetNonces(pool, now - 2 * signatures)
  // Deleted rows lie on in their pages, and a name with them, until the table is written anew.
  if (rows > 0) await pool.query('vacuum full operations_rest')
  if (cases > 0) await pool.query('vacuum full kept_operations')
  const decided = await pool.query("select from quarantine where decision is not null and payload <> '{}' limit 1")
  if (decided.rowCount) await pool.query('vacuum full quarantine')
  return { partitions: days.length, rows }
}

/** The first calendar day in China of which passages are still there. */
export const firstDayKept = (now: number): Day => dayOf(now - KEPT.passages * DAY, CHINA)

async function partitionDays(pool: Pool): Promise<Day[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'operations'::regclass order by 1`,
  )
  return rows.flatMap(({ name }) => {
    const [, year, month, day] = /^operations_(\d{4})(\d{2})(\d{2})$/.exec(name) ?? []
    return year ? [`${year}-${month}-${day}` as Day] : []
  })
}

/** Counts a day's passages and drops their partition: both or neither. What arrives for that day later is counted and dropped the next time. */
async function dropDay(pool: Pool, day: Day): Promise<void> {
  const name = `operations_${day.replaceAll('-', '')}`
  await transaction(pool, async (client) => {
    await client.query(`lock table ${name} in access exclusive mode`)
    await keepOn(client, `select * from ${name}`)
    await count(client, `select * from ${name}`)
    await client.query(`drop table ${name}`)
  })
  forgetPartition(pool, day)
}

/** The default partition holds what no day could be told of: by when it is said to have happened, or when it came, whichever is later. */
async function forgetStrays(pool: Pool, before: Date): Promise<number> {
  return transaction(pool, async (client) => {
    await client.query(
      'create temporary table going on commit drop as select * from operations_rest where greatest(at, received_at) < $1',
      [before],
    )
    await keepOn(client, 'select * from going')
    await count(client, 'select * from going')
    const { rowCount } = await client.query(
      'delete from operations_rest o using going g where o.community_id = g.community_id and o.day = g.day and o.key = g.key',
    )
    return rowCount ?? 0
  })
}

/** Puts aside what outlives its day: arrivals, and all that was said of somebody who came as far as the armpit, or whose incident has steps; also what was said on a later day. */
async function keepOn(client: PoolClient, going: string): Promise<void> {
  await client.query(
    `insert into kept_operations (community_id, key, device_id, kind, post_id, at, target, payload)
     select g.community_id, g.key, g.device_id, g.kind, g.post_id, g.at, g.target, g.payload from (${going}) g
     where g.kind = 'arrival' or exists (
       select from operations o where o.community_id = g.community_id and o.target = coalesce(g.target, g.key)
         and (o.kind = 'incident-step' or (o.kind = 'retest' and o.payload->'reading'->>'site' = 'armpit')))
       or exists (select from kept_operations k where k.community_id = g.community_id and coalesce(k.target, k.key) = g.target)
     on conflict do nothing`,
  )
}

/** Arrivals go when their time is over; a case goes as a whole, by its closing where that was not taken back, or where nobody opened an incident by its last record. */
async function forgetCases(pool: Pool, before: Date): Promise<number> {
  const { rowCount } = await pool.query(
    `with said as (
       select k.*, k.payload->'step'->>'at' = 'closed' and not exists (
         select from kept_operations v where v.community_id = k.community_id and v.target = k.target and v.kind = 'void' and v.payload->>'only' = k.key
       ) as closes from kept_operations k
     ), over as (
       select community_id, coalesce(target, key) as passage from said group by 1, 2
       having bool_and(kind = 'arrival' and at < $1)
         or max(at) filter (where closes) < $1
         or (bool_and(kind <> 'incident-step') and max(at) < $1)
     )
     delete from kept_operations k using over where k.community_id = over.community_id and coalesce(k.target, k.key) = over.passage`,
    [before],
  )
  return rowCount ?? 0
}

/** Adds the passages among these operations to the daily counts. Voids and corrections lie on the same day or a later one: they are still there. */
async function count(client: PoolClient, going: string): Promise<void> {
  const { tooLowBelow, threshold } = BASE_RULES.bands.forehead
  await client.query(
    `with passages as (
       select g.community_id, g.key, (g.at at time zone 'Asia/Shanghai')::date as day, g.post_id, g.payload from (${going}) g where g.kind = 'check-in'
     ), linked as (
       select distinct on (o.community_id, o.target, o.kind) o.community_id, o.target, o.kind, o.payload
       from operations o join passages p on p.community_id = o.community_id and p.key = o.target
       where not o.payload ? 'only' and (o.kind = 'void' or (o.kind = 'amend' and (o.payload ? 'measured' or o.payload ? 'direction')))
       order by o.community_id, o.target, o.kind, o.seq desc
     ), whole as (
       select p.community_id, p.day, p.post_id, v.target is not null as voided,
         coalesce(a.payload->>'direction', p.payload->>'direction') as direction,
         (coalesce(a.payload->'measured', p.payload->'measured')->>'celsius')::numeric as celsius
       from passages p
       left join linked v on v.community_id = p.community_id and v.target = p.key and v.kind = 'void'
       left join linked a on a.community_id = p.community_id and a.target = p.key and a.kind = 'amend'
     )
     insert into daily_counts as d (community_id, day, post_id, direction, passages, not_measured, too_low, at_threshold, voided)
     select community_id, day, post_id, direction, count(*) filter (where not voided), count(*) filter (where not voided and celsius is null),
       count(*) filter (where not voided and celsius < $1), count(*) filter (where not voided and celsius >= $2), count(*) filter (where voided)
     from whole group by 1, 2, 3, 4
     on conflict (community_id, day, post_id, direction) do update set
       passages = d.passages + excluded.passages, not_measured = d.not_measured + excluded.not_measured,
       too_low = d.too_low + excluded.too_low, at_threshold = d.at_threshold + excluded.at_threshold, voided = d.voided + excluded.voided`,
    [tooLowBelow, threshold],
  )
  await client.query(
    `insert into daily_counts as d (community_id, day, post_id, direction, passages, not_measured, too_low, at_threshold, voided, arrivals, incidents)
     select g.community_id, (g.at at time zone 'Asia/Shanghai')::date, g.post_id, 'in', 0, 0, 0, 0, 0,
       count(*) filter (where g.kind = 'arrival'), count(*) filter (where g.kind = 'incident-step' and g.payload->'step'->>'at' = 'closed')
     from (${going}) g where g.kind = 'arrival' or (g.kind = 'incident-step' and g.payload->'step'->>'at' = 'closed') group by 1, 2, 3
     on conflict (community_id, day, post_id, direction) do update set
       arrivals = d.arrivals + excluded.arrivals, incidents = d.incidents + excluded.incidents`,
  )
}
