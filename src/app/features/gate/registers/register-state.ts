import type { HouseholdId, ResidentId } from '../../../../domain/ids'
import type { Direction, Way } from '../../../../domain/operation'
import type { NotMeasuredReason } from '../../../../domain/reading'
import type { CourierForm, VisitorForm } from '../../../../domain/registers'
import type { Who } from '../../../shell/who'
import type { Passing } from '../gate-state'
import type { ArrivalValues } from './arrival-values'
import type { BusValues } from './bus-values'

/** A car and who sits in it. */
export interface VehicleUnderway {
  /** Made when its plate was chosen; its parked form has the same. */
  readonly id: string
  readonly plate: string
  readonly householdIds: readonly HouseholdId[]
  /** Who was registered already, in their order. */
  readonly done: readonly Occupant[]
}

export interface Occupant {
  /** Masked. */
  readonly name: string
  /** Two names may be masked alike. */
  readonly residentId?: ResidentId
}

/** Who was to be registered next is not: turned back. */
export function withoutLast({ done, ...vehicle }: VehicleUnderway): VehicleUnderway {
  return { ...vehicle, done: done.slice(0, -1) }
}

/** A line of the paper, as it is typed. */
export interface LateValues {
  /** Calendar day. */
  readonly day: string
  readonly time: string
  /** Whom it names, where nobody was chosen yet. */
  readonly typed: string
  readonly who?: Who
  /** None: whoever lives here, as most lines are. */
  readonly kind?: (typeof LATE_KINDS)[number]
  readonly plate?: string
  readonly direction: Direction
  readonly celsius: string
  /** What the paper says in the place of a reading. */
  readonly instead?: (typeof INSTEAD)[number]
}

export const LATE_KINDS = ['resident', 'visitor', 'courier'] as const

export const INSTEAD = ['in-range', 'not-written', 'refused', 'thermometer-broken'] as const satisfies readonly (
  | NotMeasuredReason
  | 'in-range'
)[]

/** 未列入名册, as it is typed. */
export interface WrittenValues {
  readonly name: string
  readonly unit: string
}

/** The gate's pictures of the other registers. `parked`: the form was put aside before, and its chip goes with it. */
export type RegisterGate =
  | {
      readonly at: 'visitor'
      readonly values?: Partial<VisitorForm>
      readonly way?: Way
      readonly parked?: string
      /** The car that they came in. */
      readonly vehicle?: VehicleUnderway
      /** Held at a counter. */
      readonly held?: true
    }
  /** Came before: only what may have changed is asked. */
  | { readonly at: 'visitor-again'; readonly form: VisitorForm }
  /** `direction`: as it was turned at the pad. */
  | { readonly at: 'courier'; readonly values?: CourierForm; readonly parked?: string; readonly direction?: Direction }
  | { readonly at: 'arrival'; readonly values?: Partial<ArrivalValues>; readonly passing?: Passing; readonly parked?: string }
  | { readonly at: 'bus'; readonly values?: BusValues; readonly parked?: string }
  | { readonly at: 'vehicle'; readonly vehicle?: VehicleUnderway; readonly typed?: string }
  /** Somebody in the car whom the roster does not know. */
  | { readonly at: 'occupant'; readonly vehicle: VehicleUnderway }
  /** Somebody who is held at a counter: what tells them from others. */
  | { readonly at: 'hold' }
  | { readonly at: 'late'; readonly values?: LateValues; readonly parked?: string }
