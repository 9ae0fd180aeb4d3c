import { shortCodeOf } from '../../../domain/card'
import type { CardId, HouseholdId, ResidentId } from '../../../domain/ids'
import type { Unstamped } from '../../../domain/operation'
import { err, ok, type Result } from '../../../domain/result'
import type { Card, Household, Resident } from '../../../domain/roster'
import { addressTyped } from '../../../domain/unit-typed'
import type { Also } from '../../../storage/record'
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

/** Where there is no list, the post builds it: the household, and the card that is given to it at once; both or neither. */
export async function addHousehold(
  services: Services,
  { unit, names }: { readonly unit: string; readonly names: readonly string[] },
  cardId?: CardId,
): Promise<Result<Household, StorageError>> {
  const { compoundId } = services.post.value
  const address = addressTyped(unit)
  if (!compoundId || !address) return err({ kind: 'storage-fault' })
  const household: Household = {
    id: crypto.randomUUID() as HouseholdId,
    address,
    plates: [],
    residents: await residentsNamed(names),
    cards: [],
  }
  const cards: Card[] = cardId ? [{ id: cardId, kind: 'household', shortCode: shortCodeOf(cardId), state: 'valid' }] : []
  const binding = cardId ? [{ kind: 'card-binding', cardId, compoundId, householdId: household.id } as const] : []
  return keepOnRoster(services, [{ kind: 'household-adding', compoundId, household }, ...binding], household, () =>
    householdAdded(services.db, services.ownCodec, compoundId, { ...household, cards }),
  )
}

/** Members whom nobody wrote down before, in a household that is known. */
export async function addMembers(
  services: Services,
  household: Household,
  names: readonly string[],
): Promise<Result<Household, StorageError>> {
  const compoundId = services.roster.value?.compoundOf.get(household.id)
  if (!compoundId) return err({ kind: 'storage-fault' })
  const residents = await residentsNamed(names)
  const adding = { kind: 'household-adding', compoundId, household: { ...household, residents, cards: [] } } as const
  const grown = { ...household, residents: [...household.residents, ...residents] }
  return keepOnRoster(services, [adding], grown, () =>
    householdChange(services.db, services.ownCodec, { compoundId, householdId: household.id }, (before) => ({
      ...before,
      residents: [...before.residents, ...residents],
    })),
  )
}

/** Names divided by spaces or commas. */
export function namesTyped(text: string): string[] {
  return text.split(/[\s,，、;；]+/).filter((name) => name !== '')
}

/** Whom the post wrote down is found by initials, as whoever was imported. */
async function residentsNamed(names: readonly string[]): Promise<Resident[]> {
  // Kept on the phone after the activation; until then a name is found by its characters.
  const initialsOf = names.length > 0 ? await import('../../../files/pinyin').then((m) => m.initialsOf).catch(() => undefined) : undefined
  return names.map((name) => {
    const initials = initialsOf?.(name)
    return { id: crypto.randomUUID() as ResidentId, name, tenure: 'owner', ...(initials ? { initials } : {}) }
  })
}

/** The roster's page and what the server is to hear of it: both or neither. */
async function keepOnRoster(
  services: Services,
  operations: readonly Unstamped[],
  household: Household,
  change: () => Promise<Also | undefined>,
): Promise<Result<Household, StorageError>> {
  try {
    const saved = await services.save(
      operations.map((operation) => ({ operation })),
      await change(),
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
