import type { Case } from '../domain/case'
import { OWN_PREFIXES } from '../domain/recognisers'
import { err, ok, type Result } from '../domain/result'
import { fromBase45, toBase45 } from '../trust/base45'
import { fromBase64url, toBase64url } from '../trust/base64url'
import { type DeviceKeys, deviceIdOf, publicKeyText, readReceiveKey } from '../trust/device-keys'
import { openEnvelope, sealTo } from '../trust/envelope'
import { packed, unpacked } from './packing'
import { readSignedBody, signBody } from './signed-body'

/**
 * Open cases go to the next phone by codes held from phone to phone, because the old phone goes home: the taking phone shows its key,
 * the giving one shows the cases, sealed to it, in as many codes as they need. No network.
 */
const ASKING = OWN_PREFIXES.taking
const PART = OWN_PREFIXES['cases-part']
const POINT = 65
const SIGNATURE = 64
const HEAD = 6 // bytes: 4 that name the whole, the part's place, and of how many
const PART_BYTES = 150 // a code that a cheap camera reads from a screen
const MOST_PARTS = 40

/** What the taking phone shows: where to seal to. */
export function askingText(receiveKey: string): string {
  return ASKING + toBase45(fromBase64url(receiveKey) ?? new Uint8Array())
}

export function readAsking(text: string): Result<string, 'not-asking'> {
  const bytes = text.startsWith(ASKING) ? fromBase45(text.slice(ASKING.length)) : err('not-base45' as const)
  return bytes.ok && bytes.value.length === POINT ? ok(toBase64url(bytes.value)) : err('not-asking')
}

/** Who asks: where to seal to, and, where the code says so, the id of the phone that shows it. */
export interface AskingPhone {
  readonly receiveKey: string
  readonly deviceId?: string
}

export async function signedAskingText(keys: DeviceKeys): Promise<string> {
  const receiveKey = await publicKeyText(keys.receive.publicKey)
  const { signKey, signature } = await signBody(keys, 'asking', receiveKey, '')
  const bytes = [receiveKey, signKey, signature].map((text) => fromBase64url(text) ?? new Uint8Array())
  return ASKING + toBase45(Uint8Array.from(bytes.flatMap((part) => [...part])))
}

/** A code without a word of whose it is names nobody; one whose word is false is none. */
export async function readAskingPhone(text: string): Promise<Result<AskingPhone, 'not-asking'>> {
  const plain = readAsking(text)
  if (plain.ok) return ok({ receiveKey: plain.value })
  const bytes = text.startsWith(ASKING) ? fromBase45(text.slice(ASKING.length)) : err('not-base45' as const)
  if (!bytes.ok || bytes.value.length !== 2 * POINT + SIGNATURE) return err('not-asking')
  const part = (from: number, to: number) => toBase64url(bytes.value.slice(from, to))
  const [receiveKey, signKey] = [part(0, POINT), part(POINT, 2 * POINT)]
  const whole = { signKey, signature: part(2 * POINT, 2 * POINT + SIGNATURE), body: '' }
  const signed = await readSignedBody(whole, 'asking', receiveKey)
  return signed.ok ? ok({ receiveKey, deviceId: await deviceIdOf(signKey) }) : err('not-asking')
}

/** What two people compare who hold their phones side by side: 8 hexadecimal digits of a receive key's SHA-256. */
export async function checkCodeOf(receiveKey: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', fromBase64url(receiveKey) ?? new Uint8Array()))
  const hex = Array.from(digest.slice(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 4)} ${hex.slice(4)}`
}

export interface PassedOn {
  readonly communityId: string
  /** How the giving post is called. */
  readonly from: string
  readonly cases: readonly Case[]
}

/** The cases, signed, and sealed to the taking phone, as the texts of codes. */
export async function partsFor(
  keys: DeviceKeys,
  receiveKey: string,
  passed: PassedOn,
): Promise<Result<readonly string[], 'cannot-seal' | 'too-many'>> {
  const key = await readReceiveKey(receiveKey)
  if (!key) return err('cannot-seal')
  const whole = await signBody(keys, 'pass-on', receiveKey, JSON.stringify(passed))
  const sealed = await sealTo(key, 'pass-on', await packed(new TextEncoder().encode(JSON.stringify(whole))))
  const of = Math.ceil(sealed.length / PART_BYTES)
  if (of > MOST_PARTS) return err('too-many')
  const name = new Uint8Array(await crypto.subtle.digest('SHA-256', sealed)).slice(0, 4)
  return ok(
    Array.from({ length: of }, (_, i) => {
      const part = sealed.slice(i * PART_BYTES, (i + 1) * PART_BYTES)
      return PART + toBase45(Uint8Array.from([...name, i, of, ...part]))
    }),
  )
}

/** What has been read so far, part by part, in any order; parts of another whole begin anew. */
export interface Collected {
  readonly name: string
  readonly of: number
  readonly parts: ReadonlyMap<number, Uint8Array<ArrayBuffer>>
}

export function collect(before: Collected | undefined, text: string): Collected | undefined {
  const bytes = text.startsWith(PART) ? fromBase45(text.slice(PART.length)) : err('not-base45' as const)
  if (!bytes.ok || bytes.value.length <= HEAD) return before
  const name = toBase64url(bytes.value.slice(0, 4))
  const [index = 0, of = 0] = bytes.value.slice(4, HEAD)
  if (of === 0 || of > MOST_PARTS || index >= of) return before
  const known = before?.name === name && before.of === of ? before.parts : new Map<number, Uint8Array<ArrayBuffer>>()
  return { name, of, parts: new Map(known).set(index, bytes.value.slice(HEAD)) }
}

export const isWhole = ({ of, parts }: Collected) => parts.size === of

/** The cases out of all parts, and the id of the phone that signed them; who reads them must still check their form. */
export async function openParts(
  { of, parts }: Collected,
  receive: CryptoKeyPair,
): Promise<Result<{ readonly deviceId: string; readonly passed: unknown }, 'cannot-open' | 'forged'>> {
  const whole = Uint8Array.from(Array.from({ length: of }, (_, i) => [...(parts.get(i) ?? [])]).flat())
  const plain = await openEnvelope(receive, 'pass-on', whole)
  if (!plain.ok) return plain
  try {
    const signed = await readSignedBody(await unpacked(plain.value), 'pass-on', await publicKeyText(receive.publicKey))
    return signed.ok ? ok({ deviceId: signed.value.deviceId, passed: JSON.parse(signed.value.body) }) : signed
  } catch {
    return err('cannot-open') // not what `partsFor` makes
  }
}
