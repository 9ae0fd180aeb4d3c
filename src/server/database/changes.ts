import type { PoolClient } from 'pg'
import type { Change } from '../../domain/change'
import type { CommunityId, CompoundId } from '../../domain/ids'

export interface NewChange {
  /** The compound (or other unit) that it concerns; none: the whole community. */
  readonly unitId?: string
  readonly kind: Change['kind']
  readonly payload: object
}

/** Numbers changes and keeps them. The community's row stays locked until the transaction ends, so that no reader skips a late one. */
export async function addChanges(client: PoolClient, communityId: CommunityId, changes: readonly NewChange[]): Promise<void> {
  if (changes.length === 0) return
  const { rows } = await client.query(
    'update communities set last_change = last_change + $2 where community_id = $1 returning last_change',
    [communityId, changes.length],
  )
  const first = Number(rows[0].last_change) - changes.length + 1
  const numbered = changes.map(({ unitId, kind, payload }, i) => ({ change_no: first + i, unit_id: unitId ?? null, kind, payload }))
  await client.query(
    `insert into changes (community_id, change_no, unit_id, kind, payload)
     select $1, change_no, unit_id, kind, payload from json_to_recordset($2) as r (change_no bigint, unit_id text, kind text, payload jsonb)`,
    [communityId, JSON.stringify(numbered)],
  )
}

/** Tells the community's phones its keys anew; which they are is read when a phone asks. */
export const tellKeys = (client: PoolClient, communityId: CommunityId) => addChanges(client, communityId, [{ kind: 'keys', payload: {} }])

/** Tells the community's phones which cards were switched off; they are read when a phone asks. */
export const tellRevokedCards = (client: PoolClient, communityId: CommunityId) =>
  addChanges(client, communityId, [{ kind: 'revoked-cards', payload: {} }])

export const rosterChanges = (compoundId: CompoundId, pages: number): NewChange[] => [
  { unitId: compoundId, kind: 'roster', payload: { compoundId, pages } },
  ...Array.from({ length: pages }, (_, page): NewChange => ({ unitId: compoundId, kind: 'roster-page', payload: { compoundId, page } })),
]
