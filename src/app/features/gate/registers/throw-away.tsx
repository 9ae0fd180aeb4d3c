import { useState } from 'preact/hooks'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { Button } from '../../../ui/button'
import { Dialog } from '../../../ui/dialog'
import { unpark } from './parking'

/** A form that was put aside and is not wanted: gone after a question, because nothing brings it back. */
export function ThrowAway({ id, onGone }: { readonly id: string; readonly onGone: () => void }) {
  const services = useServices()
  const [asking, ask] = useState(false)
  if (!services.kept.values.parked.value.some((form) => form.id === id)) return null
  const throwAway = async () => {
    await unpark(services, id)
    onGone()
  }
  return (
    <>
      <Button look="quiet" wide onClick={() => ask(true)}>
        {t('register.throw-away')}
      </Button>
      {asking && (
        <Dialog title={t('register.throw-away-sure')} onClose={() => ask(false)}>
          <div class="gate-reasons">
            <Button look="danger" tall wide onClick={() => void throwAway()}>
              {t('register.throw-away-do')}
            </Button>
            <Button look="quiet" wide onClick={() => ask(false)}>
              {t('register.throw-away-keep')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
