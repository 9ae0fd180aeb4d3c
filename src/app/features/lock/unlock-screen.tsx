import { useEffect, useState } from 'preact/hooks'
import type { Lock } from '../../../vault/lock'
import { t } from '../../i18n/translate'
import { uploadWhileLocked } from '../../shell/locked-upload'
import { Button } from '../../ui/button'
import { Screen } from '../../ui/screen'
import { type UnlockError, unlockByPin, unlockByPlatform } from '../../unlocking'
import { ForgottenPin } from './forgotten-pin'
import { PinEntry } from './pin-entry'
import { unlockWords } from './pin-words'
import './lock.css'

/** The app was closed, or locked fully: the PIN once, or the phone's own lock. What waits goes up meanwhile. */
export function UnlockScreen({ lock }: { readonly lock: Lock }) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<UnlockError>()
  const [forgotten, setForgotten] = useState(false)

  useEffect(() => {
    const uploading = uploadWhileLocked()
    return () => void uploading.then((stop) => stop())
  }, [])

  const unlock = async (by: () => ReturnType<typeof unlockByPin>) => {
    setBusy(true)
    setProblem(undefined)
    const unlocked = await by()
    setBusy(false)
    if (!unlocked.ok) setProblem(unlocked.error)
  }

  if (forgotten) return <ForgottenPin lock={lock} onBack={() => setForgotten(false)} />
  return (
    <Screen title={t('lock.title')}>
      <p class="soft">{t('lock.why')}</p>
      {lock.platform ? (
        <div class="pin">
          {problem && (
            <p class="field-error" role="alert">
              {unlockWords(problem)}
            </p>
          )}
          <Button look="main" tall wide icon="fingerprint" busy={busy} onClick={() => void unlock(unlockByPlatform)}>
            {t('lock.by-platform')}
          </Button>
        </div>
      ) : (
        <PinEntry
          label={t('lock.pin')}
          action={t('lock.unlock')}
          busy={busy}
          error={problem && unlockWords(problem)}
          onPin={(pin) => void unlock(() => unlockByPin(pin))}
        />
      )}
      <Button look="quiet" wide onClick={() => setForgotten(true)}>
        {t('lock.forgotten')}
      </Button>
    </Screen>
  )
}
