import type { ComponentChildren } from 'preact'
import type { GateActions } from '../gate-actions'
import { Occupants } from './occupants'
import { PlateEntry } from './plate-entry'
import type { RegisterGate } from './register-state'

export interface VehiclePanelProps {
  readonly shown: Extract<RegisterGate, { at: 'vehicle' }>
  readonly actions: GateActions
  /** Stands in the place of "back", where the plate is the first screen. */
  readonly foot?: ComponentChildren
  readonly head?: ComponentChildren
}

/** 车辆: the plate, then each of those inside with a reading: 逐人逐车. */
export function VehiclePanel({ shown, actions, foot, head }: VehiclePanelProps) {
  return shown.vehicle ? (
    <Occupants vehicle={shown.vehicle} actions={actions} />
  ) : (
    <PlateEntry before={shown.typed ?? ''} actions={actions} foot={foot} head={head} />
  )
}
