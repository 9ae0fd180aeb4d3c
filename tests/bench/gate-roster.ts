import { cardIdOf, shortCodeOf } from '../../src/domain/card'
import type { CompoundId, HouseholdId, ResidentId } from '../../src/domain/ids'
import { type Household, type RosterPage, unitText } from '../../src/domain/roster'

const A_PAGE = 500 // residents
const A_HOUSEHOLD = 3 // residents
const BUILDINGS = 40
const UNITS = 4 // in a building
const SURNAMES = [...'张王李赵陈刘杨黄周吴']
const GIVEN = ['建华', '国芳', '志强', '秀英', '桂兰', '伟', '敏', '海燕', '玉梅']

/** Two compounds that differ in nothing but their size. */
export function aRosterOf(compoundId: CompoundId, residents: number): RosterPage[] {
  const households = Array.from({ length: Math.ceil(residents / A_HOUSEHOLD) }, (_, i) => household(compoundId, i))
  const perPage = Math.floor(A_PAGE / A_HOUSEHOLD)
  return Array.from({ length: Math.ceil(households.length / perPage) }, (_, page) => ({
    compoundId,
    page,
    households: households.slice(page * perPage, (page + 1) * perPage),
  }))
}

/** What is typed to find a household. */
export function unitTyped(i: number): string {
  const { building, unit, room } = addressOf(i)
  return `${building}-${unit}-${room}`
}

export const unitShown = (i: number) => unitText(addressOf(i))
export const householdId = (compoundId: CompoundId, i: number) => `${compoundId}-${i}` as HouseholdId
export const residentId = (compoundId: CompoundId, i: number, member: number) => `${compoundId}-${i}-${member}` as ResidentId

function addressOf(i: number): Household['address'] {
  const nth = Math.floor(i / BUILDINGS / UNITS)
  const room = (1 + Math.floor(nth / 2)) * 100 + 1 + (nth % 2)
  return { building: String(1 + (i % BUILDINGS)), unit: String(1 + (Math.floor(i / BUILDINGS) % UNITS)), room: String(room) }
}

function household(compoundId: CompoundId, i: number): Household {
  const cardId = cardIdOf(Uint8Array.of(1, compoundId.length, 0, 0, 0, i >> 16, (i >> 8) & 255, i & 255))
  return {
    id: householdId(compoundId, i),
    address: addressOf(i),
    plates: i % 4 === 0 ? [`苏A${10_000 + ((i * 7_919) % 90_000)}`] : [],
    residents: Array.from({ length: A_HOUSEHOLD }, (_, member) => ({
      id: residentId(compoundId, i, member),
      name: `${SURNAMES[(i + member) % SURNAMES.length]}${GIVEN[(i * A_HOUSEHOLD + member) % GIVEN.length]}`,
      phone: `139${String((i * A_HOUSEHOLD + member) * 4_793 + 10_000_000).padStart(8, '0')}`,
      tenure: 'owner' as const,
      initials: 'zjh',
    })),
    cards: [{ id: cardId, kind: 'household', shortCode: shortCodeOf(cardId), state: 'valid' }],
  }
}
