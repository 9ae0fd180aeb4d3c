import type { GateActions } from '../gate-actions'
import { ArrivalFormPanel } from './arrival-form'
import { BusFormPanel } from './bus-form'
import { CourierFormPanel } from './courier-form'
import { HoldPanel } from './hold-panel'
import { LateEntryPanel } from './late-entry'
import { OccupantPanel } from './occupants'
import type { RegisterGate } from './register-state'
import { VehiclePanel } from './vehicle-panel'
import { VisitorAgain } from './visitor-again'
import { VisitorFormPanel } from './visitor-form'
import './registers.css'

/** The other registers, each with its form. */
export function RegisterPanel({ shown, actions }: { readonly shown: RegisterGate; readonly actions: GateActions }) {
  switch (shown.at) {
    case 'visitor':
      return <VisitorFormPanel shown={shown} actions={actions} />
    case 'visitor-again':
      return <VisitorAgain form={shown.form} actions={actions} />
    case 'courier':
      return <CourierFormPanel shown={shown} actions={actions} />
    case 'arrival':
      return <ArrivalFormPanel shown={shown} actions={actions} />
    case 'bus':
      return <BusFormPanel shown={shown} actions={actions} />
    case 'vehicle':
      return <VehiclePanel key={shown.vehicle?.done.length ?? -1} shown={shown} actions={actions} />
    case 'occupant':
      return <OccupantPanel vehicle={shown.vehicle} actions={actions} />
    case 'hold':
      return <HoldPanel actions={actions} />
    case 'late':
      return <LateEntryPanel shown={shown} actions={actions} />
    default:
      return shown satisfies never
  }
}
