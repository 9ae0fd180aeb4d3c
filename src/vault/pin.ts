import { err, ok, type Result } from '../domain/result'
import { AES } from '../trust/payload'

/** The data key under a PIN. A PIN of six digits slows a thief of the storage; SECURITY.md says by how much. */
export interface WrappedByPin {
  readonly salt: Uint8Array<ArrayBuffer>
  readonly iterations: number
  readonly iv: Uint8Array<ArrayBuffer>
  readonly box: Uint8Array<ArrayBuffer>
}

export type PinProblem = 'too-short' | 'not-digits' | 'too-simple'

const LEAST = 6 // digits
const MOST = 20
const ITERATIONS = 600_000 // PBKDF2-SHA256, as OWASP's password storage cheat sheet asks

/** Why a PIN is not to be taken; undefined where it is. */
export function pinProblem(pin: string): PinProblem | undefined {
  if (!/^\d*$/.test(pin)) return 'not-digits'
  if (pin.length < LEAST || pin.length > MOST) return 'too-short'
  const steps = [...pin].slice(1).map((digit, i) => Number(digit) - Number(pin[i]))
  // 000000, 123456, 654321: what a thief tries first.
  return steps.every((step) => step === steps[0]) && [-1, 0, 1].includes(steps[0] ?? 0) ? 'too-simple' : undefined
}

export async function wrapByPin(dataKey: Uint8Array<ArrayBuffer>, pin: string): Promise<WrappedByPin> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const key = await keyOfPin(pin, salt, ITERATIONS)
  return { salt, iterations: ITERATIONS, iv, box: new Uint8Array(await crypto.subtle.encrypt({ name: AES, iv }, key, dataKey)) }
}

/** The data key, 32 bytes. */
export async function openByPin(
  { salt, iterations, iv, box }: WrappedByPin,
  pin: string,
): Promise<Result<Uint8Array<ArrayBuffer>, 'wrong-pin'>> {
  const key = await keyOfPin(pin, salt, iterations)
  try {
    return ok(new Uint8Array(await crypto.subtle.decrypt({ name: AES, iv }, key, box)))
  } catch {
    return err('wrong-pin')
  }
}

async function keyOfPin(pin: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, base, { name: AES, length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
}

/** Wrong tries so far; kept before a PIN is looked at, so that a kill gives none back. */
export interface Tries {
  readonly failures: number
  /** Device ms of the last one. */
  readonly at: number
}

const FREE = 5 // wrong tries before the first wait
const FIRST_WAIT = 30_000 // ms
const LONGEST_WAIT = 900_000 // ms; a shift must not be locked out for an hour by a child with the phone

/** ms until a PIN may be tried again. A clock that was set back counts as one that stood still. */
export function pinWait({ failures, at }: Tries, now: number): number {
  if (failures < FREE) return 0
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - FREE))
  return Math.max(0, wait - Math.max(0, now - at))
}
