import type { CardId, CompoundId, DeviceId, HouseholdId, OperationKey, ResidentId } from './ids'
import type { Arrival, Attendance, HandOver, IncidentStep, NoticeRead, Request, ShiftOpening, Tip } from './post-operations'
import type { InRange, NotMeasured, Reading } from './reading'
import type { ArrivalCorrection, CourierForm, Emergency, InVehicle, VisitorForm } from './registers'
import type { Household, RosterPage, UnitAddress } from './roster'
import type { Answers, StopCause, VerdictKind } from './rules/verdict'
import type { Stamp } from './stamp'

export type Direction = 'in' | 'out'

/** Who passed. `unlisted` is a member of the household whom the roster does not know, `written` somebody of whom only words are known. */
export type Subject =
  | { readonly kind: 'resident'; readonly residentId: ResidentId; readonly householdId: HouseholdId }
  | { readonly kind: 'unlisted'; readonly householdId: HouseholdId }
  | { readonly kind: 'written'; readonly name: string; readonly address?: UnitAddress }
  | ({ readonly kind: 'visitor' } & VisitorForm)
  | ({ readonly kind: 'courier' } & CourierForm)
export type SubjectKind = Subject['kind']
/** Whom a register wrote down in words: what was mistyped of them is corrected. A resident's record is void, and written anew. */
export type RegisteredSubject = Extract<Subject, { readonly kind: 'written' | 'visitor' | 'courier' }>

export const WAYS = ['card', 'short-code', 'search', 'written', 'tile', 'plate', 'remembered', 'form-code', 'plain-card'] as const
/** How the person was found. */
export type Way = (typeof WAYS)[number]

/** What was measured, or why nothing was. */
export type Measured = Reading | InRange | NotMeasured

/** Why somebody passed whom the rules would have kept. */
export type Exception =
  /** 例外放行. */
  | { readonly kind: 'exception'; readonly reason: string }
  /** 紧急放行: details later. */
  | { readonly kind: 'emergency'; readonly what: Emergency }

/** A passage and its first reading; further readings come as operations of their own. */
export interface CheckIn extends Stamp {
  readonly kind: 'check-in'
  readonly subject: Subject
  readonly direction: Direction
  readonly measured: Measured
  readonly way: Way
  readonly cardId?: CardId
  readonly rules: string
  /** What the rules said of it, where that was more than to take a temperature. */
  readonly verdict?: { readonly kind: VerdictKind; readonly why?: StopCause | 'observation' }
  readonly answers?: Answers
  readonly exception?: Exception
  /** 未戴口罩. */
  readonly noMask?: boolean
  readonly vehicle?: InVehicle
  /** 补录: when it happened, ISO 8601 with offset, where it was written on paper first. */
  readonly occurredAt?: string
}

/** A number of people at once, where the rules only count. */
export interface Count extends Stamp {
  readonly kind: 'count'
  readonly direction: Direction
  readonly people: number
  readonly measured: InRange | NotMeasured
  readonly rules: string
  readonly occurredAt?: string
}

/** 劝回: somebody did not pass, and why. */
export interface TurnedBack extends Stamp {
  readonly kind: 'turned-back'
  readonly subject: Subject
  readonly direction: Direction
  readonly why: StopCause | 'observation' | 'retest'
  readonly rules: string
}

/** A further reading of a passage (too low, or a retest). */
export interface Retest extends Stamp {
  readonly kind: 'retest'
  readonly target: OperationKey
  readonly reading: Reading
}

/** 未复测离开: who was to wait has left; with an exception, who read too low again and again was let pass for a reason. */
export interface WalkOff extends Stamp {
  readonly kind: 'walk-off'
  readonly target: OperationKey
  readonly exception?: Exception
}

/** 作废: the target no longer counts, or `only` one of the records that name it (a retest, a walk-off, a step of its incident); nothing is deleted. */
export interface Void extends Stamp {
  readonly kind: 'void'
  readonly target: OperationKey
  readonly only?: OperationKey
  readonly reason: string
}

/** 更正: what is given replaces what the target, or an earlier correction of it, said. */
export interface Amend extends Stamp {
  readonly kind: 'amend'
  readonly target: OperationKey
  /** The retest of the target that is corrected; without, the passage itself. */
  readonly only?: OperationKey
  readonly reason: string
  readonly direction?: Direction
  /** Replaces the passage's first reading, or its want of one; with `only`, that retest's. */
  readonly measured?: Measured
  readonly note?: string
  /** Whom a register wrote down, as it should have: visitor, courier, or somebody in words. */
  readonly subject?: RegisteredSubject
  /** Of the vehicle that they came in. */
  readonly plate?: string
  /** What of an arrival's form was otherwise; the target is the arrival. */
  readonly arrival?: ArrivalCorrection
}

/** A page of a roster that was imported on a phone. `of` pages belong to one import; they apply when all have come. */
export interface RosterImport extends Stamp {
  readonly kind: 'roster-import'
  readonly importId: string
  readonly of: number
  readonly page: RosterPage
}

/** Where there is no list, the post builds it: a household that nobody wrote down before, or members of a known one. */
export interface HouseholdAdding extends Stamp {
  readonly kind: 'household-adding'
  readonly compoundId: CompoundId
  readonly household: Household
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
  /** Of a day's file: the phone that it was sealed to, or the check code of a key that nobody knows here. */
  readonly to?: string
  /** Of a report's rows: SHA-256, hexadecimal. */
  readonly fingerprint?: string
  /** Why a full report was made. */
  readonly reason?: string
  /** Whose records a report holds besides this phone's: until when, corrected ms. */
  readonly phones?: readonly { readonly deviceId: DeviceId; readonly until: number }[]
}

export type Operation =
  | CheckIn
  | Count
  | TurnedBack
  | Retest
  | WalkOff
  | Void
  | Amend
  | Arrival
  | IncidentStep
  | Request
  | Tip
  | ShiftOpening
  | Attendance
  | HandOver
  | NoticeRead
  | RosterImport
  | HouseholdAdding
  | CardBinding
  | CardRevocation
  | Accessed
export type OperationKind = Operation['kind']
/** An operation before the phone has numbered and stamped it. */
export type Unstamped<O extends Operation = Operation> = O extends Operation ? Omit<O, keyof Stamp> : never

/** Whose operation it is, where more than one device's are told. */
export interface Authored<O extends Operation = Operation> {
  readonly deviceId: DeviceId
  readonly operation: O
}

/** An operation as it is folded; `by`: another phone's. */
export type Told<O extends Operation = Operation> = O & { readonly by?: DeviceId }

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
