import { err, ok, type Result } from '../domain/result'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const VALUES: ReadonlyMap<string, number> = new Map([...ALPHABET].map((character, value) => [character, value]))

/** Bytes in base45 (RFC 9285): what a QR code holds in its alphanumeric mode. */
export function toBase45(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 2) {
    const pair = i + 1 < bytes.length
    let value = pair ? (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0) : (bytes[i] ?? 0)
    for (let digits = pair ? 3 : 2; digits > 0; digits--) {
      text += ALPHABET[value % 45]
      value = Math.floor(value / 45)
    }
  }
  return text
}

/** The bytes of a base45 text; strict: a foreign character, a group of one, or a group beyond its bytes is an error. */
export function fromBase45(text: string): Result<Uint8Array<ArrayBuffer>, 'not-base45'> {
  const rest = text.length % 3
  if (rest === 1) return err('not-base45')
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (rest === 2 ? 1 : 0))
  let at = 0
  for (let i = 0; i < text.length; i += 3) {
    const short = i + 2 === text.length
    const c = VALUES.get(text.charAt(i))
    const d = VALUES.get(text.charAt(i + 1))
    const e = short ? 0 : VALUES.get(text.charAt(i + 2))
    if (c === undefined || d === undefined || e === undefined) return err('not-base45')
    const value = c + d * 45 + e * 2025
    if (value > (short ? 0xff : 0xffff)) return err('not-base45')
    if (!short) bytes[at++] = value >> 8
    bytes[at++] = value & 0xff
  }
  return ok(bytes)
}
