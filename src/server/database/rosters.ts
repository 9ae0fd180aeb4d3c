import type { Pool, PoolClient } from 'pg'
import type { CommunityId, CompoundId, ResidentId } from '../../domain/ids'
import type { Card, Household, Resident, RosterPage } from '../../domain/roster'
import { keepKnown } from '../../files/keep-known'
import { rosterPages } from '../../files/roster-mapping'
import { householdsOf } from './cards'
import { addChanges, rosterChanges } from './changes'
import { transaction } from './transaction'

/** Puts a roster in the place of a compound's and tells its phones. */
export async function putRoster(pool: Pool, communityId: CommunityId, compoundId: CompoundId, pages: readonly RosterPage[]): Promise<void> {
  await transaction(pool, (client) => replaceRoster(client, communityId, compoundId, pages))
}

/** The same with a new list of the households: who was there before keeps id and cards. */
export async function putHouseholds(
  pool: Pool,
  communityId: CommunityId,
  compoundId: CompoundId,
  households: readonly Household[],
): Promise<void> {
  await transaction(pool, async (client) => {
    const known = await householdsOf(client, communityId, compoundId)
    await replaceRoster(client, communityId, compoundId, rosterPages(compoundId, keepKnown(households, known)))
  })
}

/** A card of others' making stands in the roster alone: switched off, it stays so, whatever the phone that imports a list had heard. */
export async function replaceRoster(
  client: PoolClient,
  communityId: CommunityId,
  compoundId: CompoundId,
  pages: readonly RosterPage[],
): Promise<void> {
  const before = await householdsOf(client, communityId, compoundId)
  const off = new Set(before.flatMap(({ cards }) => cards.filter(({ plain, state }) => plain && state === 'revoked').map(({ id }) => id)))
  const stillOff = (household: Household): Household =>
    household.cards.some(({ id }) => off.has(id))
      ? { ...household, cards: household.cards.map((card): Card => (off.has(card.id) ? { ...card, state: 'revoked' } : card)) }
      : household
  const numbered = pages.map((page, i) => ({
    page: i,
    payload: { ...page, households: page.households.map(stillOff), compoundId, page: i },
  }))
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

/** Adds a household that a post wrote down; to one that is known already, the members that it does not know. */
export async function addHousehold(
  client: PoolClient,
  communityId: CommunityId,
  compoundId: CompoundId,
  household: Household,
): Promise<void> {
  const pages = await pagesForUpdate(client, communityId, compoundId)
  const known = pages.find(({ households }) => households.some(({ id }) => id === household.id))
  if (known) return addMembers(client, communityId, known, household)
  const last = pages.at(-1)
  const grows = last !== undefined && last.households.length < A_PAGE
  const households = [...(grows ? last.households : []), { ...household, cards: [] }]
  await putPage(client, communityId, { compoundId, page: grows ? last.page : pages.length, households })
}

async function addMembers(client: PoolClient, communityId: CommunityId, page: RosterPage, { id, residents }: Household): Promise<void> {
  let isChanged = false
  const households = page.households.map((household) => {
    if (household.id !== id) return household
    const news = residents.filter((resident) => !household.residents.some((each) => each.id === resident.id))
    isChanged = news.length > 0
    return { ...household, residents: [...household.residents, ...news] }
  })
  if (isChanged) await putPage(client, communityId, { ...page, households })
}

/** Somebody whom the roster said to be away is back, and the compound's phones are told. */
export async function noteBack(
  client: PoolClient,
  communityId: CommunityId,
  compoundId: CompoundId,
  residentId: ResidentId,
): Promise<void> {
  for (const page of await pagesForUpdate(client, communityId, compoundId)) {
    if (!page.households.some(({ residents }) => residents.some(({ id, away }) => id === residentId && away))) continue
    const households = page.households.map((household) => ({
      ...household,
      residents: household.residents.map((resident) => (resident.id === residentId ? atHome(resident) : resident)),
    }))
    await putPage(client, communityId, { ...page, households })
  }
}

const atHome = ({ away: _back, ...resident }: Resident): Resident => resident

/** Locked until the transaction ends: two phones that add to one page at once would each lose what the other wrote. */
async function pagesForUpdate(client: PoolClient, communityId: CommunityId, compoundId: CompoundId): Promise<RosterPage[]> {
  const { rows } = await client.query<{ payload: RosterPage }>(
    'select payload from roster_pages where community_id = $1 and compound_id = $2 order by page for update',
    [communityId, compoundId],
  )
  return rows.map(({ payload }) => payload)
}

async function putPage(client: PoolClient, communityId: CommunityId, payload: RosterPage): Promise<void> {
  const { compoundId, page } = payload
  await client.query(
    `insert into roster_pages (community_id, compound_id, page, payload) values ($1, $2, $3, $4)
     on conflict (community_id, compound_id, page) do update set payload = excluded.payload`,
    [communityId, compoundId, page, JSON.stringify(payload)],
  )
  await addChanges(client, communityId, [{ unitId: compoundId, kind: 'roster-page', payload: { compoundId, page } }])
}
