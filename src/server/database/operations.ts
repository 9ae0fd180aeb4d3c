import type { Pool, PoolClient } from 'pg'
import type { CommunityId, CompoundId, DeviceId, OperationKey } from '../../domain/ids'
import type { Operation, RosterImport } from '../../domain/operation'
import { correctedTime, type Day } from '../../domain/time'
import { bindCard, type CardRefusal, revokeCard } from './cards'
import { caseChanges } from './cases'
import { addChanges } from './changes'
import { trailOfOperations } from './operation-trail'
import { ensurePartitions, partitionDay } from './partitions'
import { addHousehold, noteBack, replaceRoster } from './rosters'
import { addToTrail } from './trail'
import { transaction } from './transaction'

/** An operation and where it counts: a local post that joined is one of the community's own. */
export interface Placed {
  readonly operation: Operation
  readonly postId: string
  /** Where an imported roster goes, a card belongs, or somebody has come back to. */
  readonly compoundId?: CompoundId
}

export interface Inserted {
  readonly accepted: readonly OperationKey[]
  /** The same record was here before. */
  readonly duplicates: readonly OperationKey[]
  /** The key was here before with other content, or from another device. */
  readonly conflicts: readonly OperationKey[]
  /** What could not take effect, and was not kept: a card that is not here. */
  readonly refused: ReadonlyMap<OperationKey, CardRefusal>
}

/** Two phones write under one identity: the same number of a device came with two keys. Nothing of the batch was kept. */
export class ForkError extends Error {
  override readonly name = 'ForkError'
}

interface Row {
  readonly day: Day
  readonly key: OperationKey
}

const AGAINST_DISORDER = (a: Row, b: Row) => (a.day === b.day ? (a.key < b.key ? -1 : 1) : a.day < b.day ? -1 : 1)

/** Keeps a batch in one transaction. `forked`: the device's numbers are known to have come twice. Rows go in the order of their primary key: connections that push the same rows never deadlock. */
export async function insertOperations(
  pool: Pool,
  communityId: CommunityId,
  deviceId: DeviceId,
  batch: readonly Placed[],
  now: number,
  { forked = false }: { readonly forked?: boolean } = {},
): Promise<Inserted> {
  const rows = batch.map(rowOf).sort(AGAINST_DISORDER)
  await ensurePartitions(pool, new Set(rows.map(({ day }) => day)), now)
  return transaction(pool, async (client) => {
    const json = JSON.stringify(rows)
    const { rows: fresh } = await client.query<{ key: OperationKey }>(
      `insert into operations (community_id, day, key, device_id, seq, kind, post_id, at, target, payload)
       select $1, day, key, $2, seq, kind, post_id, at, target, payload
       from json_to_recordset($3) as r (day date, key text, seq bigint, kind text, post_id text, at timestamptz, target text, payload jsonb)
       on conflict do nothing returning key`,
      [communityId, deviceId, json],
    )
    const accepted = new Set(fresh.map(({ key }) => key))
    if (!forked && accepted.size > 0 && (await isForked(client, communityId, deviceId, json))) throw new ForkError()
    const known = accepted.size === rows.length ? new Set<OperationKey>() : await sameAsBefore(client, communityId, deviceId, json)
    const news = batch.filter(({ operation }) => accepted.has(operation.key))
    await applyRosterImports(client, communityId, deviceId, news)
    const refused = await applyCards(client, communityId, news)
    await applyArrivals(client, communityId, news)
    await takeBack(client, communityId, news, refused)
    await addChanges(client, communityId, await caseChanges(client, communityId, news))
    await addToTrail(
      client,
      communityId,
      trailOfOperations(
        deviceId,
        news.filter(({ operation }) => !refused.has(operation.key)),
      ),
    )
    const others = [...new Set(rows.map(({ key }) => key))].filter((key) => !accepted.has(key))
    return {
      accepted: [...accepted].filter((key) => !refused.has(key)),
      duplicates: others.filter((key) => known.has(key)),
      conflicts: others.filter((key) => !known.has(key)),
      refused,
    }
  })
}

function rowOf({ operation, postId }: Placed) {
  return {
    day: partitionDay(operation.key),
    key: operation.key,
    seq: operation.seq,
    kind: operation.kind,
    post_id: postId,
    at: storedTime(correctedTime(operation)),
    target: 'target' in operation ? operation.target : null,
    payload: operation,
  }
}

/** A clock set to nonsense must not make a time that PostgreSQL cannot hold; the payload keeps what the phone said. */
function storedTime(ms: number): string {
  const least = Date.parse('1970-01-01T00:00:00Z')
  const most = Date.parse('2200-01-01T00:00:00Z')
  return new Date(Math.min(Math.max(Number.isFinite(ms) ? ms : least, least), most)).toISOString()
}

async function sameAsBefore(client: PoolClient, communityId: CommunityId, deviceId: DeviceId, json: string): Promise<Set<OperationKey>> {
  const { rows } = await client.query<{ key: OperationKey }>(
    `select o.key from json_to_recordset($3) as r (day date, key text, payload jsonb)
     join operations o on o.community_id = $1 and o.day = r.day and o.key = r.key
     where o.device_id = $2 and o.payload = r.payload`,
    [communityId, deviceId, json],
  )
  return new Set(rows.map(({ key }) => key))
}

