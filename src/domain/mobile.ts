import { err, ok, type Result } from './result'

export type MobileError = { readonly kind: 'length' | 'start' | 'characters' }

/** Reads a typed mobile number of the mainland as its 11 digits, without +86 or 0086; 'start' is any that does not begin with 13 to 19. */
export function parseMobile(text: string): Result<string, MobileError> {
  const digits = text
    .normalize('NFKC')
    .replace(SEPARATORS, '')
    .replace(/^(\+86|0086)/, '')
  if (!/^\d*$/.test(digits)) return err({ kind: 'characters' })
  if (digits.length !== LENGTH) return err({ kind: 'length' })
  return /^1[3-9]/.test(digits) ? ok(digits) : err({ kind: 'start' })
}

const SEPARATORS = /[\s\p{Pd}\p{Cf}]/gu // \p{Cf}: unseen direction marks, which come along from a phone's contacts
const LENGTH = 11
