import type { Card, Household, Resident } from '../../../domain/roster'

/**
 * Gives households and residents of a new list the ids, cards and details that the phone already knows for the same unit and name,
 * so that bound cards go on working and "registered just now" is still told. A person's card goes with the person.
 */
export function keepKnown(listed: readonly Household[], known: readonly Household[]): readonly Household[] {
  const byUnit = new Map(known.map((household) => [unitKey(household), household]))
  return listed.map((household) => {
    const before = byUnit.get(unitKey(household))
    return before ? joined(household, before) : household
  })
}

function joined(listed: Household, before: Household): Household {
  const left = [...before.residents]
  const residents = listed.residents.map((resident) => {
    const i = placeOf(resident, left)
    const [same] = i < 0 ? [] : left.splice(i, 1)
    return same ? { ...same, ...resident, id: same.id } : resident
  })
  const here = new Set(residents.map(({ id }) => id))
  const stays = ({ residentId }: Card) => residentId === undefined || here.has(residentId)
  return {
    ...listed,
    id: before.id,
    plates: listed.plates.length > 0 ? listed.plates : before.plates,
    residents,
    cards: [...listed.cards, ...before.cards.filter((card) => stays(card) && !listed.cards.some(({ id }) => id === card.id))],
  }
}

/** Two of one name in a unit are told apart by their phone. */
function placeOf({ name, phone }: Resident, left: readonly Resident[]): number {
  const both = left.findIndex((other) => other.name === name && phone !== undefined && other.phone === phone)
  return both >= 0 ? both : left.findIndex((other) => other.name === name)
}

function unitKey({ address: { building, unit, room } }: Household): string {
  return [building, unit, room].join('|')
}
