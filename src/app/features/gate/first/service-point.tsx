import { t } from '../../../i18n/translate'
import { Button } from '../../../ui/button'
import type { GateActions } from '../gate-actions'
import { ArrivalsToday } from './arrivals-today'

/** Where arrivals register: the form stands first, then who came today. */
export function ServicePoint({ actions }: { readonly actions: GateActions }) {
  return (
    <div class="first-actions">
      <Button look="main" tall wide icon="edit" onClick={() => actions.go({ at: 'arrival' })}>
        {t('register.arrival')}
      </Button>
      <Button tall wide icon="household" onClick={() => actions.go({ at: 'bus' })}>
        {t('register.bus')}
      </Button>
      <ArrivalsToday />
    </div>
  )
}
