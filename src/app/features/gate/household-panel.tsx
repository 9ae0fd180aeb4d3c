import { maskName, unitText } from '../../../domain/roster'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Strip } from '../../shell/strip'
import { residentWho, unlistedWho } from '../../shell/who'
import { Button } from '../../ui/button'
import type { GateActions } from './gate-actions'
import type { Gate } from './gate-state'
import { LostCard } from './lost-card'
import { NewMember } from './new-member'
import { WhoHead } from './who-head'

/** A household's members as masked tiles, and whom the roster does not know. */
export function HouseholdPanel({ shown, actions }: { readonly shown: Extract<Gate, { at: 'household' }>; readonly actions: GateActions }) {
  const { way, cardId } = shown
  const { preferences, roster } = useServices()
  // As it is now: members may have been added since it was chosen.
  const household = roster.value?.householdById.get(shown.household.id) ?? shown.household
  const found = { way, ...(cardId ? { cardId } : {}) }
  return (
    <div class="gate gate-measuring">
      <Strip />
      <main>
        <WhoHead
          who={{ name: unitText(household.address), unit: '' }}
          direction={preferences.value.direction}
          words={t(way === 'plain-card' ? 'gate.plain-card-household' : 'gate.household-title')}
          icon="household"
        />
        {household.residents.length === 0 && <p class="gate-words">{t('gate.household-empty')}</p>}
        <ul class="tiles">
          {household.residents.map((resident) => (
            <li key={resident.id}>
              <button type="button" class="tile" onClick={() => void actions.person(residentWho(resident, household, found))}>
                {maskName(resident.name)}
              </button>
            </li>
          ))}
          <li>
            <button type="button" class="tile tile-plain" onClick={() => void actions.person(unlistedWho(household, found))}>
              {t('gate.unlisted-member')}
            </button>
          </li>
        </ul>
        <NewMember household={household} onMade={(grown) => actions.household(grown, found)} />
        <LostCard household={household} />
      </main>
      <footer class="gate-foot">
        <Button tall wide onClick={actions.back}>
          {t('common.back')}
        </Button>
      </footer>
    </div>
  )
}
