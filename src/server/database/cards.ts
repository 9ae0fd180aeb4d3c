import type { Pool, PoolClient } from 'pg'
import { type CardKind, cardIdOf, hasTypableShortCode, shortCodeOf } from '../../domain/card'
import type { CardId, CommunityId, CompoundId, HouseholdId, ResidentId } from '../../domain/ids'
import type { Card, Household, RosterPage } from '../../domain/roster'
import { CHINA, dayOf } from '../../domain/time'
import { addChanges, tellKeys, tellRevokedCards } from './changes'
import { newKey } from './keys'
import { transaction } from './transaction'

const DAY = 86_400_000

export interface KeptCard {
  readonly id: CardId
  readonly shortCode: string
  readonly kind: CardKind
  readonly householdId?: HouseholdId
  readonly residentId?: ResidentId
  readonly issuedAt: Date
  readonly expiresAt: Date
  readonly revoked?: boolean
}

export interface NewCard {
  readonly kind: CardKind
  readonly householdId?: HouseholdId
  readonly residentId?: ResidentId
}

/** Makes cards of a compound; those of a household or a resident are told to its phones with the roster. */
export async function addCards(
  client: PoolClient,
  communityId: CommunityId,
  compoundId: CompoundId,
  cards: readonly NewCard[],
  { issuedAt, expiresAt }: { readonly issuedAt: Date; readonly expiresAt: Date },
): Promise<KeptCard[]> {
  const made: KeptCard[] = []
  for (const card of cards) made.push(await addCard(client, communityId, compoundId, { ...card, issuedAt, expiresAt }))
  await changeHouseholds(client, communityId, compoundId, (household) => withCards(household, made.filter(isOf(household))))
  return made
}

