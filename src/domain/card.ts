import type { CardId } from './ids'
import { err, ok, type Result } from './result'

export type CardError =
  | { readonly kind: 'empty' }
  /** A link, a health code, plain text: not one of ours. */
  | { readonly kind: 'foreign'; readonly looksLike: 'url' | 'payment' | 'health-code' | 'text' }
  /** Begins as ours does, but cannot be read. */
  | { readonly kind: 'damaged' }

export const CARD_PREFIX = 'GP1:'
const OPAQUE_ID = /^[0-9A-Z]{13,40}$/

/** The card's id from the text of a scanned code. */
export function parseCard(text: string): Result<CardId, CardError> {
  const plain = text.trim()
  if (plain === '') return err({ kind: 'empty' })
  if (!plain.startsWith(CARD_PREFIX)) return err({ kind: 'foreign', looksLike: likeness(plain) })
  const id = plain.slice(CARD_PREFIX.length)
  return OPAQUE_ID.test(id) ? ok(id as CardId) : err({ kind: 'damaged' })
}

function likeness(text: string): 'url' | 'payment' | 'health-code' | 'text' {
  if (/^(wxp|alipays?|weixin):|qr\.alipay\.com|payapp\.weixin\.qq\.com/i.test(text)) return 'payment'
  if (/health|jkm|skm|sukang|苏康码|健康码/i.test(text)) return 'health-code'
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? 'url' : 'text'
}

/** Crockford's alphabet: no I, L, O, U. */
export const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CHECK_ALPHABET = `${CROCKFORD}*~$=U`

/** What a person typed, as Crockford reads it: i and l are 1, o is 0, spaces and hyphens are nothing. */
export function normalizeCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0')
}

/** Crockford's check character (value modulo 37) of a code in his alphabet. */
export function checkCharacter(code: string): string {
  let remainder = 0
  for (const character of code) remainder = (remainder * 32 + CROCKFORD.indexOf(character)) % 37
  return CHECK_ALPHABET[remainder] ?? ''
}

/** True for a code whose last character is the check of those before it. */
export function isChecked(code: string): boolean {
  const body = code.slice(0, -1)
  return body !== '' && [...body].every((c) => CROCKFORD.includes(c)) && checkCharacter(body) === code.at(-1)
}
