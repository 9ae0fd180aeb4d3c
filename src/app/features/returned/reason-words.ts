import { type MessageKey, t } from '../../i18n/translate'

const WORDS = {
  malformed: 'returned.code-malformed',
  'unknown-kind': 'returned.code-unknown-kind',
  'reading-out-of-range': 'returned.code-reading-out-of-range',
  'outside-scope': 'returned.code-outside-scope',
  'not-allowed': 'returned.code-not-allowed',
  'post-closed': 'returned.code-post-closed',
  conflict: 'returned.code-conflict',
  'unknown-card': 'returned.code-unknown-card',
  'card-bound': 'returned.code-card-bound',
  unreadable: 'returned.code-unreadable',
  'too-large': 'returned.code-too-large',
} as const satisfies Record<string, MessageKey>

/** The server's reason in words; a code of a newer server is shown as it is. */
export function reasonWords(code: string): string {
  return isKnown(code) ? t(WORDS[code]) : t('returned.code-other', { code })
}

const isKnown = (code: string): code is keyof typeof WORDS => code in WORDS
