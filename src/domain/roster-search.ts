import { isChecked, normalizeCode } from './card'
import type { CardId, CompoundId, HouseholdId, ResidentId } from './ids'
import { type PrefixLines, prefixLines, withPrefix } from './prefix-lines'
import type { Card, Household, Resident, RosterPage } from './roster'

/** Who carries a card. */
export interface CardHolder {
  readonly card: Card
  readonly household: Household
  /** Of a person's card. */
  readonly resident?: Resident
}

export const REASONS = ['code', 'plain-card', 'unit', 'initials', 'phone', 'plate', 'name'] as const
/** Why something was found. */
export type Reason = (typeof REASONS)[number]

export interface Found {
  readonly why: Reason
  readonly household: Household
  /** None: the whole household was found, by its unit or a plate. */
  readonly resident?: Resident
}

export const LINE_KINDS = ['unit', 'room', 'initials', 'phone', 'plate', 'name'] as const
export type LineKind = (typeof LINE_KINDS)[number]

/** The roster in memory, ready to be searched. */
export interface RosterIndex {
  readonly residents: number
  readonly households: number
  readonly compoundIds: readonly CompoundId[]
  /** Where a unit's number alone does not tell the home. */
  readonly compoundOf: ReadonlyMap<HouseholdId, CompoundId>
  readonly holderByCard: ReadonlyMap<CardId, CardHolder>
  readonly holderByShortCode: ReadonlyMap<string, CardHolder>
  readonly householdById: ReadonlyMap<HouseholdId, Household>
  readonly residentById: ReadonlyMap<ResidentId, { readonly resident: Resident; readonly household: Household }>
  lines(kind: LineKind): PrefixLines
  readonly allHouseholds: readonly Household[]
  readonly allResidents: readonly { readonly resident: Resident; readonly household: Household }[]
}

const PLATE_TAIL = 3 // the fewest characters of a plate that someone calls out

/** Reads a roster into memory: maps for cards, one long string per kind of key for what is typed. */
export function buildRosterIndex(pages: readonly RosterPage[]): RosterIndex {
  const allHouseholds = pages.flatMap(({ households }) => households)
  const allResidents = allHouseholds.flatMap((household) => household.residents.map((resident) => ({ resident, household })))
  const residentById = new Map(allResidents.map((entry) => [entry.resident.id, entry]))
  const holders = allHouseholds.flatMap((household) => household.cards.map((card) => holderOf(card, household, residentById)))
  return {
    residents: allResidents.length,
    households: allHouseholds.length,
    compoundIds: [...new Set(pages.map(({ compoundId }) => compoundId))],
    compoundOf: new Map(pages.flatMap(({ compoundId, households }) => households.map(({ id }) => [id, compoundId] as const))),
    holderByCard: new Map(holders.map((holder) => [holder.card.id, holder])),
    // Under a card of others' making stands no short code of ours.
    holderByShortCode: new Map(holders.filter(({ card }) => !card.plain).map((holder) => [holder.card.shortCode, holder])),
    householdById: new Map(allHouseholds.map((household) => [household.id, household])),
    residentById,
    lines: linesOf(allHouseholds, allResidents),
    allHouseholds,
    allResidents,
  }
}

/** Each kind of key is put in order when it is first asked for: a card is looked up without any. */
function linesOf(households: RosterIndex['allHouseholds'], residents: RosterIndex['allResidents']): RosterIndex['lines'] {
  const ofHouseholds = (keys: (household: Household) => readonly string[]) =>
    prefixLines(households.flatMap((household, i) => keys(household).map((key) => [key, i] as const)))
  const ofResidents = (keys: (resident: Resident) => readonly string[]) =>
    prefixLines(residents.flatMap(({ resident }, i) => keys(resident).map((key) => [key, i] as const)))
  const make: Readonly<Record<LineKind, () => PrefixLines>> = {
    unit: () => ofHouseholds(unitKeys),
    room: () => ofHouseholds(({ address }) => [plain(address.room)]),
    initials: () => ofResidents(({ initials }) => (initials ? [plain(initials)] : [])),
    phone: () => ofResidents(({ phone }) => phoneKeys(phone)),
    plate: () => ofHouseholds(({ plates }) => plates.flatMap(plateKeys)),
    name: () => ofResidents(({ name }) => nameKeys(name)),
  }
  const made = new Map<LineKind, PrefixLines>()
  return (kind) => {
    const lines = made.get(kind) ?? make[kind]()
    made.set(kind, lines)
    return lines
  }
}

