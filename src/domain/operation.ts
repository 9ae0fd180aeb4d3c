import type { CardId, CompoundId, DeviceId, HouseholdId, OperationKey, PostId, ResidentId } from './ids'
import type { NotMeasuredReason, Reading } from './reading'
import type { RosterPage, UnitAddress } from './roster'

export type Direction = 'in' | 'out'

/** Who passed. `unlisted` is a member of the household whom the roster does not know, `written` somebody of whom only words are known. */
export type Subject =
  | { readonly kind: 'resident'; readonly residentId: ResidentId; readonly householdId: HouseholdId }
  | { readonly kind: 'unlisted'; readonly householdId: HouseholdId }
  | { readonly kind: 'written'; readonly name: string; readonly address?: UnitAddress }

export const WAYS = ['card', 'short-code', 'search', 'written'] as const
/** How the person was found. */
export type Way = (typeof WAYS)[number]

/** What every operation carries. */
export interface Stamp {
  readonly key: OperationKey
  /** 1, 2, 3 … on this device: the order of its operations, whatever its clock says. */
  readonly seq: number
  /** The device's own time, ISO 8601 with offset: 2020-02-18T07:31:05.120+08:00. */
  readonly deviceTime: string
  /** ms to add to `deviceTime` for the corrected time, as last measured or confirmed. */
  readonly clockOffset: number
  readonly postId: PostId
  /** The name on the shift list, or empty. */
  readonly operator: string
}

/** A passage and its first reading; further readings come as operations of their own. */
export interface CheckIn extends Stamp {
  readonly kind: 'check-in'
  readonly subject: Subject
  readonly direction: Direction
  readonly measured: Reading | { readonly reason: NotMeasuredReason }
  readonly way: Way
  readonly cardId?: CardId
  readonly rules: string
}

/** A further reading of a passage (too low, or a retest). */
export interface Retest extends Stamp {
  readonly kind: 'retest'
  readonly target: OperationKey
  readonly reading: Reading
}

/** 未复测离开: who was to wait has left. */
export interface WalkOff extends Stamp {
  readonly kind: 'walk-off'
  readonly target: OperationKey
}

/** 作废: the target no longer counts; nothing is deleted. */
export interface Void extends Stamp {
  readonly kind: 'void'
  readonly target: OperationKey
  readonly reason: string
}

/** 更正: what is given replaces what the target, or an earlier correction of it, said. */
export interface Amend extends Stamp {
  readonly kind: 'amend'
  readonly target: OperationKey
  readonly reason: string
  readonly direction?: Direction
  /** Replaces the passage's first reading, or its want of one. */
  readonly measured?: Reading | { readonly reason: NotMeasuredReason }
  readonly note?: string
}

/** A page of a roster that was imported on a phone. `of` pages belong to one import; they apply when all have come. */
export interface RosterImport extends Stamp {
  readonly kind: 'roster-import'
  readonly importId: string
  readonly of: number
  readonly page: RosterPage
}

/** A signed card, printed in advance, now belongs to a household (or to one of its members). */
export interface CardBinding extends Stamp {
  readonly kind: 'card-binding'
  readonly cardId: CardId
  readonly compoundId: CompoundId
  readonly householdId: HouseholdId
  readonly residentId?: ResidentId
}

/** A card that was lost or taken back: it no longer holds. */
export interface CardRevocation extends Stamp {
  readonly kind: 'card-revocation'
  readonly cardId: CardId
  readonly compoundId: CompoundId
}

export const ACCESSES = ['record-revealed', 'records-exported', 'scan-refused', 'pin-reset', 'pin-changed'] as const
export type Access = (typeof ACCESSES)[number]

/** What was looked at, given out or refused: for the trail. Never holds a personal value. */
export interface Accessed extends Stamp {
  readonly kind: 'access'
  readonly what: Access
  /** The key or id of the thing. */
  readonly about?: string
  /** One word: why a scan was refused, what kind of file was made. */
  readonly detail?: string
}

export type Operation = CheckIn | Retest | WalkOff | Void | Amend | RosterImport | CardBinding | CardRevocation | Accessed
export type OperationKind = Operation['kind']
/** An operation before the phone has numbered and stamped it. */
export type Unstamped<O extends Operation = Operation> = O extends Operation ? Omit<O, keyof Stamp> : never

/** Whose operation it is, where more than one device's are told. */
export interface Authored<O extends Operation = Operation> {
  readonly deviceId: DeviceId
  readonly operation: O
}

/** What a sealed payload is bound to: in another row's place it does not open. */
export function aboutOperation({
  key,
  kind,
  target,
}: {
  readonly key: string
  readonly kind: string
  readonly target?: string | undefined
}): string {
  return `operation ${key} ${kind} ${target ?? ''}`
}
