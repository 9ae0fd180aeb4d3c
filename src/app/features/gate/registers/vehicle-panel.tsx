import type { ComponentChildren } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { maskPlate, parsePlate, plateText } from '../../../../domain/plate'
import { type Household, maskName, unitText } from '../../../../domain/roster'
import { findCars } from '../../../../domain/roster-search'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { Strip } from '../../../shell/strip'
import { residentWho, visitorWho, type Who } from '../../../shell/who'
import { Button } from '../../../ui/button'
import { Icon } from '../../../ui/icon'
import type { GateActions } from '../gate-actions'
import { park, unpark } from './parking'
import { PlateKeys } from './plate-keys'
import type { RegisterGate, VehicleUnderway } from './register-state'

const FEWEST = 3 // characters of a plate that somebody calls out
const FEW_CARS = 2
const TILES = 6 // people of the cars found that fit above the keys

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
    <Occupants vehicle={shown.vehicle} parked={shown.parked} actions={actions} />
  ) : (
    <PlateEntry actions={actions} foot={foot} head={head} />
  )
}

function PlateEntry({ actions, foot, head }: Omit<VehiclePanelProps, 'shown'>) {
  const { roster } = useServices()
  const [typed, setTyped] = useState('')
  const index = roster.value
  const cars = useMemo(() => (index ? findCars(index, typed, FEW_CARS) : []), [index, typed])
  const plate = parsePlate(typed)
  const isUnsure = typed.length >= 7 && !plate.ok

  const begin = (text: string, households: readonly Household[]): VehicleUnderway => ({
    id: crypto.randomUUID(),
    plate: plateText(text),
    householdIds: households.map(({ id }) => id),
    done: [],
  })
  const drive = (text: string, household: Household, who: Who) => void passenger(actions, begin(text, [household]), who)

  return (
    <div class="gate gate-measuring gate-plate">
      <Strip />
      <main>
        {head}
        <h1 class="visually-hidden">{t('register.vehicle')}</h1>
        <output class="keypad-shown" aria-live="polite">
          {typed || <small>{t('register.plate-hint')}</small>}
        </output>
        {isUnsure && <p class="field-error">{t('register.plate-unsure')}</p>}
        {cars.length > 0 && (
          <ul class="tiles tiles-small">
            {cars.flatMap(({ plate: known, household }) =>
              household.residents.slice(0, TILES).map((resident) => (
                <li key={`${known} ${resident.id}`}>
                  <button
                    type="button"
                    class="tile"
                    onClick={() => drive(known, household, residentWho(resident, household, { way: 'plate' }))}
                  >
                    {maskName(resident.name)} <small>{maskPlate(known)}</small>
                  </button>
                </li>
              )),
            )}
          </ul>
        )}
        <PlateKeys typed={typed} onType={setTyped} />
      </main>
      <footer class="gate-foot">
        {foot ?? (
          <Button tall onClick={actions.back}>
            {t('common.back')}
          </Button>
        )}
        <Button
          tall
          look="main"
          disabled={typed.length < FEWEST}
          onClick={() =>
            actions.go({
              at: 'vehicle',
              vehicle: begin(
                typed,
                cars.map(({ household }) => household),
              ),
            })
          }
        >
          {t('register.vehicle-other')}
        </Button>
      </footer>
    </div>
  )
}

function Occupants({
  vehicle,
  parked,
  actions,
}: {
  readonly vehicle: VehicleUnderway
  readonly parked: string | undefined
  readonly actions: GateActions
}) {
  const services = useServices()
  const { roster } = services
  const households = vehicle.householdIds.flatMap((id) => {
    const household = [...(roster.value?.householdById.values() ?? [])].find((each) => each.id === id)
    return household ? [household] : []
  })
  const finish = () => {
    void unpark(services, parked)
    actions.back()
  }
  const putAside = async () => {
    await park(services, { form: 'vehicle', title: maskPlate(vehicle.plate), values: vehicle }, parked)
    actions.back()
  }
  const unknown = () => {
    const who = visitorWho({ name: t('register.occupant', { number: vehicle.done.length + 1 }) }, 'written', roster.value)
    return { ...who, name: t('register.occupant', { number: vehicle.done.length + 1 }) }
  }
  return (
    <div class="gate gate-measuring">
      <Strip />
      <main>
        <section class="who" role="status">
          <span class="who-sign">
            <Icon name="car" size={28} />
          </span>
          <div>
            <h1>{vehicle.plate}</h1>
            <p class="who-word">{vehicle.done.length === 0 ? t('register.driver-who') : t('register.passenger-who')}</p>
          </div>
        </section>
        {vehicle.done.length > 0 && <p class="gate-words">{t('register.occupants-done', { names: vehicle.done.join('、') })}</p>}
        <ul class="tiles">
          {households.flatMap((household) =>
            household.residents.map((resident) => (
              <li key={resident.id}>
                <button
                  type="button"
                  class="tile"
                  disabled={vehicle.done.includes(maskName(resident.name))}
                  onClick={() => void passenger(actions, vehicle, residentWho(resident, household, { way: 'plate' }))}
                >
                  {maskName(resident.name)} <small>{unitText(household.address)}</small>
                </button>
              </li>
            )),
          )}
          <li>
            <button type="button" class="tile tile-plain" onClick={() => void passenger(actions, vehicle, unknown())}>
              {t('register.occupant-unknown')}
            </button>
          </li>
        </ul>
      </main>
      <footer class="gate-foot">
        <Button tall onClick={() => void putAside()}>
          {t('register.park')}
        </Button>
        <Button tall look="main" onClick={finish}>
          {t('register.vehicle-done')}
        </Button>
      </footer>
    </div>
  )
}

/** Registers one of those inside; the car is gone on with afterwards. */
function passenger(actions: GateActions, vehicle: VehicleUnderway, who: Who): Promise<void> {
  const role = vehicle.done.length === 0 ? 'driver' : 'passenger'
  const after: VehicleUnderway = { ...vehicle, done: [...vehicle.done, who.name] }
  return actions.person(who, {
    parts: { vehicle: { id: vehicle.id, plate: vehicle.plate, role } },
    next: { at: 'vehicle', vehicle: after },
  })
}
