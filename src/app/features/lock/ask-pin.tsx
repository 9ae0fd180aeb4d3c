import { useEffect, useState } from 'preact/hooks'
import { readLock } from '../../../storage/lock-store'
import type { Lock } from '../../../vault/lock'
import { t } from '../../i18n/translate'
import { openLog } from '../../shell/log-lock'
import { Button } from '../../ui/button'
import { Screen } from '../../ui/screen'
import { rawByPin, rawByPlatform, type UnlockError } from '../../unlocking'
import { PinEntry } from './pin-entry'
import { unlockWords } from './pin-words'
import './lock.css'

/** The log is locked while the gate works on: who looks at records shows that they may. */
export function AskPin() {
  const [lock, setLock] = useState<Lock>()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<UnlockError>()
  useEffect(() => {
    void readLock<Lock>().then(setLock)
  }, [])
  const open = async (by: () => ReturnType<typeof rawByPin>) => {
    setBusy(true)
    const shown = await by()
    setBusy(false)
    if (!shown.ok) return setProblem(shown.error)
    shown.value.raw.fill(0)
    openLog()
  }
  return (
    <Screen title={t('lock.log-title')} back={{ href: '/', label: t('common.back') }}>
      <p class="soft">{t('lock.log-why')}</p>
      {lock?.platform && (
        <div class="pin">
          {problem && (
            <p class="field-error" role="alert">
              {unlockWords(problem)}
            </p>
          )}
          <Button look="main" tall wide icon="fingerprint" busy={busy} onClick={() => void open(rawByPlatform)}>
            {t('lock.by-platform')}
          </Button>
        </div>
      )}
      {lock?.pin && (
        <PinEntry
          label={t('lock.pin')}
          action={t('lock.open-log')}
          busy={busy}
          error={problem && unlockWords(problem)}
          onPin={(pin) => void open(() => rawByPin(pin))}
        />
      )}
    </Screen>
  )
}
