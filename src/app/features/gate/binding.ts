import { shortCodeOf } from '../../../domain/card'
import type { CardId, HouseholdId, ResidentId } from '../../../domain/ids'
import { err, ok, type Result } from '../../../domain/result'
import type { Card, Household } from '../../../domain/roster'
import { addressTyped } from '../../../domain/unit-typed'
import { householdAdded, householdChange } from '../../../storage/roster-store'
import { type StorageError, storageError } from '../../../storage/storage-error'
import type { Services } from '../../services'

/** Gives a card to a household, on this phone at once and for the server to hear: both or neither. */
export async function bindCard(
  services: Services,
  cardId: CardId,
  household: Household,
  takeOldBack: boolean,
): Promise<Result<unknown, StorageError>> {
  const compoundId = services.roster.value?.compoundOf.get(household.id)
  if (!compoundId) return err({ kind: 'storage-fault' })
  const old = takeOldBack ? household.cards.filter(({ kind, state }) => kind === 'household' && state === 'valid') : []
  const card: Card = { id: cardId, kind: 'household', shortCode: shortCodeOf(cardId), state: 'valid' }
  try {
    const also = await householdChange(services.db, services.ownCodec, { compoundId, householdId: household.id }, (before) => ({
      ...before,
      cards: [...before.cards.map((each) => (old.some(({ id }) => id === each.id) ? { ...each, state: 'revoked' as const } : each)), card],
    }))
    const binding = { kind: 'card-binding', cardId, compoundId, householdId: household.id } as const
    const revocations = old.map(({ id }) => ({ kind: 'card-revocation', cardId: id, compoundId }) as const)
    const saved = await services.save(
      [binding, ...revocations].map((operation) => ({ operation })),
      also,
    )
    if (saved.ok) await services.reloadRoster()
    return saved
  } catch (cause) {
    return err(storageError(cause))
  }
}

/** Where there is no list, the post builds it: the household and its card at once, both or neither. */
export async function addAndBind(
  services: Services,
  cardId: CardId,
  { unit, names }: { readonly unit: string; readonly names: readonly string[] },
): Promise<Result<Household, StorageError>> {
  const { compoundId } = services.post.value
  const address = addressTyped(unit)
  if (!compoundId || !address) return err({ kind: 'storage-fault' })
  const id = crypto.randomUUID() as HouseholdId
  const residents = names.map((name, i) => ({ id: `${id}-${i + 1}` as ResidentId, name, tenure: 'owner' as const }))
  const household: Household = { id, address, plates: [], residents, cards: [] }
  const card: Card = { id: cardId, kind: 'household', shortCode: shortCodeOf(cardId), state: 'valid' }
  try {
    const also = await householdAdded(services.db, services.ownCodec, compoundId, { ...household, cards: [card] })
    const saved = await services.save(
      [
        { operation: { kind: 'household-adding', compoundId, household } },
        { operation: { kind: 'card-binding', cardId, compoundId, householdId: id } },
      ],
      also,
    )
    if (!saved.ok) return saved
    await services.reloadRoster()
    return ok(household)
  } catch (cause) {
    return err(storageError(cause))
  }
}

/** A card that was lost holds no longer: here at once, and for the server to tell all others. */
export async function revokeCard(services: Services, cardId: CardId, household: Household): Promise<Result<unknown, StorageError>> {
  const compoundId = services.roster.value?.compoundOf.get(household.id)
  if (!compoundId) return err({ kind: 'storage-fault' })
  try {
    const also = await householdChange(services.db, services.ownCodec, { compoundId, householdId: household.id }, (before) => ({
      ...before,
      cards: before.cards.map((card) => (card.id === cardId ? { ...card, state: 'revoked' as const } : card)),
    }))
    const saved = await services.save([{ operation: { kind: 'card-revocation', cardId, compoundId } }], also)
    if (saved.ok) await services.reloadRoster()
    return saved
  } catch (cause) {
    return err(storageError(cause))
  }
}
