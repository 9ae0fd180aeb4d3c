import type { CardError } from '../../../domain/card'
import type { CardId, OperationKey } from '../../../domain/ids'
import type { CheckIn, Direction } from '../../../domain/operation'
import type { Passage } from '../../../domain/passage'
import type { Reading, Site } from '../../../domain/reading'
import type { Step as RetestStep } from '../../../domain/retest'
import type { Household } from '../../../domain/roster'
import type { Ask, StopCause } from '../../../domain/rules/verdict'
import type { StorageError } from '../../../storage/storage-error'
import type { Who } from '../../shell/who'
import type { RegisterGate, WrittenValues } from './registers/register-state'

/** Why a scan led to nobody. A card fails, not the resident. */
export type Problem =
  | CardError
  | { readonly kind: 'card-unknown' }
  /** Printed in advance, and nobody's yet. */
  | { readonly kind: 'card-unbound'; readonly cardId: CardId }
  | { readonly kind: 'roster-loading' }
  /** The server has not seen this phone for a week: names stay sealed until it has. */
  | { readonly kind: 'roster-hidden' }

/** A passage that is measured again. */
export interface Retest {
  readonly key: OperationKey
  readonly readings: readonly Reading[]
  /** Where it is best measured now. */
  readonly site: Site
  /** The version that the passage was judged by. */
  readonly rules: string
  /** Corrected ms of the last reading, where they are to wait after it. */
  readonly waitsSince?: number
}

/** What a passage carries beside who, which way and how warm. */
export type Parts = Partial<Pick<CheckIn, 'answers' | 'exception' | 'verdict' | 'vehicle' | 'noMask'>>

/** Somebody who wants to pass. */
export interface Passing {
  readonly who: Who
  readonly direction: Direction
  readonly parts: Parts
  /** What an exception was made for; the rest of the rules still holds. */
  readonly excepted?: readonly StopCause[]
  /** When and how this person was seen last, today. */
  readonly seen?: { readonly direction: Direction; readonly at: number }
  /** Where they were to be measured again and have not been: 未复测离开, as soon as this passage is kept. */
  readonly unfinished?: readonly Passage[]
  /** Held at a counter: measured whatever the rules ask. */
  readonly held?: true
  /** Where the gate goes when this person is done with; else back to looking. */
  readonly next?: Gate
  /** What was on the screen before, and is there again after "back": a form, or the car whose others wait. */
  readonly before?: Gate
}

export interface Measure extends Passing {
  readonly at: 'measure'
  readonly retest?: Retest
  /** The input is still there: the save can be tried again. */
  readonly failed?: StorageError
}

/** A wait takes the whole screen: what comes next. */
export type Told = {
  readonly at: 'told'
  readonly key: OperationKey
  readonly who: Who
  readonly next?: Gate
  /** Where the person is measured again when the reading that led here is taken back. */
  readonly retake?: Measure
  readonly failed?: StorageError
} & (
  | { readonly step: 'medical' }
  /** `passing`: who has an open incident wants to pass again. */
  | { readonly step: 'confirmed'; readonly passing?: Passing }
  /** `rules`: the version that says how long. */
  | { readonly step: 'wait'; readonly site: Site; readonly rules: string }
)

export type Gate =
  | { readonly at: 'scan'; readonly problem?: Problem }
  | { readonly at: 'find' }
  /** Whose shall the card be? */
  | { readonly at: 'bind'; readonly cardId: CardId }
  | { readonly at: 'written'; readonly values?: WrittenValues; readonly parked?: string }
  | { readonly at: 'more' }
  | { readonly at: 'household'; readonly household: Household; readonly way: Who['way']; readonly cardId?: CardId }
  | { readonly at: 'just-registered'; readonly passing: Passing & Required<Pick<Passing, 'seen'>> }
  /** What the rules ask before the temperature. */
  | { readonly at: 'ask'; readonly passing: Passing; readonly asks: readonly Ask[] }
  | { readonly at: 'stop'; readonly passing: Passing; readonly why: StopCause; readonly failed?: StorageError }
  /** 请稍候: for bystanders like any other wait. */
  | { readonly at: 'held'; readonly passing: Passing; readonly failed?: StorageError }
  | Measure
  | Told
  | RegisterGate

export type Event =
  /** Another picture, whatever was before. */
  | { readonly kind: 'go'; readonly to: Gate }
  | { readonly kind: 'save-failed'; readonly error: StorageError }
  /** What was measured is on disk, and this is where the passage stands. */
  | {
      readonly kind: 'saved'
      readonly key: OperationKey
      readonly readings: readonly Reading[]
      readonly step: RetestStep
      readonly rules: string
    }
  | { readonly kind: 'back' }

export const LOOKING: Gate = { at: 'scan' }

/** The gate's next picture. A card that is shown while something is under way waits: only `scan` takes it. */
export function nextGate(gate: Gate, event: Event): Gate {
  switch (event.kind) {
    case 'go':
      return event.to
    case 'save-failed':
      return gate.at === 'measure' || gate.at === 'stop' || gate.at === 'held' || gate.at === 'told'
        ? { ...gate, failed: event.error }
        : gate
    case 'saved':
      return gate.at === 'measure' ? afterSave(gate, event) : gate
    case 'back':
      return beforeOf(gate)
    default:
      return event satisfies never
  }
}

/** Nobody counts as done with who was not saved: "back" leads to what was before them. */
function beforeOf(gate: Gate): Gate {
  switch (gate.at) {
    case 'measure':
      return (gate.retest ? gate.next : gate.before) ?? LOOKING
    case 'told':
      return gate.next ?? LOOKING
    case 'ask':
    case 'stop':
    case 'held':
    case 'just-registered':
      return gate.passing.before ?? LOOKING
    case 'arrival':
      // The others of a car wait for nobody's form.
      return gate.passing?.before ?? LOOKING
    case 'visitor':
      return gate.vehicle ? { at: 'vehicle', vehicle: gate.vehicle } : LOOKING
    case 'occupant':
      return { at: 'vehicle', vehicle: gate.vehicle }
    case 'vehicle':
      return gate.vehicle?.done.length === 0 ? { at: 'vehicle', typed: gate.vehicle.plate } : LOOKING
    default:
      return LOOKING
  }
}

function afterSave(measure: Measure, { key, readings, step, rules }: Extract<Event, { kind: 'saved' }>): Gate {
  const { failed: _failed, ...retake } = measure
  const { who, direction, parts, next } = retake
  const onward = next ? { next } : {}
  switch (step.at) {
    case 'too-low':
      return { at: 'measure', who, direction, parts, retest: { key, readings, site: step.site, rules }, ...onward }
    case 'wait':
      return { at: 'told', step: 'wait', key, who, site: step.site, rules, retake, ...onward }
    case 'confirmed':
      return { at: 'told', step: 'confirmed', key, who, retake, ...onward }
    case 'admitted':
    case 'measure':
      return next ?? LOOKING
    default:
      return step satisfies never
  }
}
