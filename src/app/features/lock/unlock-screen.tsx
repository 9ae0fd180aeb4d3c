import { useEffect, useState } from 'preact/hooks'
import type { Lock } from '../../../vault/lock'
import { t } from '../../i18n/translate'
import { uploadWhileLocked } from '../../shell/locked-upload'
import { Button } from '../../ui/button'
import { Screen } from '../../ui/screen'
import { unlockByPin, unlockByPlatform } from '../../unlocking'
import { ForgottenPin } from './forgotten-pin'
import './lock.css'
import { Prove } from './prove'

/** The app was closed, or locked fully: the PIN once, or the phone's own lock. What waits goes up meanwhile. */
export function UnlockScreen({ lock }: { readonly lock: Lock }) {
  const [forgotten, setForgotten] = useState(false)

  useEffect(() => {
    const uploading = uploadWhileLocked()
    return () => void uploading.then((stop) => stop())
  }, [])

  if (forgotten) return <ForgottenPin lock={lock} onBack={() => setForgotten(false)} />
  return (
    <Screen title={t('lock.title')}>
      <p class="soft">{t('lock.why')}</p>
      <Prove lock={lock} action={t('lock.unlock')} byPin={unlockByPin} byPlatform={unlockByPlatform} />
      <Button look="quiet" wide onClick={() => setForgotten(true)}>
        {t('lock.forgotten')}
      </Button>
    </Screen>
  )
}
