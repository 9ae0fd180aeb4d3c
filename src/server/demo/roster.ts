import { cardIdOf, hasTypableShortCode, shortCodeOf } from '../../domain/card'
import type { CardId, HouseholdId, ResidentId } from '../../domain/ids'
import type { Card, Household, Resident, RosterPage, UnitAddress } from '../../domain/roster'
import { CHINA, type Day, dayOf } from '../../domain/time'
import { initialsOf } from '../../files/pinyin'
import { rosterPages } from '../../files/roster-mapping'
import { aName, aPhone } from './names'
import { COMPOUNDS, type DemoCompound } from './places'
import type { Random } from './random'

const PLATES = { all: 310, newEnergy: 40, wuhan: 3 }
const REVOKED = 5
const EXPIRED = 3
const TENANTS = 0.3
const HOUSEHOLD_CARD_ONLY = 0.15
const NO_CARD = 0.2
const DAY = 86_400_000

export interface DemoRoster {
  readonly compound: DemoCompound
  readonly pages: readonly RosterPage[]
}

/** The rosters of all compounds; the counts are exact, the people made up. `today` is the day that stands for 18 February 2020. */
export function demoRosters(random: Random, today: number): DemoRoster[] {
  const drawn = COMPOUNDS.map((compound) => ({ compound, households: householdsOf(compound, random) }))
  const all = drawn.flatMap(({ households }) => households)
  const plated = withPlates(all, random)
  const marked = withAway(withSpoiltCards(plated, today))
  const byId = new Map(marked.map((household) => [household.id, household]))
  return drawn.map(({ compound, households }) => ({
    compound,
    pages: rosterPages(
      compound.id,
      households.map((household) => byId.get(household.id) ?? household),
    ),
  }))
}

function householdsOf(compound: DemoCompound, random: Random): Household[] {
  const sizes = householdSizes(compound, random)
  return sizes.map((size, i) => {
    const id = `${compound.id}-${i + 1}` as HouseholdId
    const tenure = random.next() < TENANTS ? 'tenant' : 'owner'
    const residents: Resident[] = Array.from({ length: size }, (_, n) => {
      const name = aName(random)
      return { id: `${id}-${n + 1}` as ResidentId, name, phone: aPhone(random), tenure, initials: initialsOf(name) }
    })
    return { id, address: addressOf(compound, i), plates: [], residents, cards: cardsOf(residents, random) }
  })
}

/** One person in each, the others spread by chance, so that the sum is exact. */
function householdSizes({ households, residents }: DemoCompound, random: Random): number[] {
  const sizes = new Array<number>(households).fill(1)
  for (let left = residents - households; left > 0; ) {
    const at = random.int(households)
    const size = sizes[at] ?? 0
    if (size >= 6) continue
    sizes[at] = size + 1
    left--
  }
  return sizes
}

function addressOf({ layout }: DemoCompound, index: number): UnitAddress {
  if (layout === 'village') return { building: '', unit: '', room: String(index + 1) }
  const { stairs, floors, doors } = layout
  const perBuilding = stairs * floors * doors
  const inBuilding = index % perBuilding
  const floor = Math.floor((inBuilding % (floors * doors)) / doors) + 1
  const door = (inBuilding % doors) + 1
  return {
    building: String(Math.floor(index / perBuilding) + 1),
    unit: String(Math.floor(inBuilding / (floors * doors)) + 1),
    room: `${floor}${String(door).padStart(2, '0')}`,
  }
}

function cardsOf(residents: readonly Resident[], random: Random): Card[] {
  const chance = random.next()
  if (chance < NO_CARD) return []
  const household: Card = { ...newCode(random), kind: 'household', state: 'valid' }
  if (chance < NO_CARD + HOUSEHOLD_CARD_ONLY) return [household]
  return [
    household,
    ...residents.map((resident): Card => ({ ...newCode(random), kind: 'person', residentId: resident.id, state: 'valid' })),
  ]
}

function newCode(random: Random): { id: CardId; shortCode: string } {
  for (;;) {
    const id = cardIdOf(random.bytes(8))
    if (hasTypableShortCode(id)) return { id, shortCode: shortCodeOf(id) }
  }
}

function withPlates(households: readonly Household[], random: Random): Household[] {
  const plates = new Map<HouseholdId, string[]>()
  for (let i = 0; i < PLATES.all; i++) {
    const { id } = random.pick(households)
    plates.set(id, [...(plates.get(id) ?? []), aPlate(i, random)])
  }
  return households.map((household) => ({ ...household, plates: plates.get(household.id) ?? [] }))
}

function aPlate(index: number, random: Random): string {
  const digits = (count: number) => String(random.int(10 ** count)).padStart(count, '0')
  if (index < PLATES.wuhan) return `鄂A${digits(5)}`
  return index < PLATES.wuhan + PLATES.newEnergy ? `苏AD${digits(5)}` : `苏A${digits(5)}`
}

/** The first cards of persons in the list: some switched off, some run out. */
function withSpoiltCards(households: readonly Household[], today: number): Household[] {
  let revoked = 0
  let expired = 0
  const yesterday = dayOf(today - DAY, CHINA) as Day
  return households.map((household, i) => {
    if (i % 7 !== 3) return household
    const cards = household.cards.map((card): Card => {
      if (card.kind !== 'person') return card
      if (revoked < REVOKED) {
        revoked++
        return { ...card, state: 'revoked' }
      }
      if (expired < EXPIRED) {
        expired++
        return { ...card, validUntil: yesterday }
      }
      return card
    })
    return { ...household, cards }
  })
}

/** Here and there somebody went home for the holiday and is not back yet. */
function withAway(households: readonly Household[]): Household[] {
  return households.map((household, i) => {
    const [first, ...others] = household.residents
    return first && i % 60 === 9 ? { ...household, residents: [{ ...first, away: true }, ...others] } : household
  })
}
