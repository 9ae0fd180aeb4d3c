import { useState } from 'preact/hooks'
import type { StorageError } from '../../../storage/storage-error'
import { t } from '../../i18n/translate'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Screen } from '../../ui/screen'
import { choosePin } from '../../unlocking'
import { NewPin } from './new-pin'
import './lock.css'

/** The first PIN: before it nothing personal is written on this phone. */
export function ChoosePinScreen() {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<StorageError>()
  const choose = async (pin: string) => {
    setBusy(true)
    const chosen = await choosePin(pin)
    setBusy(false)
    if (!chosen.ok) setProblem(chosen.error)
  }
  return (
    <Screen title={t('lock.choose')}>
      <p>{t('lock.choose-why')}</p>
      <NewPin
        hint={t('lock.choose-hint')}
        busy={busy}
        error={problem && t(STORAGE_WORDS[problem.kind].todo)}
        onPin={(pin) => void choose(pin)}
      />
    </Screen>
  )
}
