import type { CardId, ResidentId } from '../domain/ids'
import type { Card, Household, Resident } from '../domain/roster'

/**
 * Gives households and residents of a new list the ids, cards and details that the phone already knows for the same unit and name,
 * so that bound cards go on working and "registered just now" is still told. A person's card goes with the person. Of the cards of others'
 * making the new list says whose they are, where it names them; one that was switched off stays so.
 */
export function keepKnown(listed: readonly Household[], known: readonly Household[]): readonly Household[] {
  const revoked = new Set(known.flatMap(({ cards }) => cards.filter(({ state }) => state === 'revoked').map(({ id }) => id)))
  const named = new Set(listed.flatMap(({ cards }) => cards.map(({ id }) => id)))
  const byUnit = new Map(known.map((household) => [unitKey(household), household]))
  return listed.map((household) => {
    const cards = household.cards.map((card): Card => (revoked.has(card.id) ? { ...card, state: 'revoked' } : card))
    const before = byUnit.get(unitKey(household))
    return before ? joined({ ...household, cards }, before, named) : { ...household, cards }
  })
}

function joined(listed: Household, before: Household, named: ReadonlySet<CardId>): Household {
  const left = [...before.residents]
  const idNow = new Map<ResidentId, ResidentId>()
  const residents = listed.residents.map((resident) => {
    const i = placeOf(resident, left)
    const [same] = i < 0 ? [] : left.splice(i, 1)
    if (same) idNow.set(resident.id, same.id)
    return same ? { ...same, ...resident, id: same.id } : resident
  })
  const here = new Set(residents.map(({ id }) => id))
  const cards = listed.cards.map((card) =>
    card.residentId ? { ...card, residentId: idNow.get(card.residentId) ?? card.residentId } : card,
  )
  /** Somebody whom the new list gives another card of others' making gave the old one back. */
  const isReplaced = ({ plain, state, residentId }: Card) =>
    plain && state === 'valid' && cards.some((card) => card.plain && card.residentId === residentId)
  const stays = (card: Card) => (!card.residentId || here.has(card.residentId)) && !named.has(card.id) && !isReplaced(card)
  return {
    ...listed,
    id: before.id,
    plates: listed.plates.length > 0 ? listed.plates : before.plates,
    residents,
    cards: [...cards, ...before.cards.filter(stays)],
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
