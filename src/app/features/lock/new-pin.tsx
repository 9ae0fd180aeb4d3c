import { useState } from 'preact/hooks'
import { t } from '../../i18n/translate'
import { PinEntry } from './pin-entry'
import { pinMistake } from './pin-words'

export interface NewPinProps {
  readonly hint?: string
  readonly error?: string | undefined
  readonly busy?: boolean
  readonly onPin: (pin: string) => void
}

/** A new PIN, twice: a slip of a glove would lock its owner out. */
export function NewPin({ hint, error, busy, onPin }: NewPinProps) {
  const [first, setFirst] = useState<string>()
  const [mistake, setMistake] = useState<string>()
  if (first === undefined) {
    const take = (pin: string) => {
      const wrong = pinMistake(pin)
      setMistake(wrong)
      if (!wrong) setFirst(pin)
    }
    return (
      <PinEntry key="first" label={t('lock.new-pin')} hint={hint} action={t('common.continue')} error={mistake ?? error} onPin={take} />
    )
  }
  const again = (pin: string) => {
    if (pin === first) return onPin(pin)
    setMistake(t('lock.not-the-same'))
    setFirst(undefined)
  }
  return <PinEntry key="again" label={t('lock.again')} action={t('lock.set')} busy={busy ?? false} onPin={again} />
}
