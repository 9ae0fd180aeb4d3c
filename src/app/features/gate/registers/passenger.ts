import type { Who } from '../../../shell/who'
import type { GateActions } from '../gate-actions'
import type { Gate, Passing } from '../gate-state'
import type { Around } from '../saving-beside'
import type { VehicleUnderway } from './register-state'

/** Registers one of those inside; the car is gone on with afterwards. `before`: what "back" leads to, else the car without them. */
export function passenger(actions: GateActions, vehicle: VehicleUnderway, who: Who, before?: Gate): Promise<void> {
  return actions.person(who, { ...boarding(vehicle, who), ...(before ? { before } : {}) })
}

/** What a passage has of the car: with whom it goes on, and what it is without them. */
export function boarding(vehicle: VehicleUnderway, { subject, name }: Who): Pick<Passing, 'parts'> & Around {
  const role = vehicle.done.length === 0 ? 'driver' : 'passenger'
  const occupant = { name, ...(subject.kind === 'resident' ? { residentId: subject.residentId } : {}) }
  return {
    parts: { vehicle: { id: vehicle.id, plate: vehicle.plate, role } },
    before: { at: 'vehicle', vehicle },
    next: { at: 'vehicle', vehicle: { ...vehicle, done: [...vehicle.done, occupant] } },
  }
}