/** What may be meant by a few typed characters: unit first, then initials, tails of phone and plate, name. */
export function findResidents(index: RosterIndex, typed: string, limit: number): readonly Found[] {
  const text = plain(typed)
  if (text === '') return []
  const found = new Map<string, Found>()
  const add = (match: Found) => {
    const key = match.resident?.id ?? match.household.id
    if (found.size < limit && !found.has(key)) found.set(key, match)
  }
  const households = (lines: PrefixLines, key: string, why: Reason) => {
    for (const ref of withPrefix(lines, key, limit)) {
      const household = index.allHouseholds[ref]
      if (household) add({ why, household })
    }
  }
  const residents = (lines: PrefixLines, key: string, why: Reason) => {
    for (const ref of withPrefix(lines, key, limit)) {
      const entry = index.allResidents[ref]
      if (entry) add({ why, ...entry })
    }
  }
  const holder = byShortCode(index, typed)
  if (holder) add({ why: 'code', household: holder.household, ...(holder.resident ? { resident: holder.resident } : {}) })
  const { lines } = index
  const unit = unitTyped(typed)
  if (unit !== '') households(lines('unit'), unit, 'unit')
  if (/^\d+$/.test(text)) households(lines('room'), text, 'unit')
  if (/^[a-z]+$/.test(text)) residents(lines('initials'), text, 'initials')
  if (/^\d+$/.test(text)) residents(lines('phone'), text, 'phone')
  if (text.length >= PLATE_TAIL || !/^\d+$/.test(text)) households(lines('plate'), text, 'plate')
  residents(lines('name'), text, 'name')
  return [...found.values()]
}

/** The known cars whose plate begins, or ends, with what was typed; of two characters only where they leave no choice to make. */
export function findCars(
  index: RosterIndex,
  typed: string,
  limit: number,
): readonly { readonly plate: string; readonly household: Household }[] {
  const wanted = plain(typed)
  if (wanted.length < PLATE_TAIL - 1) return []
  // Two cars of one household may end alike.
  const found = [...new Set(withPrefix(index.lines('plate'), wanted, limit + 1))]
  if (wanted.length < PLATE_TAIL && found.length > limit) return []
  return found.slice(0, limit).flatMap((ref) => {
    const household = index.allHouseholds[ref]
    const plates = household?.plates.filter((plate) => plateKeys(plate).some((key) => key.startsWith(wanted))) ?? []
    return household ? plates.map((plate) => ({ plate, household })) : []
  })
}

export function cardHolder(index: RosterIndex, cardId: CardId): CardHolder | undefined {
  return index.holderByCard.get(cardId)
}

/** The holder of the card under whose code these 8 characters are printed; undefined for a mistyped one, too. */
export function byShortCode(index: RosterIndex, typed: string): CardHolder | undefined {
  const code = normalizeCode(typed)
  return code.length === 8 && isChecked(code) ? index.holderByShortCode.get(code) : undefined
}

function holderOf(card: Card, household: Household, residents: RosterIndex['residentById']): CardHolder {
  const resident = card.residentId && residents.get(card.residentId)?.resident
  return { card, household, ...(resident ? { resident } : {}) }
}

/** 3-2-501 and 32501; a village's 12 has one form. */
function unitKeys({ address: { building, unit, room } }: Household): string[] {
  const parts = [building, unit, room].filter((part) => part !== '').map(plain)
  return [...new Set([parts.join('-'), parts.join('')])]
}

/** 3幢2单元501室, 3-2-501, 3 2 501, 3.2.501 > 3-2-501. Empty for what cannot be a unit. */
function unitTyped(typed: string): string {
  const dashed = narrow(typed)
    .replace(/(幢|栋|号楼|座|单元|室|号|[\s.,/_—–-])+/g, '-')
    .replace(/^-|-$/g, '')
  return /^[0-9a-z-]*\d[0-9a-z-]*$/.test(dashed) ? dashed : ''
}

/** The last four digits, which people call out, and the whole number. */
function phoneKeys(phone: string | undefined): string[] {
  const digits = phone?.replace(/\D/g, '') ?? ''
  return digits.length < 4 ? [] : [digits.slice(-4), digits]
}

/** A plate whole, and its tails from three characters on. */
function plateKeys(plate: string): string[] {
  const key = plain(plate)
  const tails = Array.from({ length: Math.max(0, Math.min(6, key.length - 1) - PLATE_TAIL + 1) }, (_, i) => key.slice(-(PLATE_TAIL + i)))
  return [key, ...tails]
}

/** A name from its surname on, and from the given name on. */
function nameKeys(name: string): string[] {
  const key = plain(name)
  return key.length > 1 ? [key, key.slice(1)] : [key]
}

/** Lower case, half width, without spaces and dots. */
function plain(text: string): string {
  return narrow(text).replace(/[\s·•.\-\n]/g, '')
}

function narrow(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim()
}
