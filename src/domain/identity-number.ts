import type { Branded } from './brand'
import { err, ok, type Result } from './result'

/** The 18 characters of a resident identity card; area, birthday and sex are never read out of it. */
export type IdentityNumber = Branded<string, 'IdentityNumber'>

export type IdentityNumberError = { readonly kind: 'length' | 'characters' | 'birthday' | 'checksum' }

/** Reads a typed identity number (GB 11643-1999); the area code is not checked. The 15 digits of before 1999 are a wrong 'length'. */
export function parseIdentityNumber(text: string): Result<IdentityNumber, IdentityNumberError> {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '')
  if (!/^\d*X?$/.test(plain)) return err({ kind: 'characters' })
  if (plain.length !== LENGTH) return err({ kind: 'length' })
  if (!hasBirthday(plain)) return err({ kind: 'birthday' })
  if (!isChecked(plain)) return err({ kind: 'checksum' })
  return ok(plain as IdentityNumber)
}

/** ****123X: neither area nor birthday is shown. */
export function maskIdentityNumber(number: IdentityNumber): string {
  return `****${number.slice(-4)}`
}

const LENGTH = 18

/** Characters 7 to 14 are a day of the calendar; years before 100 are none, for Date reads them as 19xx. */
function hasBirthday(number: string): boolean {
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)]
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return date.toISOString().slice(0, 10) === `${year}-${month}-${day}`
}

/** ISO 7064 MOD 11-2: doubled from character to character, all of them leave 1; X counts 10. */
function isChecked(number: string): boolean {
  let remainder = 0
  for (const character of number) remainder = (remainder * 2 + (character === 'X' ? 10 : Number(character))) % 11
  return remainder === 1
}
