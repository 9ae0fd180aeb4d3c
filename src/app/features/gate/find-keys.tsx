import { useState } from 'preact/hooks'
import { t } from '../../i18n/translate'
import { Icon } from '../../ui/icon'

const DIGIT_KEYS = [...'123456789-0']
const LETTER_KEYS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

export interface FindKeysProps {
  readonly typed: string
  readonly onType: (typed: string) => void
  readonly onKeyboard: () => void
}

/** Big keys for gloves: digits first, letters behind a key, the phone's own keyboard for characters. */
export function FindKeys({ typed, onType, onKeyboard }: FindKeysProps) {
  const [letters, showLetters] = useState(false)
  const keys = letters ? LETTER_KEYS : DIGIT_KEYS
  return (
    <fieldset class={letters ? 'find-keys find-keys-letters' : 'find-keys'}>
      <legend class="visually-hidden">{t('gate.find-label')}</legend>
      {keys.map((key) => (
        <button key={key} type="button" class="pad-key" onClick={() => onType(typed + key)}>
          {key}
        </button>
      ))}
      <div class="find-keys-last">
        <button type="button" class="pad-key" onClick={() => onType(typed.slice(0, -1))} aria-label={t('gate.keypad-delete')}>
          <Icon name="backspace" />
        </button>
        <button type="button" class="pad-key pad-key-word" onClick={() => showLetters(!letters)}>
          {letters ? t('gate.find-digits') : t('gate.find-letters')}
        </button>
        <button type="button" class="pad-key pad-key-word" onClick={onKeyboard}>
          {t('gate.find-keyboard')}
        </button>
      </div>
    </fieldset>
  )
}
