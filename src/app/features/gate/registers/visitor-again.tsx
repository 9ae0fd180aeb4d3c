import type { VisitorForm } from '../../../../domain/registers'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { visitorWho } from '../../../shell/who'
import { Button } from '../../../ui/button'
import type { GateActions } from '../gate-actions'

/** Came before: one tap answers both questions, as most answer them; the form is for all else. */
export function VisitorAgain({ form, actions }: { readonly form: VisitorForm; readonly actions: GateActions }) {
  const { roster, rules } = useServices()
  const who = visitorWho(form, 'remembered', roster.value)
  const goOn = () => {
    const asksId = rules.value.visitorId === 'asked'
    const { idNumber, ...lasting } = form
    const declared = { ...lasting, hostConfirmed: true, keyArea: false, ...(asksId && idNumber ? { idNumber } : {}) }
    // The rule has begun to ask since: the form does.
    if (asksId && !idNumber) return actions.go({ at: 'visitor', values: declared, way: 'remembered' })
    void actions.person(visitorWho(declared, 'remembered', roster.value), { before: { at: 'visitor-again', form } })
  }
  return (
    <div class="gate gate-form">
      <main>
        <h1>
          {who.name} <small>{who.unit}</small>
        </h1>
        <p class="gate-words">{t('register.host-confirmed')}</p>
        <p class="gate-words">{t('register.key-area')}</p>
      </main>
      <footer class="gate-foot gate-foot-stacked">
        <Button tall wide look="main" onClick={goOn}>
          {t('register.again-as-hoped')}
        </Button>
        <Button tall wide onClick={() => actions.go({ at: 'visitor', values: form, way: 'remembered' })}>
          {t('register.again-otherwise')}
        </Button>
        <Button tall wide onClick={actions.back}>
          {t('common.back')}
        </Button>
      </footer>
    </div>
  )
}
