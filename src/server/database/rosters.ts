import type { Pool, PoolClient } from 'pg'
import type { CommunityId, CompoundId } from '../../domain/ids'
import type { Household, RosterPage } from '../../domain/roster'
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

const A_PAGE = 200 // households; a page that grows is told anew as a whole

/** Adds a household that a post wrote down; one that is known already stays as it is. */
export async function addHousehold(
  client: PoolClient,
  communityId: CommunityId,
  compoundId: CompoundId,
  household: Household,
): Promise<void> {
  const { rows } = await client.query<{ page: number; payload: RosterPage }>(
    'select page, payload from roster_pages where community_id = $1 and compound_id = $2 order by page for update',
    [communityId, compoundId],
  )
  if (rows.some(({ payload }) => payload.households.some(({ id }) => id === household.id))) return
  const last = rows.at(-1)
  const grows = last !== undefined && last.payload.households.length < A_PAGE
  const page = grows ? last.page : rows.length
  const payload: RosterPage = { compoundId, page, households: [...(grows ? last.payload.households : []), { ...household, cards: [] }] }
  await client.query(
    `insert into roster_pages (community_id, compound_id, page, payload) values ($1, $2, $3, $4)
     on conflict (community_id, compound_id, page) do update set payload = excluded.payload`,
    [communityId, compoundId, page, JSON.stringify(payload)],
  )
  await addChanges(client, communityId, [{ unitId: compoundId, kind: 'roster-page', payload: { compoundId, page } }])
}
