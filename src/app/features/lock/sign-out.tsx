import { useState } from 'preact/hooks'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Notice } from '../../ui/notice'

/** The end of this phone's service: everything on it goes, and nothing that is unsent goes with it. */
export function SignOut() {
  const { signOut } = useServices()
  const [asking, setAsking] = useState(false)
  const [unsent, setUnsent] = useState(0)
  const clear = async () => {
    const out = await signOut()
    setAsking(false)
    if (!out.ok) setUnsent(out.error.count)
  }
  return (
    <>
      {unsent > 0 && <Notice tone="wait" icon="upload" title={t('lock.sign-out-unsent', { count: unsent })} announce="alert" />}
      <Button look="danger" tall wide onClick={() => setAsking(true)}>
        {t('lock.sign-out')}
      </Button>
      <p class="soft">{t('lock.sign-out-what')}</p>
      {asking && (
        <Dialog title={t('lock.sign-out-title')} onClose={() => setAsking(false)}>
          <p>{t('lock.sign-out-what')}</p>
          <Button look="danger" tall wide onClick={() => void clear()}>
            {t('lock.sign-out-do')}
          </Button>
          <Button look="quiet" wide onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
        </Dialog>
      )}
    </>
  )
}
