import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { ContactLinks } from '../../shell/contact-links'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import type { GateActions } from './gate-actions'
import { LOOKING, type Told as Shown } from './gate-state'
import { lastPassage } from './last-passage'
import { Failed } from './stop-panel'
import { UndoButton } from './undo-button'

/** A wait takes the whole screen: what to do next, and whom to call. For bystanders every wait looks the same. */
export function Told({ shown, actions }: { readonly shown: Shown; readonly actions: GateActions }) {
  const { step, who, key } = shown
  const { identity, judgedBy } = useServices()
  const { collectingBody } = identity.value.community
  const last = lastPassage.value
  const passing = shown.step === 'confirmed' ? shown.passing : undefined
  const todo = () => {
    if (shown.step === 'wait') {
      const minutes = Math.round(judgedBy(shown.rules).retestAfter / 60_000)
      return t('gate.wait-todo', { minutes, site: t(`site.${shown.site}`) })
    }
    return shown.step === 'confirmed' ? t('gate.confirmed-todo', { body: collectingBody }) : t('gate.medical-todo')
  }
  return (
    <div class={step === 'medical' ? 'gate told told-saved' : 'gate told'}>
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
        {step !== 'wait' && <ContactLinks withEmergency={step === 'confirmed'} />}
        <Failed failed={shown.failed} />
      </main>
      <footer class="gate-foot gate-foot-paired">
        {step === 'confirmed' && (
          <a class="button button-main button-tall" href={`/incident/${key}`}>
            <Icon name="list" />
            <span>{t('gate.to-incident')}</span>
          </a>
        )}
        {passing && (
          <Button tall onClick={() => void actions.goOn(passing)}>
            {t('gate.register-this')}
          </Button>
        )}
        {passing?.direction === 'out' && (
          <Button tall icon="plus" onClick={() => void actions.medical(passing)}>
            {t('gate.medical')}
          </Button>
        )}
        <Button look={step === 'confirmed' ? 'plain' : 'main'} tall onClick={actions.back}>
          {t('common.continue')}
        </Button>
        {last?.key === key && <UndoButton last={last} onUndone={() => actions.go(shown.retake ?? shown.next ?? LOOKING)} />}
      </footer>
    </div>
  )
}
