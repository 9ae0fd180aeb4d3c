import type { Pool, PoolClient } from 'pg'
import type { CommunityId, OperationKey } from '../../domain/ids'

/** A record of a phone that was switched off, as it came. */
export interface HeldBack {
  readonly key: OperationKey
  readonly seq: number
  readonly payload: unknown
  readonly receivedAt: Date
}

type Queryable = Pick<Pool, 'query'> | PoolClient

/** Keeps records apart until somebody decides; the same key again changes nothing. */
export async function holdBack(
  db: Queryable,
  communityId: CommunityId,
  deviceId: string,
  records: readonly { readonly key: OperationKey; readonly seq: number; readonly payload: unknown }[],
  now: number,
): Promise<void> {
  await db.query(
    `insert into quarantine (community_id, device_id, key, seq, payload, received_at)
     select $1, $2, key, seq, payload, $4 from json_to_recordset($3) as r (key text, seq bigint, payload jsonb)
     order by key on conflict do nothing`,
    [communityId, deviceId, JSON.stringify(records), new Date(now)],
  )
}

/** What still waits for a decision, in the order that it was recorded. */
export async function heldBackOf(db: Queryable, communityId: CommunityId, deviceId: string, keys?: readonly string[]): Promise<HeldBack[]> {
  const { rows } = await db.query(
    `select key, seq, payload, received_at from quarantine
     where community_id = $1 and device_id = $2 and decision is null and ($3::text[] is null or key = any($3)) order by seq, key limit 1000`,
    [communityId, deviceId, keys ?? null],
  )
  return rows.map((row) => ({ key: row.key, seq: Number(row.seq), payload: row.payload, receivedAt: row.received_at }))
}

/** Marks records as decided; how many that were. Their content goes: what was accepted is in the log, what was rejected nobody needs. */
export async function decide(
  db: Queryable,
  communityId: CommunityId,
  deviceId: string,
  keys: readonly string[],
  { decision, by, now }: { readonly decision: 'accepted' | 'rejected'; readonly by: string; readonly now: number },
): Promise<number> {
  const { rowCount } = await db.query(
    `update quarantine set decision = $4, decided_by = $5, decided_at = $6, payload = '{}'
     where community_id = $1 and device_id = $2 and key = any($3) and decision is null`,
    [communityId, deviceId, keys, decision, by, new Date(now)],
  )
  return rowCount ?? 0
}
