import type { Way } from '../../../../domain/operation'
import type { CourierForm, VisitorForm } from '../../../../domain/registers'
import type { Passing } from '../gate-state'
import type { ArrivalValues } from './arrival-values'
import type { BusValues } from './bus-values'

/** A car and who sits in it. */
export interface VehicleUnderway {
  /** Made when its plate was chosen. */
  readonly id: string
  readonly plate: string
  readonly householdIds: readonly string[]
  /** The names of those who were registered already, masked, in their order. */
  readonly done: readonly string[]
}

/** The gate's pictures of the other registers. `parked`: the form was put aside before, and its chip goes with it. */
export type RegisterGate =
  | { readonly at: 'visitor'; readonly values?: Partial<VisitorForm>; readonly way?: Way; readonly parked?: string }
  /** Came before: only what may have changed is asked. */
  | { readonly at: 'visitor-again'; readonly form: VisitorForm }
  | { readonly at: 'courier'; readonly values?: CourierForm }
  | { readonly at: 'arrival'; readonly values?: Partial<ArrivalValues>; readonly passing?: Passing; readonly parked?: string }
  | { readonly at: 'bus'; readonly values?: BusValues; readonly parked?: string }
  | { readonly at: 'vehicle'; readonly vehicle?: VehicleUnderway; readonly parked?: string }
  | { readonly at: 'late' }