/** What is sent back to a person is not kept: mended or sent again, it is judged anew. */
async function takeBack(
  client: PoolClient,
  communityId: CommunityId,
  batch: readonly Placed[],
  refused: ReadonlyMap<OperationKey, CardRefusal>,
): Promise<void> {
  for (const { operation } of batch.filter(({ operation }) => refused.has(operation.key))) {
    await client.query('delete from operations where community_id = $1 and day = $2 and key = $3', [
      communityId,
      partitionDay(operation.key),
      operation.key,
    ])
  }
}

async function isForked(client: PoolClient, communityId: CommunityId, deviceId: DeviceId, json: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from json_to_recordset($3) as r (key text, seq bigint)
     join operations o on o.community_id = $1 and o.device_id = $2 and o.seq = r.seq and o.key <> r.key limit 1`,
    [communityId, deviceId, json],
  )
  return rowCount === 1
}

/** New households, bindings and revocations of cards, in their order; why one could not take effect. */
async function applyCards(client: PoolClient, communityId: CommunityId, batch: readonly Placed[]): Promise<Map<OperationKey, CardRefusal>> {
  const refused = new Map<OperationKey, CardRefusal>()
  for (const { operation, compoundId } of [...batch].sort((a, b) => a.operation.seq - b.operation.seq)) {
    if (!compoundId) continue
    if (operation.kind === 'household-adding') await addHousehold(client, communityId, compoundId, operation.household)
    if (operation.kind !== 'card-binding' && operation.kind !== 'card-revocation') continue
    const refusal =
      operation.kind === 'card-binding'
        ? await bindCard(client, communityId, compoundId, operation)
        : await revokeCard(client, communityId, compoundId, operation.cardId)
    if (refusal) refused.set(operation.key, refusal)
  }
  return refused
}

/** Who has arrived is away no longer: another phone of the post need not ask again. */
async function applyArrivals(client: PoolClient, communityId: CommunityId, batch: readonly Placed[]): Promise<void> {
  for (const { operation, compoundId } of batch) {
    if (operation.kind === 'arrival' && operation.residentId && compoundId)
      await noteBack(client, communityId, compoundId, operation.residentId)
  }
}

/** An import applies when all of its pages have come, in whatever batches. */
async function applyRosterImports(
  client: PoolClient,
  communityId: CommunityId,
  deviceId: DeviceId,
  batch: readonly Placed[],
): Promise<void> {
  const imports = new Map<string, { of: number; compoundId: CompoundId }>()
  for (const { operation, compoundId } of batch) {
    if (operation.kind !== 'roster-import' || !compoundId) continue
    imports.set(operation.importId, { of: operation.of, compoundId })
  }
  for (const [importId, { of, compoundId }] of imports) {
    const { rows } = await client.query<{ payload: RosterImport }>(
      `select payload from operations
       where community_id = $1 and device_id = $2 and kind = 'roster-import' and payload->>'importId' = $3`,
      [communityId, deviceId, importId],
    )
    const pages = new Map(rows.map(({ payload }) => [payload.page.page, payload.page]))
    const inOrder = [...pages.values()].sort((a, b) => a.page - b.page)
    if (inOrder.length === of) await replaceRoster(client, communityId, compoundId, inOrder)
  }
}

/** How many operations of a device are here, and its check-ins by calendar day. */
export async function heldOf(
  pool: Pool,
  communityId: CommunityId,
  deviceId: DeviceId,
): Promise<{ operations: number; checkIns: Record<string, number> }> {
  const { rows } = await pool.query<{ day: string; operations: string; check_ins: string }>(
    `select to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, count(*) as operations, count(*) filter (where kind = 'check-in') as check_ins
     from operations where community_id = $1 and device_id = $2 group by 1 order by 1`,
    [communityId, deviceId],
  )
  return {
    operations: rows.reduce((sum, row) => sum + Number(row.operations), 0),
    checkIns: Object.fromEntries(rows.filter((row) => Number(row.check_ins) > 0).map((row) => [row.day, Number(row.check_ins)])),
  }
}

export interface HeldRecord {
  readonly key: OperationKey
  readonly kind: Operation['kind']
  readonly at: Date
  readonly postId: string
}

/** What is here of a device's calendar day in China, what it said of that day's records too. Tips, of which a phone keeps no trace, are left out. */
export async function heldOfDay(
  pool: Pool,
  communityId: CommunityId,
  { deviceId, day }: { readonly deviceId: DeviceId; readonly day: string },
): Promise<HeldRecord[]> {
  const { rows } = await pool.query<{ key: OperationKey; kind: Operation['kind']; happened: Date; post_id: string }>(
    `select o.key, o.kind, coalesce((o.payload->>'occurredAt')::timestamptz, o.at) as happened, o.post_id
     from operations o left join operations t on t.community_id = o.community_id and t.key = o.target
     where o.community_id = $1 and o.device_id = $2 and o.kind <> 'tip'
       and (coalesce((coalesce(t.payload, o.payload)->>'occurredAt')::timestamptz, t.at, o.at) at time zone 'Asia/Shanghai')::date = $3::date
     order by o.seq`,
    [communityId, deviceId, day],
  )
  return rows.map(({ key, kind, happened, post_id }) => ({ key, kind, at: happened, postId: post_id }))
}

/** Which of these records of a device are here. */
export async function heldKeys(
  pool: Pool,
  communityId: CommunityId,
  { deviceId, keys }: { readonly deviceId: DeviceId; readonly keys: readonly string[] },
): Promise<OperationKey[]> {
  const { rows } = await pool.query<{ key: OperationKey }>(
    'select key from operations where community_id = $1 and device_id = $2 and key = any($3)',
    [communityId, deviceId, keys],
  )
  return rows.map(({ key }) => key)
}
