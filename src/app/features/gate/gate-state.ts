import type { CardError } from '../../../domain/card'
import type { CardId, OperationKey } from '../../../domain/ids'
import type { Direction } from '../../../domain/operation'
import type { Reading, Site } from '../../../domain/reading'
import type { Step as RetestStep } from '../../../domain/retest'
import type { Household } from '../../../domain/roster'
import type { StorageError } from '../../../storage/storage-error'
import type { Who } from './who'

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
}

export type Measure = {
  readonly at: 'measure'
  readonly who: Who
  readonly direction: Direction
  readonly retest?: Retest
  /** When and how this person was seen last, today. */
  readonly seen?: { readonly direction: Direction; readonly at: number }
  /** The input is still there: the save can be tried again. */
  readonly failed?: StorageError
}

export type Gate =
  | { readonly at: 'scan'; readonly problem?: Problem }
  | { readonly at: 'find' }
  /** Whose shall the card be? */
  | { readonly at: 'bind'; readonly cardId: CardId }
  | { readonly at: 'written' }
  | { readonly at: 'household'; readonly household: Household; readonly way: Who['way']; readonly cardId?: CardId }
  | { readonly at: 'just-registered'; readonly who: Who; readonly seen: { readonly direction: Direction; readonly at: number } }
  | Measure
  | { readonly at: 'told'; readonly step: 'wait' | 'confirmed'; readonly who: Who }

export type Event =
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'find' }
  | { readonly kind: 'bind'; readonly cardId: CardId }
  | { readonly kind: 'written' }
  | { readonly kind: 'household'; readonly household: Household; readonly way: Who['way']; readonly cardId?: CardId }
  | { readonly kind: 'just-registered'; readonly who: Who; readonly seen: { readonly direction: Direction; readonly at: number } }
  | {
      readonly kind: 'measure'
      readonly who: Who
      readonly direction: Direction
      readonly seen?: { readonly direction: Direction; readonly at: number }
    }
  | { readonly kind: 'measure-again'; readonly who: Who; readonly direction: Direction; readonly retest: Retest }
  | { readonly kind: 'turn' }
  | { readonly kind: 'save-failed'; readonly error: StorageError }
  /** What was measured is on disk, and this is where the passage stands. */
  | { readonly kind: 'saved'; readonly key: OperationKey; readonly readings: readonly Reading[]; readonly step: RetestStep }
  | { readonly kind: 'back' }

export const LOOKING: Gate = { at: 'scan' }

/** The gate's next picture. A card that is shown while something is under way waits: only `scan` takes it. */
export function nextGate(gate: Gate, event: Event): Gate {
  switch (event.kind) {
    case 'problem':
      return { at: 'scan', problem: event.problem }
    case 'find':
      return { at: 'find' }
    case 'bind':
      return { at: 'bind', cardId: event.cardId }
    case 'written':
      return { at: 'written' }
    case 'household': {
      const { kind: _kind, ...shown } = event
      return { at: 'household', ...shown }
    }
    case 'just-registered':
      return { at: 'just-registered', who: event.who, seen: event.seen }
    case 'measure': {
      const { kind: _kind, ...shown } = event
      return { at: 'measure', ...shown }
    }
    case 'measure-again':
      return { at: 'measure', who: event.who, direction: event.direction, retest: event.retest }
    case 'turn':
      return gate.at === 'measure' && !gate.retest ? { ...gate, direction: gate.direction === 'in' ? 'out' : 'in' } : gate
    case 'save-failed':
      return gate.at === 'measure' ? { ...gate, failed: event.error } : gate
    case 'saved':
      return gate.at === 'measure' ? afterSave(gate, event.key, event.readings, event.step) : gate
    case 'back':
      return LOOKING
    default:
      return event satisfies never
  }
}

function afterSave({ who, direction }: Measure, key: OperationKey, readings: readonly Reading[], step: RetestStep): Gate {
  switch (step.at) {
    case 'too-low':
      return { at: 'measure', who, direction, retest: { key, readings, site: step.site } }
    case 'wait':
      return { at: 'told', step: 'wait', who }
    case 'confirmed':
      return { at: 'told', step: 'confirmed', who }
    case 'admitted':
    case 'measure':
      return LOOKING
    default:
      return step satisfies never
  }
}
