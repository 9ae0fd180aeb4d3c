import type { CardId, CompoundId, HouseholdId, ResidentId } from './ids'
import { parseMobile } from './mobile'

/** Where a household lives: 3幢2单元501室. `unit` is empty where a building has one stair, `building` where a village has none. */
export interface UnitAddress {
  readonly building: string
  readonly unit: string
  readonly room: string
}

export interface Resident {
  readonly id: ResidentId
  readonly name: string
  readonly phone?: string
  /** A tenant is a resident: never a reason to refuse. */
  readonly tenure: 'owner' | 'tenant'
  /** Pinyin initials of the name, lower case, made when the roster is imported: 张建华 > zjh. */
  readonly initials?: string
  /** Is said to be away: asked about the journey at the first entry. */
  readonly away?: boolean
}

/** What the roster knows of a card; the code itself carries nothing personal. */
export interface Card {
  readonly id: CardId
  readonly kind: 'person' | 'household'
  /** Set on a person's card. */
  readonly residentId?: ResidentId
  /** 8 characters, the last a check character: for the eye and the keyboard. */
  readonly shortCode: string
  readonly state: 'valid' | 'revoked'
  /** Not signed: a code of others' making that was handed out before, which the roster's import names. Whoever copies it has it. */
  readonly plain?: true
  /** ISO date, the last day it is valid. */
  readonly validUntil?: string
}

export interface Household {
  readonly id: HouseholdId
  readonly address: UnitAddress
  readonly plates: readonly string[]
  readonly residents: readonly Resident[]
  readonly cards: readonly Card[]
}

/** Up to about 500 residents of a compound: the roster is stored, sent and changed by the page. */
export interface RosterPage {
  readonly compoundId: CompoundId
  /** Counted from 0. */
  readonly page: number
  readonly households: readonly Household[]
}

/** 3幢2单元501室; 12号 for a village. Where a name stands in its place (an employer, a hotel), that name. The text is the field's own, in either language. */
export function unitText(address: UnitAddress): string {
  const building = address.building && `${address.building}幢`
  const unit = address.unit && `${address.unit}单元`
  if (building || unit) return `${building}${unit}${address.room}室`
  return IS_NUMBER.test(address.room) ? `${address.room}号` : address.room
}

const IS_NUMBER = /[\dA-Za-z]$/

/** 张*华, 王*, 欧阳*: shown wherever a name need not be whole. */
export function maskName(name: string): string {
  const characters = Array.from(name.trim())
  const [first = ''] = characters
  if (characters.length <= 2) return `${first}*`
  return `${first}*${characters.at(-1)}`
}

/** 138****5678; of any other number, a landline or a short one, its end: never more than half. */
export function maskPhone(phone: string): string {
  const mobile = parseMobile(phone)
  if (mobile.ok) return `${mobile.value.slice(0, 3)}****${mobile.value.slice(-4)}`
  const characters = Array.from(phone.trim())
  const shown = Math.min(TAIL, Math.floor(characters.filter((sign) => /[\p{L}\p{N}]/u.test(sign)).length / 2))
  return `****${shown > 0 ? characters.slice(-shown).join('') : ''}`
}

const TAIL = 4
