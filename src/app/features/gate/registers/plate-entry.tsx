import type { ComponentChildren } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { maskPlate, parsePlate, plateText } from '../../../../domain/plate'
import { type Household, maskName, unitText } from '../../../../domain/roster'
import { findCars } from '../../../../domain/roster-search'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { Strip } from '../../../shell/strip'
import { residentWho } from '../../../shell/who'
import { Button } from '../../../ui/button'
import { Dialog } from '../../../ui/dialog'
import type { GateActions } from '../gate-actions'
import { passenger } from './passenger'
import { PlateKeys } from './plate-keys'
import type { VehicleUnderway } from './register-state'

const FEWEST = 3 // characters of a plate that somebody calls out
const FEW_CARS = 2
const LONGEST = 20 // characters of what is no plate of the mainland
const TILES = 6 // people of the cars found that fit above the keys

export interface PlateEntryProps {
  /** What was typed of it before. */
  readonly before: string
  readonly actions: GateActions
  readonly foot: ComponentChildren
  readonly head: ComponentChildren
}

/** The plate by keys; a tail finds the cars that are known, with their people. */
export function PlateEntry({ before, actions, foot, head }: PlateEntryProps) {
  const { roster, rules } = useServices()
  const [typed, setTyped] = useState(before)
  const [byKeyboard, setByKeyboard] = useState(false)
  const [asking, ask] = useState(false)
  const index = roster.value
  const cars = useMemo(() => (index ? findCars(index, typed, FEW_CARS) : []), [index, typed])
  const isFree = rules.value.vehicles === 'free'
  const goOn = (plate: string, households: readonly Household[]) => actions.go({ at: 'vehicle', vehicle: begun(plate, households) })
  const inside = () => {
    if (!parsePlate(typed).ok) return ask(true)
    goOn(
      typed,
      cars.map(({ household }) => household),
    )
  }

  return (
    <div class="gate gate-measuring gate-plate">
      <Strip />
      <main>
        {head}
        <h1 class="visually-hidden">{t('register.vehicle')}</h1>
        {isFree && <p class="gate-words">{t('register.vehicles-free')}</p>}
        {byKeyboard ? (
          <input
            class="keypad-shown"
            aria-label={t('register.plate')}
            autocomplete="off"
            autocapitalize="characters"
            maxLength={LONGEST}
            value={typed}
            ref={focused}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        ) : (
          <output class="keypad-shown" aria-live="polite">
            {typed || <small>{t('register.plate-hint')}</small>}
          </output>
        )}
        {cars.length > 0 && (
          <ul class="tiles tiles-small">
            {cars.flatMap(({ plate: known, household }) =>
              household.residents.slice(0, TILES).map((resident) => {
                const who = residentWho(resident, household, { way: 'plate' })
                return (
                  <li key={`${known} ${resident.id}`}>
                    <button
                      type="button"
                      class="tile"
                      onClick={() => void (isFree ? actions.person(who) : passenger(actions, begun(known, [household]), who))}
                    >
                      {maskName(resident.name)} <small>{maskPlate(known)}</small>
                    </button>
                  </li>
                )
              }),
            )}
          </ul>
        )}
        <PlateKeys typed={typed} onType={setTyped} onKeyboard={() => setByKeyboard(!byKeyboard)} />
      </main>
      <footer class="gate-foot">
        {foot ?? (
          <Button tall onClick={actions.back}>
            {t('common.back')}
          </Button>
        )}
        {isFree ? (
          // Free is the car: a stranger in it is asked what one on foot is.
          <Button tall look="main" onClick={() => actions.go({ at: 'visitor' })}>
            {t('register.visitor')}
          </Button>
        ) : (
          <Button tall look="main" disabled={typed.length < FEWEST} onClick={inside}>
            {t('register.vehicle-other')}
          </Button>
        )}
      </footer>
      {asking && (
        <Dialog title={t('register.plate-unsure', { plate: typed })} onClose={() => ask(false)}>
          <div class="gate-reasons">
            {cars.map(({ plate, household }) => (
              <Button key={plate} tall wide icon="car" onClick={() => goOn(plate, [household])}>
                {plate} · {unitText(household.address)}
              </Button>
            ))}
            <Button look="main" tall wide onClick={() => ask(false)}>
              {t('register.plate-complete')}
            </Button>
            <Button tall wide onClick={() => goOn(typed, [])}>
              {t('register.plate-anyway')}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  )
}

const focused = (input: HTMLInputElement | null) => input?.focus()

function begun(plate: string, households: readonly Household[]): VehicleUnderway {
  return { id: crypto.randomUUID(), plate: plateText(plate), householdIds: households.map(({ id }) => id), done: [] }
}
