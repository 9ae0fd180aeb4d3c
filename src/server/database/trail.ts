import { createHash } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import type { CommunityId } from '../../domain/ids'
import type { TrailWhat } from '../../domain/trail'

export interface TrailEntry {
  /** A device's id, or who else acts. */
  readonly actor: string
  readonly what: TrailWhat
  /** The key or id of the thing. */
  readonly about?: string | undefined
  /** Closed words and counts; of a full report that was made, by whom and why. */
  readonly detail?: Readonly<Record<string, string | number>> | undefined
}

interface Numbered {
  readonly entryNo: number
  readonly at: string
  readonly actor: string
  readonly what: string
  readonly about: string | null
  readonly detail: Readonly<Record<string, unknown>> | null
}

export type ToldEntry = Numbered

const NO_HASH = Buffer.alloc(32)

/** Adds to a community's trail inside the caller's transaction; the head's row is locked until that ends, so the chain has no fork. */
export async function addToTrail(client: PoolClient, communityId: CommunityId, entries: readonly TrailEntry[]): Promise<void> {
  if (entries.length === 0) return
  await client.query('insert into trail_heads (community_id, entry_no, hash) values ($1, 0, $2) on conflict do nothing', [
    communityId,
    NO_HASH,
  ])
  const { rows } = await client.query('select entry_no, hash from trail_heads where community_id = $1 for update', [communityId])
  let entryNo = Number(rows[0].entry_no)
  let previous: Buffer = rows[0].hash
  // JavaScript's milliseconds, not the database's microseconds: the hash is made of what is read back.
  const at = new Date().toISOString()
  const chained = entries.map(({ actor, what, about, detail }) => {
    const numbered: Numbered = { entryNo: ++entryNo, at, actor, what, about: about ?? null, detail: detail ?? null }
    const row = { ...numbered, previous: previous.toString('hex'), hash: hashOf(previous, numbered).toString('hex') }
    previous = Buffer.from(row.hash, 'hex')
    return row
  })
  await client.query(
    `insert into trail (community_id, entry_no, at, actor, what, about, detail, previous, hash)
     select $1, "entryNo", at, actor, what, about, detail, decode(previous, 'hex'), decode(hash, 'hex')
     from json_to_recordset($2) as r ("entryNo" bigint, at timestamptz, actor text, what text, about text, detail jsonb, previous text, hash text)`,
    [communityId, JSON.stringify(chained)],
  )
  await client.query('update trail_heads set entry_no = $2, hash = $3 where community_id = $1', [communityId, entryNo, previous])
}

/** The trail, newest first, before an entry. */
export async function trailOf(
  pool: Pool,
  communityId: CommunityId,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<ToldEntry[]> {
  const { rows } = await pool.query(
    `select entry_no, at, actor, what, about, detail from trail
     where community_id = $1 and ($2::bigint is null or entry_no < $2) order by entry_no desc limit $3`,
    [communityId, before ?? null, limit],
  )
  return rows.map(numberedOf)
}

/** `head`: the newest hash, hex; written down elsewhere, it shows a chain that was made anew as a whole. */
export type TrailCheck =
  | { readonly ok: true; readonly entries: number; readonly head: string }
  | { readonly ok: false; readonly entryNo: number }

/** Goes through the chain from the oldest entry that is kept to the head; names the first entry that was changed, or after which one is missing. */
export async function verifyTrail(pool: Pool, communityId: CommunityId): Promise<TrailCheck> {
  const { rows } = await pool.query(
    'select entry_no, at, actor, what, about, detail, previous, hash from trail where community_id = $1 order by entry_no',
    [communityId],
  )
  let before: { entryNo: number; hash: Buffer } | undefined
  for (const row of rows) {
    const entry = numberedOf(row)
    const follows = !before || (entry.entryNo === before.entryNo + 1 && before.hash.equals(row.previous))
    if (!follows || !hashOf(row.previous, entry).equals(row.hash)) return { ok: false, entryNo: entry.entryNo }
    before = { entryNo: entry.entryNo, hash: row.hash }
  }
  const head = await pool.query('select entry_no, hash from trail_heads where community_id = $1', [communityId])
  const [end] = head.rows
  const whole = !end || (before ? Number(end.entry_no) === before.entryNo && before.hash.equals(end.hash) : false)
  return whole || Number(end?.entry_no) === 0
    ? { ok: true, entries: rows.length, head: end ? end.hash.toString('hex') : '' }
    : { ok: false, entryNo: Number(end.entry_no) }
}

function hashOf(previous: Buffer, { entryNo, at, actor, what, about, detail }: Numbered): Buffer {
  const sorted = detail && Object.fromEntries(Object.entries(detail).sort(([a], [b]) => (a < b ? -1 : 1)))
  return createHash('sha256')
    .update(previous)
    .update(JSON.stringify([entryNo, at, actor, what, about, sorted]))
    .digest()
}

const numberedOf = (row: Record<string, unknown> & { at: Date }): Numbered => ({
  entryNo: Number(row.entry_no),
  at: row.at.toISOString(),
  actor: String(row.actor),
  what: String(row.what),
  about: row.about === null ? null : String(row.about),
  detail: row.detail as Numbered['detail'],
})
