import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { ContactLinks } from '../../shell/contact-links'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import type { GateActions } from './gate-actions'
import type { Gate } from './gate-state'

/** A wait takes the whole screen: what to do next, and whom to call. For bystanders every wait looks the same. */
export function Told({ shown, actions }: { readonly shown: Extract<Gate, { at: 'told' }>; readonly actions: GateActions }) {
  const { step, who, key } = shown
  const { collectingBody, contact } = useServices().identity.value.community
  const todo = () => {
    if (step === 'confirmed') return t('gate.confirmed-todo', { body: collectingBody, contact })
    return t(step === 'wait' ? 'gate.wait-todo' : 'gate.medical-todo')
  }
  return (
    <div class="gate told">
      <main>
        <Icon name={step === 'medical' ? 'check' : 'hand'} size={72} />
        <div role="alert">
          <h1>{t(`gate.${step}-title`)}</h1>
        </div>
        <p class="told-who">
          {who.name} {who.unit}
        </p>
        <p>{todo()}</p>
        {step === 'wait' && <p>{t('gate.wait-others')}</p>}
        {step === 'medical' && <ContactLinks />}
      </main>
      <footer class="gate-foot gate-foot-stacked">
        {step === 'confirmed' && (
          <a class="button button-main button-tall button-wide" href={`/incident/${key}`}>
            <Icon name="list" />
            <span>{t('gate.to-incident')}</span>
          </a>
        )}
        <Button look={step === 'confirmed' ? 'plain' : 'main'} tall wide onClick={actions.back}>
          {t('common.continue')}
        </Button>
      </footer>
    </div>
  )
}
