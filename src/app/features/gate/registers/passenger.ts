import type { Who } from '../../../shell/who'
import type { GateActions } from '../gate-actions'
import type { Gate } from '../gate-state'
import type { VehicleUnderway } from './register-state'

/** Registers one of those inside; the car is gone on with afterwards. `before`: what "back" leads to, else the car without them. */
export function passenger(actions: GateActions, vehicle: VehicleUnderway, who: Who, before?: Gate): Promise<void> {
  const role = vehicle.done.length === 0 ? 'driver' : 'passenger'
  const { subject, name } = who
  const occupant = { name, ...(subject.kind === 'resident' ? { residentId: subject.residentId } : {}) }
  return actions.person(who, {
    parts: { vehicle: { id: vehicle.id, plate: vehicle.plate, role } },
    before: before ?? { at: 'vehicle', vehicle },
    next: { at: 'vehicle', vehicle: { ...vehicle, done: [...vehicle.done, occupant] } },
  })
}
