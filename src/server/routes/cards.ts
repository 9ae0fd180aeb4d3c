import type { FastifyInstance } from 'fastify'
import type { Pool, PoolClient } from 'pg'
import type { CommunityId, CompoundId } from '../../domain/ids'
import { signCard } from '../../trust/card'
import { CardOrderRequest, type CardsResponse, type PrintedCard } from '../../wire/desk'
import { PATHS } from '../../wire/protocol'
import { addCards, cardsOf, householdsOf, type KeptCard, type NewCard } from '../database/cards'
import { CARD_DAYS, cardSigner } from '../database/keys'
import { addToTrail } from '../database/trail'
import { transaction } from '../database/transaction'
import { bodyOf } from './read-request'

const DAY = 86_400_000

/** Cards to print: made, signed and told to the phones. */
export function cardRoutes(app: FastifyInstance, pool: Pool, clock: () => number): void {
  app.post(
    PATHS.cards,
    {
      config: {
        admission: {
          by: 'device',
          right: 'issue-cards',
          reach: async (request) => ({ unitIds: [bodyOf(CardOrderRequest, request).compoundId] }),
        },
      },
    },
    async (request): Promise<CardsResponse> => {
      const order = bodyOf(CardOrderRequest, request)
      const { communityId, id: actor } = request.device
      const cards = await transaction(pool, async (client) => {
        const printed = await cardsFor(client, communityId, order, clock())
        const detail = { cards: printed.length, order: order.order }
        await addToTrail(client, communityId, [{ actor, what: 'card-made', about: order.compoundId, detail }])
        return printed
      })
      return { gatepost: 'cards', cards: await signed(pool, communityId, cards), serverTime: new Date(clock()).toISOString() }
    },
  )
}

/** The cards of an order: those that are wanting are made; those that are there are printed again where that is asked. */
export async function cardsFor(client: PoolClient, communityId: CommunityId, order: CardOrderRequest, now: number): Promise<KeptCard[]> {
  const compoundId = order.compoundId as CompoundId
  const times = { issuedAt: new Date(now), expiresAt: new Date(now + CARD_DAYS * DAY) }
  if (order.order === 'blank') {
    const blank = Array.from({ length: order.count ?? 1 }, (): NewCard => ({ kind: 'blank' }))
    return addCards(client, communityId, compoundId, blank, times)
  }
  const wanted = await wantedBy(client, communityId, compoundId, order)
  const there = await cardsOf(client, communityId, compoundId)
  const isThere = (card: NewCard) =>
    there.find(({ householdId, residentId }) => householdId === card.householdId && residentId === card.residentId)
  const made = await addCards(
    client,
    communityId,
    compoundId,
    wanted.filter((card) => !isThere(card)),
    times,
  )
  return order.again ? [...wanted.flatMap((card) => isThere(card) ?? []), ...made] : made
}

async function wantedBy(client: PoolClient, communityId: CommunityId, compoundId: CompoundId, order: CardOrderRequest): Promise<NewCard[]> {
  const chosen = order.householdIds && new Set<string>(order.householdIds)
  const households = (await householdsOf(client, communityId, compoundId)).filter(({ id }) => !chosen || chosen.has(id))
  if (order.order === 'households') return households.map(({ id }) => ({ kind: 'household', householdId: id }))
  return households.flatMap(({ id, residents }) =>
    residents.map((resident): NewCard => ({ kind: 'person', householdId: id, residentId: resident.id })),
  )
}

/** Each card's code; what it says of itself stays the same, however often it is printed. */
export async function signed(pool: Pool, communityId: CommunityId, cards: readonly KeptCard[]): Promise<PrintedCard[]> {
  const { keyId, key } = await cardSigner(pool, communityId)
  return Promise.all(
    cards.map(async ({ id, kind, shortCode, householdId, residentId, issuedAt, expiresAt }) => ({
      code: await signCard({ id, kind, issuedAt: seconds(issuedAt), expiresAt: seconds(expiresAt) }, keyId, key),
      shortCode,
      kind,
      expiresAt: expiresAt.toISOString(),
      ...(householdId ? { householdId } : {}),
      ...(residentId ? { residentId } : {}),
    })),
  )
}

const seconds = (date: Date) => Math.floor(date.getTime() / 1000)
