import type { Pool, PoolClient } from 'pg'
import type { CommunityId, CompoundId } from '../../domain/ids'
import type { RosterPage } from '../../domain/roster'
import { addChanges, rosterChanges } from './changes'
import { transaction } from './transaction'

/** Puts a roster in the place of a compound's and tells its phones. */
export async function putRoster(pool: Pool, communityId: CommunityId, compoundId: CompoundId, pages: readonly RosterPage[]): Promise<void> {
  await transaction(pool, (client) => replaceRoster(client, communityId, compoundId, pages))
}

export async function replaceRoster(
  client: PoolClient,
  communityId: CommunityId,
  compoundId: CompoundId,
  pages: readonly RosterPage[],
): Promise<void> {
  const numbered = pages.map((page, i) => ({ page: i, payload: { ...page, compoundId, page: i } }))
  await client.query('delete from roster_pages where community_id = $1 and compound_id = $2', [communityId, compoundId])
  await client.query(
    `insert into roster_pages (community_id, compound_id, page, payload)
     select $1, $2, page, payload from json_to_recordset($3) as r (page integer, payload jsonb)`,
    [communityId, compoundId, JSON.stringify(numbered)],
  )
  await addChanges(client, communityId, rosterChanges(compoundId, pages.length))
}

export async function rosterOf(pool: Pool, communityId: CommunityId, compoundId: CompoundId): Promise<RosterPage[]> {
  const { rows } = await pool.query<{ payload: RosterPage }>(
    'select payload from roster_pages where community_id = $1 and compound_id = $2 order by page',
    [communityId, compoundId],
  )
  return rows.map(({ payload }) => payload)
}
