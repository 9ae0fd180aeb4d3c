import { useState } from 'preact/hooks'
import type { Result } from '../../../domain/result'
import type { Lock } from '../../../vault/lock'
import { t } from '../../i18n/translate'
import { Button } from '../../ui/button'
import type { UnlockError } from '../../unlocking'
import { PinEntry } from './pin-entry'
import { unlockWords } from './pin-words'

export interface ProveProps<Proof> {
  readonly lock: Pick<Lock, 'platform'>
  readonly action: string
  byPin(pin: string): Promise<Result<Proof, UnlockError>>
  byPlatform(): Promise<Result<Proof, UnlockError>>
  readonly onProven?: (proof: Proof) => void
}

/** Shows that somebody may: by the PIN, or by the phone's own lock, whichever this phone has. */
export function Prove<Proof>({ lock, action, byPin, byPlatform, onProven }: ProveProps<Proof>) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<UnlockError>()
  const prove = async (by: () => Promise<Result<Proof, UnlockError>>) => {
    setBusy(true)
    setProblem(undefined)
    const proven = await by()
    setBusy(false)
    if (!proven.ok) return setProblem(proven.error)
    onProven?.(proven.value)
  }
  const error = problem && unlockWords(problem)
  if (!lock.platform)
    return <PinEntry label={t('lock.pin')} action={action} busy={busy} error={error} onPin={(pin) => void prove(() => byPin(pin))} />
  return (
    <div class="pin">
      <p class="field-error" role="alert">
        {error}
      </p>
      <Button look="main" tall wide icon="fingerprint" busy={busy} onClick={() => void prove(byPlatform)}>
        {t('lock.by-platform')}
      </Button>
    </div>
  )
}
