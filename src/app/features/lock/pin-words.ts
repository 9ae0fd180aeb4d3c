import { type PinProblem, pinProblem } from '../../../vault/pin'
import { spanText } from '../../i18n/format'
import { type PlainKey, t } from '../../i18n/translate'
import { STORAGE_WORDS } from '../../shell/storage-words'
import type { UnlockError } from '../../unlocking'

const PIN_WORDS = {
  'too-short': 'lock.pin-too-short',
  'not-digits': 'lock.pin-not-digits',
  'too-simple': 'lock.pin-too-simple',
} as const satisfies Record<PinProblem, PlainKey>

/** Why this PIN is not to be taken; undefined where it is. */
export function pinMistake(pin: string): string | undefined {
  const problem = pinProblem(pin)
  return problem && t(PIN_WORDS[problem])
}

export function unlockWords(error: UnlockError): string {
  switch (error.kind) {
    case 'wrong-pin':
      return error.wait > 0 ? t('lock.wrong-wait', { by: spanText(error.wait) }) : t('lock.wrong')
    case 'too-many-tries':
      return t('lock.wait', { by: spanText(error.wait) })
    case 'platform-refused':
      return t('lock.platform-refused')
    default:
      return t(STORAGE_WORDS[error.kind].todo)
  }
}
