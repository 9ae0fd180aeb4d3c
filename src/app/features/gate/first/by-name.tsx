import { t } from '../../../i18n/translate'
import { Button } from '../../../ui/button'
import type { GateActions } from '../gate-actions'
import { Counter } from './counter'

/** A counting post whose rules ask for names: each is registered; the counter stays for whom nobody could stop. */
export function ByName({ actions }: { readonly actions: GateActions }) {
  return (
    <div class="first-actions">
      <Button look="main" tall wide icon="edit" onClick={() => actions.go({ at: 'visitor' })}>
        {t('first.by-name')}
      </Button>
      <Button tall wide onClick={() => actions.go({ at: 'written' })}>
        {t('gate.written')}
      </Button>
      <Counter actions={actions} />
    </div>
  )
}