async function addCard(
  client: PoolClient,
  communityId: CommunityId,
  compoundId: CompoundId,
  card: NewCard & { readonly issuedAt: Date; readonly expiresAt: Date },
): Promise<KeptCard> {
  for (;;) {
    const id = cardIdOf(crypto.getRandomValues(new Uint8Array(8)))
    if (!hasTypableShortCode(id)) continue
    const shortCode = shortCodeOf(id)
    const { rowCount } = await client.query(
      `insert into cards (community_id, card_id, short_code, kind, compound_id, household_id, resident_id, issued_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
      [communityId, id, shortCode, card.kind, compoundId, card.householdId ?? null, card.residentId ?? null, card.issuedAt, card.expiresAt],
    )
    if (rowCount === 1) return { ...card, id, shortCode }
  }
}

/** Cards that a compound's roster names already. */
export async function keepCards(
  db: Pick<Pool, 'query'>,
  communityId: CommunityId,
  compoundId: CompoundId,
  cards: readonly KeptCard[],
): Promise<void> {
  await db.query(
    `insert into cards (community_id, card_id, short_code, kind, compound_id, household_id, resident_id, issued_at, expires_at, revoked_at)
     select $1, id, "shortCode", kind, $2, "householdId", "residentId", "issuedAt", "expiresAt", case when revoked then now() end
     from json_to_recordset($3) as r (id text, "shortCode" text, kind text, "householdId" text, "residentId" text,
       "issuedAt" timestamptz, "expiresAt" timestamptz, revoked boolean)`,
    [communityId, compoundId, JSON.stringify(cards)],
  )
}

/** The compound's cards that hold, bound ones and blank ones. */
export async function cardsOf(client: PoolClient, communityId: CommunityId, compoundId: CompoundId): Promise<KeptCard[]> {
  const { rows } = await client.query(
    `select card_id, short_code, kind, household_id, resident_id, issued_at, expires_at from cards
     where community_id = $1 and compound_id = $2 and revoked_at is null and expires_at > now() order by card_id`,
    [communityId, compoundId],
  )
  return rows.map((row) => ({
    id: row.card_id,
    shortCode: row.short_code,
    kind: row.kind,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    ...(row.household_id ? { householdId: row.household_id } : {}),
    ...(row.resident_id ? { residentId: row.resident_id } : {}),
  }))
}

export async function householdsOf(client: PoolClient, communityId: CommunityId, compoundId: CompoundId): Promise<Household[]> {
  const { rows } = await client.query<{ payload: RosterPage }>(
    'select payload from roster_pages where community_id = $1 and compound_id = $2 order by page',
    [communityId, compoundId],
  )
  return rows.flatMap(({ payload }) => payload.households)
}

/** Why a card was not bound, or not taken back. */
export type CardRefusal = 'unknown-card' | 'card-bound'

/** Binds a card that was printed in advance; again to the same household is the same. */
export async function bindCard(
  client: PoolClient,
  communityId: CommunityId,
  compoundId: CompoundId,
  { cardId, householdId, residentId }: { readonly cardId: CardId; readonly householdId: HouseholdId; readonly residentId?: ResidentId },
): Promise<CardRefusal | undefined> {
  const { rows } = await client.query('select household_id, expires_at from cards where community_id = $1 and card_id = $2 for update', [
    communityId,
    cardId,
  ])
  const [known] = rows
  if (!known) return 'unknown-card'
  if (known.household_id && known.household_id !== householdId) return 'card-bound'
  const card: Card = {
    id: cardId,
    kind: residentId ? 'person' : 'household',
    shortCode: shortCodeOf(cardId),
    state: 'valid',
    validUntil: lastDay(known.expires_at),
    ...(residentId ? { residentId } : {}),
  }
  const changed = await changeHouseholds(client, communityId, compoundId, (household) =>
    household.id === householdId ? { ...household, cards: [...household.cards.filter(({ id }) => id !== cardId), card] } : household,
  )
  if (changed === 0) return 'unknown-card'
  await client.query('update cards set household_id = $3, resident_id = $4, compound_id = $5 where community_id = $1 and card_id = $2', [
    communityId,
    cardId,
    householdId,
    residentId ?? null,
    compoundId,
  ])
  return undefined
}

/** A card holds no longer, wherever it is shown. */
export async function revokeCard(
  client: PoolClient,
  communityId: CommunityId,
  compoundId: CompoundId,
  cardId: CardId,
): Promise<CardRefusal | undefined> {
  const { rowCount } = await client.query(
    'update cards set revoked_at = coalesce(revoked_at, now()) where community_id = $1 and card_id = $2 and compound_id = $3',
    [communityId, cardId, compoundId],
  )
  const changed = await changeHouseholds(client, communityId, compoundId, (household) =>
    household.cards.some(({ id }) => id === cardId)
      ? { ...household, cards: household.cards.map((card): Card => (card.id === cardId ? { ...card, state: 'revoked' } : card)) }
      : household,
  )
  // A card of others' making was never made here: the roster alone knows it.
  if (rowCount === 0 && changed === 0) return 'unknown-card'
  await tellRevokedCards(client, communityId)
  return undefined
}

/** A new key for cards, told to every phone; what the old one signed still verifies until it expires. */
export async function rotateCardKey(pool: Pool, communityId: CommunityId): Promise<string> {
  return transaction(pool, async (client) => {
    const keyId = await newKey(client, communityId, 'card')
    await tellKeys(client, communityId)
    return keyId
  })
}

/** The last whole day that a card holds. */
const lastDay = (expiresAt: Date) => dayOf(expiresAt.getTime() - DAY, CHINA)

const isOf = (household: Household) => (card: KeptCard) => card.householdId === household.id

function withCards(household: Household, cards: readonly KeptCard[]): Household {
  if (cards.length === 0) return household
  const added = cards.map(
    ({ id, shortCode, residentId, expiresAt }): Card => ({
      id,
      kind: residentId ? 'person' : 'household',
      shortCode,
      state: 'valid',
      validUntil: lastDay(expiresAt),
      ...(residentId ? { residentId } : {}),
    }),
  )
  return { ...household, cards: [...household.cards, ...added] }
}

/** Rewrites the roster pages of which a household changed, and tells the phones; how many pages that were. */
async function changeHouseholds(
  client: PoolClient,
  communityId: CommunityId,
  compoundId: CompoundId,
  change: (household: Household) => Household,
): Promise<number> {
  const { rows } = await client.query<{ page: number; payload: RosterPage }>(
    'select page, payload from roster_pages where community_id = $1 and compound_id = $2 order by page for update',
    [communityId, compoundId],
  )
  const changed = rows.flatMap(({ page, payload }) => {
    const households = payload.households.map(change)
    return households.some((household, i) => household !== payload.households[i]) ? [{ page, payload: { ...payload, households } }] : []
  })
  for (const { page, payload } of changed) {
    await client.query('update roster_pages set payload = $4 where community_id = $1 and compound_id = $2 and page = $3', [
      communityId,
      compoundId,
      page,
      JSON.stringify(payload),
    ])
  }
  await addChanges(
    client,
    communityId,
    changed.map(({ page }) => ({ unitId: compoundId, kind: 'roster-page', payload: { compoundId, page } })),
  )
  return changed.length
}
