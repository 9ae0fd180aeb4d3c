import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import type { GateActions } from './gate-actions'
import type { Who } from './who'

/** A wait takes the whole screen: what to do next, and whom to call. For bystanders every wait looks the same. */
export function Told({ step, who, actions }: { readonly step: 'wait' | 'confirmed'; readonly who: Who; readonly actions: GateActions }) {
  const { collectingBody, contact } = useServices().identity.value.community
  return (
    <div class="gate told">
      <main>
        <Icon name="hand" size={72} />
        <div role="alert">
          <h1>{t(`gate.${step}-title`)}</h1>
        </div>
        <p class="told-who">
          {who.name} {who.unit}
        </p>
        <p>{step === 'wait' ? t('gate.wait-todo') : t('gate.confirmed-todo', { body: collectingBody, contact })}</p>
        {step === 'wait' && <p>{t('gate.wait-others')}</p>}
      </main>
      <footer class="gate-foot">
        {step === 'confirmed' && (
          <a class="button button-tall" href={`tel:${contact}`}>
            <Icon name="phone" />
            {contact}
          </a>
        )}
        <Button look="main" tall wide onClick={actions.back}>
          {t('common.continue')}
        </Button>
      </footer>
    </div>
  )
}
