import type { CardId } from './ids'
import { type Likeness, OWN_PREFIXES, recognise, scannedText } from './recognisers'
import { err, ok, type Result } from './result'

export const CARD_KINDS = ['person', 'household', 'blank', 'visitor'] as const
export type CardKind = (typeof CARD_KINDS)[number]

/** What a card says of itself; nothing personal. */
export interface CardClaims {
  readonly id: CardId
  readonly kind: CardKind
  /** s since 1970 */
  readonly issuedAt: number
  /** s since 1970 */
  readonly expiresAt: number
}

/** Why a scanned code is not taken for a valid card. The card fails, never the resident. */
export type CardError =
  | { readonly kind: 'empty' }
  /** A link, a health code, plain text, or one of ours that is for another screen: no card. */
  | { readonly kind: 'foreign'; readonly looksLike: Likeness }
  /** Begins as ours does, but cannot be read. */
  | { readonly kind: 'damaged' }
  /** Names one of our keys, but was not made with it. */
  | { readonly kind: 'forged' }
  /** Made with a key that this phone does not know. */
  | { readonly kind: 'unknown-key' }
  | { readonly kind: 'other-community'; readonly community: string }
  | { readonly kind: 'revoked'; readonly cardId: CardId }
  | { readonly kind: 'expired'; readonly cardId: CardId; readonly expiredAt: number }

export const CARD_PREFIX = OWN_PREFIXES.card

/** What follows the prefix of a card's code. */
export function cardText(scanned: string): Result<string, CardError> {
  const is = recognise(scanned)
  if (is === 'empty') return err({ kind: 'empty' })
  if (is !== 'card') return err({ kind: 'foreign', looksLike: is })
  return ok(scannedText(scanned).slice(CARD_PREFIX.length))
}

/** Crockford's alphabet: no I, L, O, U. */
export const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CHECK_ALPHABET = `${CROCKFORD}*~$=U`
const CARD_ID_BYTES = 8
const SHORT = 7 // characters of the id that stand under the code, before the check character

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

/** A card's id: 8 bytes in Crockford's alphabet, 13 characters. */
export function cardIdOf(bytes: Uint8Array): CardId {
  if (bytes.length !== CARD_ID_BYTES) throw new Error('cardIdOf: needs exactly 8 bytes')
  let value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  let text = ''
  for (let i = 0; i < 13; i++) {
    text = CROCKFORD[Number(value % 32n)] + text
    value /= 32n
  }
  return text as CardId
}

/** The 8 bytes of a card's id; undefined for what is none. */
export function cardIdBytes(id: string): Uint8Array<ArrayBuffer> | undefined {
  if (id.length !== 13 || ![...id].every((c) => CROCKFORD.includes(c))) return undefined
  let value = [...id].reduce((sum, character) => sum * 32n + BigInt(CROCKFORD.indexOf(character)), 0n)
  if (value >= 2n ** 64n) return undefined
  const bytes = new Uint8Array(CARD_ID_BYTES)
  for (let i = CARD_ID_BYTES - 1; i >= 0; i--) {
    bytes[i] = Number(value % 256n)
    value /= 256n
  }
  return bytes
}

/** The 8 characters under a card's code, for the eye and the keyboard: the id's last seven and their check character. */
export function shortCodeOf(id: CardId): string {
  const short = id.slice(-SHORT)
  return short + checkCharacter(short)
}

/** True where every keyboard has the short code's check character; the server makes only such ids. */
export function hasTypableShortCode(id: CardId): boolean {
  return CROCKFORD.includes(checkCharacter(id.slice(-SHORT)))
}

/** What a typed text that found nobody is as a short code; undefined where it need not be one: a name, a phone's end, a plate. */
export function shortCodeDoubt(typed: string): 'mistyped' | 'unknown' | undefined {
  const code = normalizeCode(typed)
  if (code.length !== SHORT + 1 || !/\d/.test(typed) || !/[a-z]/i.test(typed)) return undefined
  if (![...code].every((character) => CHECK_ALPHABET.includes(character))) return undefined
  return isChecked(code) ? 'unknown' : 'mistyped'
}
