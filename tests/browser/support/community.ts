import type { Pool } from 'pg'
import { CROCKFORD, checkCharacter } from '../../../src/domain/card'
import type { CardId, HouseholdId, ResidentId } from '../../../src/domain/ids'
import type { Household, RosterPage } from '../../../src/domain/roster'
import { aCommunity, anInvite, aRoster, COMPOUND } from '../../support/community'

const SURNAMES = [...'张王李赵陈']

/** A compound of households with a person's card for each first resident and a household card. */
export function aRosterOf(households: number): RosterPage {
  return { compoundId: COMPOUND, page: 0, households: Array.from({ length: households }, (_, i) => household(i)) }
}

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
    plates: [],
    residents: people,
    cards: [
      {
        id: personCard(i),
        kind: 'person',
        ...(first ? { residentId: first.id } : {}),
        shortCode: shortCode(i),
        state: i === 90 ? 'revoked' : 'valid',
      },
      { id: householdCard(i), kind: 'household', shortCode: shortCode(5000 + i), state: 'valid' },
    ],
  }
}

export const personCard = (i: number) => `PERSONCARD${String(i).padStart(6, '0')}` as CardId
export const householdCard = (i: number) => `HOUSECARD${String(i).padStart(7, '0')}` as CardId

export function shortCode(n: number): string {
  for (let digits = n * 64; ; digits++) {
    const body = String(digits).padStart(7, '0')
    const check = checkCharacter(body)
    if (CROCKFORD.includes(check)) return body + check
  }
}

/** A community with a roster, and the code of an invite for its south gate. */
export async function aGate(pool: Pool, households = 100): Promise<string> {
  await aCommunity(pool)
  await aRoster(pool, [aRosterOf(households)])
  return anInvite(pool)
}
