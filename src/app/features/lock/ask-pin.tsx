import { useEffect, useState } from 'preact/hooks'
import { readLock } from '../../../storage/lock-store'
import type { Lock } from '../../../vault/lock'
import { t } from '../../i18n/translate'
import { openLog } from '../../shell/log-lock'
import { Screen } from '../../ui/screen'
import { rawByPin, rawByPlatform } from '../../unlocking'
import './lock.css'
import { Prove } from './prove'

/** The log is locked while the gate works on: who looks at records shows that they may. */
export function AskPin() {
  const [lock, setLock] = useState<Lock>()
  useEffect(() => {
    void readLock<Lock>().then(setLock)
  }, [])
  return (
    <Screen title={t('lock.log-title')} back={{ href: '/', label: t('common.back') }}>
      <p class="soft">{t('lock.log-why')}</p>
      {lock && (
        <Prove
          lock={lock}
          action={t('lock.open-log')}
          byPin={rawByPin}
          byPlatform={rawByPlatform}
          onProven={({ raw }) => {
            raw.fill(0)
            openLog()
          }}
        />
      )}
    </Screen>
  )
}
