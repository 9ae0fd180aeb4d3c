import { err, ok, type Result } from '../domain/result'
import { type DeviceKeys, publicKeyText, readReceiveKey } from '../trust/device-keys'
import { openEnvelope, sealTo } from '../trust/envelope'
import { packed, unpacked } from './packing'
import { readSignedBody, signBody } from './signed-body'

/** Begins each file; the digit is its version. */
const MAGIC = 'GATEPOST-DAY2\n'
const KIND = 'GATEPOST-DAY'

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
  const whole = JSON.stringify(await signBody(keys, 'day-file', receiveKey, JSON.stringify(content)))
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
    const signed = await readSignedBody(await unpacked(plain.value), 'day-file', await publicKeyText(receive.publicKey))
    if (!signed.ok) return err({ kind: 'forged' })
    return ok({ deviceId: signed.value.deviceId, content: JSON.parse(signed.value.body) })
  } catch {
    return err({ kind: 'forged' }) // not what `dayFile` makes
  }
}
