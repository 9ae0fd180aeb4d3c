import type { Pool } from 'pg'
import { type CardKind, cardIdOf, hasTypableShortCode, shortCodeOf } from '../../../src/domain/card'
import type { CardId, CommunityId, HouseholdId, ResidentId } from '../../../src/domain/ids'
import type { Household, RosterPage } from '../../../src/domain/roster'
import { cardSigner } from '../../../src/server/database/keys'
import { signCard } from '../../../src/trust/card'
import { aCommunity, anInvite, aRoster, COMMUNITY, COMPOUND } from '../../support/community'

const SURNAMES = [...'张王李赵陈']

/** A compound of households with a person's card for each first resident and a household card. */
export function aRosterOf(households: number): RosterPage {
  return { compoundId: COMPOUND, page: 0, households: Array.from({ length: households }, (_, i) => household(i)) }
}

export const CAR_OWNERS = 7

function household(i: number): Household {
  const id = `home-${i}` as HouseholdId
  const people = Array.from({ length: 3 }, (_, n) => ({
    id: `${id}-${n}` as ResidentId,
    name: `${SURNAMES[(i + n) % SURNAMES.length]}建华`,
    phone: `139${String(i * 3 + n).padStart(8, '0')}`,
    tenure: 'owner' as const,
    initials: 'zjh',
  }))
  const [first] = people
  return {
    id,
    address: { building: '3', unit: '2', room: String(101 + i) },
    // One household has a car.
    plates: i === CAR_OWNERS ? ['苏A81234'] : [],
    residents: people,
    cards: [
      {
        id: personCard(i),
        kind: 'person',
        ...(first ? { residentId: first.id } : {}),
        shortCode: shortCodeOf(personCard(i)),
        state: i === 90 ? 'revoked' : 'valid',
      },
      { id: householdCard(i), kind: 'household', shortCode: shortCodeOf(householdCard(i)), state: 'valid' },
    ],
  }
}

export const personCard = (i: number) => cardId(i)
export const householdCard = (i: number) => cardId(5000 + i)

/** The first id from a number on whose short code every keyboard has. */
function cardId(n: number): CardId {
  for (let low = 0; ; low++) {
    const id = cardIdOf(Uint8Array.of(7, 0, 0, 0, 0, n >> 8, n & 0xff, low))
    if (hasTypableShortCode(id)) return id
  }
}

export interface CardPart {
  readonly kind?: CardKind
  /** ms */
  readonly expiresAt?: number
  readonly communityId?: CommunityId
}

/** A code as it is printed: signed by the community's own key. */
export async function aCard(pool: Pool, id: CardId, part: CardPart = {}): Promise<string> {
  const { keyId, key } = await cardSigner(pool, part.communityId ?? COMMUNITY.id)
  const now = Date.now()
  const expiresAt = Math.floor((part.expiresAt ?? now + 86_400_000) / 1000)
  return signCard({ id, kind: part.kind ?? 'person', issuedAt: Math.floor(now / 1000), expiresAt }, keyId, key)
}

/** A community with a roster, and the code of an invite for its south gate. */
export async function aGate(pool: Pool, households = 100): Promise<string> {
  await aCommunity(pool)
  await aRoster(pool, [aRosterOf(households)])
  return anInvite(pool)
}
