import { useId, useState } from 'preact/hooks'
import { t } from '../../i18n/translate'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'

export interface PinEntryProps {
  readonly label: string
  readonly action: string
  readonly onPin: (pin: string) => void
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly busy?: boolean
  readonly disabled?: boolean
}

const DIGITS = [...'123456789']
const MOST = 20

/** Digits for a PIN: big keys for gloves, and a keyboard's digits too. It is never a password field: the browser would offer to keep it. */
export function PinEntry({ label, action, onPin, hint, error, busy, disabled }: PinEntryProps) {
  const [pin, setPin] = useState('')
  const id = useId()
  const type = (next: string) => setPin(next.replace(/\D/g, '').slice(0, MOST))
  const send = () => {
    if (busy || disabled) return
    onPin(pin)
    setPin('')
  }
  return (
    <form
      class="pin"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <label for={id}>{label}</label>
      {hint && (
        <p class="soft" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        id={id}
        class="pin-input"
        type="text"
        inputMode="none"
        autocomplete="off"
        autocorrect="off"
        spellcheck={false}
        value={pin}
        disabled={disabled ?? false}
        aria-invalid={Boolean(error)}
        aria-describedby={[hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')}
        onInput={(event) => type(event.currentTarget.value)}
      />
      <p class="field-error" id={`${id}-error`} role="alert">
        {error}
      </p>
      <fieldset class="pin-keys" disabled={disabled ?? false}>
        <legend class="visually-hidden">{label}</legend>
        {DIGITS.map((digit) => (
          <button key={digit} type="button" class="pin-key" onClick={() => type(pin + digit)}>
            {digit}
          </button>
        ))}
        <button type="button" class="pin-key" onClick={() => setPin(pin.slice(0, -1))} aria-label={t('lock.delete-digit')}>
          <Icon name="backspace" />
        </button>
        <button type="button" class="pin-key" onClick={() => type(`${pin}0`)}>
          0
        </button>
        <Button type="submit" look="main" tall {...(busy === undefined ? {} : { busy })} disabled={disabled || pin === ''}>
          {action}
        </Button>
      </fieldset>
    </form>
  )
}
