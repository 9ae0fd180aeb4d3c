import { useState } from 'preact/hooks'
import { parseMobile } from '../../../../domain/mobile'
import { maskPlate } from '../../../../domain/plate'
import { maskName, unitText } from '../../../../domain/roster'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { Strip } from '../../../shell/strip'
import { residentWho, visitorWho } from '../../../shell/who'
import { Button } from '../../../ui/button'
import { Field } from '../../../ui/field'
import { Icon } from '../../../ui/icon'
import type { GateActions } from '../gate-actions'
import { LOOKING } from '../gate-state'
import { park, unpark } from './parking'
import { passenger } from './passenger'
import type { VehicleUnderway } from './register-state'
import { ThrowAway } from './throw-away'

interface OccupantsProps {
  readonly vehicle: VehicleUnderway
  readonly actions: GateActions
}

/** Who is inside: the people of the car's household as tiles, and whoever else. */
export function Occupants({ vehicle, actions }: OccupantsProps) {
  const services = useServices()
  const { roster, rules, preferences } = services
  const asksId = rules.value.visitorId === 'asked' && preferences.value.direction === 'in'
  const { done, id } = vehicle
  const households = vehicle.householdIds.flatMap((each) => roster.value?.householdById.get(each) ?? [])
  const finish = () => {
    void unpark(services, id)
    actions.go(LOOKING)
  }
  const putAside = async () => {
    await park(services, { form: 'vehicle', title: maskPlate(vehicle.plate), values: vehicle }, id)
    actions.go(LOOKING)
  }
  return (
    <div class="gate gate-measuring">
      <Strip />
      <main>
        <CarHead vehicle={vehicle} />
        {done.length > 0 && <p class="gate-words">{t('register.occupants-done', { names: done.map(({ name }) => name).join('、') })}</p>}
        <ul class="tiles">
          {households.flatMap((household) =>
            household.residents.map((resident) => (
              <li key={resident.id}>
                <button
                  type="button"
                  class="tile"
                  disabled={done.some(({ residentId }) => residentId === resident.id)}
                  onClick={() => void passenger(actions, vehicle, residentWho(resident, household, { way: 'plate' }))}
                >
                  {maskName(resident.name)} <small>{unitText(household.address)}</small>
                </button>
              </li>
            )),
          )}
          <li>
            <button type="button" class="tile tile-plain" onClick={() => actions.go({ at: asksId ? 'visitor' : 'occupant', vehicle })}>
              {t('register.occupant-unknown')}
            </button>
          </li>
        </ul>
        {done.length === 0 && <ThrowAway id={id} onGone={() => actions.go(LOOKING)} />}
      </main>
      <footer class="gate-foot">
        {done.length === 0 && (
          <Button tall onClick={actions.back}>
            {t('common.back')}
          </Button>
        )}
        <Button tall onClick={() => void putAside()}>
          {t('register.park')}
        </Button>
        {done.length > 0 && (
          <Button tall look="main" onClick={finish}>
            {t('register.vehicle-done')}
          </Button>
        )}
      </footer>
    </div>
  )
}

/** Somebody whom the roster does not know is a visitor: on the way in, asked what a visitor is asked. */
export function OccupantPanel({ vehicle, actions }: OccupantsProps) {
  const { roster, preferences } = useServices()
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const mobile = parseMobile(phone)
  const isWrong = phone.trim() !== '' && !mobile.ok
  const goOn = (declared: { readonly keyArea?: boolean }) => {
    if (isWrong) return
    const unnamed = t('register.occupant', { number: vehicle.done.length + 1 })
    const form = { name: name.trim() || unnamed, ...(mobile.ok ? { phone: mobile.value } : {}), ...declared }
    const who = visitorWho(form, 'written', roster.value)
    const before = { at: 'occupant', vehicle } as const
    void passenger(actions, vehicle, name.trim() ? who : { ...who, name: unnamed }, before)
  }
  return (
    <div class="gate gate-form">
      <Strip />
      <main>
        <CarHead vehicle={vehicle} />
        {preferences.value.direction === 'in' && <p class="gate-words">{t('register.key-area')}</p>}
        <Field label={t('register.name')} hint={t('register.occupant-name-hint')} value={name} onInput={setName} maxLength={40} />
        <Field
          label={t('register.phone')}
          value={phone}
          onInput={setPhone}
          inputMode="tel"
          maxLength={20}
          error={isWrong && phone.trim().length >= 11 ? t('register.phone-wrong') : undefined}
        />
        <Button wide icon="edit" onClick={() => actions.go({ at: 'visitor', vehicle, values: { name: name.trim(), phone } })}>
          {t('register.occupant-form')}
        </Button>
      </main>
      <footer class="gate-foot gate-foot-stacked">
        {preferences.value.direction === 'in' ? (
          <>
            <Button tall wide look="main" onClick={() => goOn({ keyArea: false })}>
              {t('register.key-area-no')}
            </Button>
            <Button tall wide onClick={() => goOn({ keyArea: true })}>
              {t('register.key-area-yes')}
            </Button>
          </>
        ) : (
          <Button tall wide look="main" onClick={() => goOn({})}>
            {t('gate.written-next')}
          </Button>
        )}
        <Button tall wide onClick={actions.back}>
          {t('common.back')}
        </Button>
      </footer>
    </div>
  )
}

function CarHead({ vehicle: { plate, done } }: { readonly vehicle: VehicleUnderway }) {
  return (
    <section class="who" role="status">
      <span class="who-sign">
        <Icon name="car" size={28} />
      </span>
      <div>
        <h1>{plate}</h1>
        <p class="who-word">{t(done.length === 0 ? 'register.driver-who' : 'register.passenger-who')}</p>
      </div>
    </section>
  )
}
