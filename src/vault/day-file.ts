import { err, ok, type Result } from '../domain/result'
import { fromBase64url, toBase64url } from '../trust/base64url'
import { type DeviceKeys, deviceIdOf, publicKeyText, readReceiveKey, readSignKey } from '../trust/device-keys'
import { openEnvelope, sealTo } from '../trust/envelope'
import { packed, unpacked } from './packing'

/** Begins each file; the digit is its version. */
const MAGIC = 'GATEPOST-DAY2\n'
const KIND = 'GATEPOST-DAY'
const ECDSA = { name: 'ECDSA', hash: 'SHA-256' } as const

export type DayFileError =
  /** Some other file. */
  | { readonly kind: 'not-day-file' }
  /** Of a newer build. */
  | { readonly kind: 'newer' }
  /** Of an older build, which told of one calendar day only, and nothing of uploads. */
  | { readonly kind: 'older' }
  /** Sealed to another phone, or damaged: the seal does not tell which. */
  | { readonly kind: 'not-for-us' }
  /** What is in it was not signed by the phone that it names. */
  | { readonly kind: 'forged' }

/** A phone's day for another phone: signed by the giving one, sealed to the taking one. `content` is JSON. */
export async function dayFile(
  keys: DeviceKeys,
  receiveKey: string,
  content: object,
): Promise<Result<Uint8Array<ArrayBuffer>, 'cannot-seal'>> {
  const receiver = await readReceiveKey(receiveKey)
  if (!receiver) return err('cannot-seal')
  const body = JSON.stringify(content)
  const signature = new Uint8Array(await crypto.subtle.sign(ECDSA, keys.sign.privateKey, signed(receiveKey, body)))
  const signKey = await publicKeyText(keys.sign.publicKey)
  const whole = JSON.stringify({ signKey, signature: toBase64url(signature), body })
  const sealed = await sealTo(receiver, 'day-file', await packed(new TextEncoder().encode(whole)))
  const magic = new TextEncoder().encode(MAGIC)
  const file = new Uint8Array(magic.length + sealed.length)
  file.set(magic)
  file.set(sealed, magic.length)
  return ok(file)
}

/** What a day file holds, and the id of the phone that signed it; who reads the content must still check its form. */
export async function openDayFile(
  receive: CryptoKeyPair,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Result<{ readonly deviceId: string; readonly content: unknown }, DayFileError>> {
  const head = new TextDecoder().decode(bytes.slice(0, MAGIC.length))
  if (!head.startsWith(KIND)) return err({ kind: 'not-day-file' })
  if (head !== MAGIC) return err({ kind: head < MAGIC ? 'older' : 'newer' })
  const plain = await openEnvelope(receive, 'day-file', bytes.slice(MAGIC.length))
  if (!plain.ok) return err({ kind: 'not-for-us' })
  try {
    const whole = (await unpacked(plain.value)) as { readonly signKey?: unknown; readonly signature?: unknown; readonly body?: unknown }
    const { signKey, signature, body } = whole
    if (typeof signKey !== 'string' || typeof signature !== 'string' || typeof body !== 'string') return err({ kind: 'forged' })
    const [key, bits] = [await readSignKey(signKey), fromBase64url(signature)]
    const own = await publicKeyText(receive.publicKey)
    if (!key || !bits || !(await crypto.subtle.verify(ECDSA, key, bits, signed(own, body)))) return err({ kind: 'forged' })
    return ok({ deviceId: await deviceIdOf(signKey), content: JSON.parse(body) })
  } catch {
    return err({ kind: 'forged' }) // not what `dayFile` makes
  }
}

/** The receiver is signed too: nobody can seal the same day anew to a third. */
const signed = (receiveKey: string, body: string) => new TextEncoder().encode(`gatepost day-file\n${receiveKey}\n${body}`)
