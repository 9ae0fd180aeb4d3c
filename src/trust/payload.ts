import { err, ok, type Result } from '../domain/result'

/** Bytes of a sealed payload before its ciphertext: form, id of its key, IV. */
const FORM = 1
const KEY_ID = 16
const IV = 12
const HEADER = 1 + KEY_ID + IV

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** A key for payloads; its id stands in each of them, in the clear. */
export interface PayloadKey {
  /** 16 bytes, hex. */
  readonly id: string
  readonly key: CryptoKey
}

export const AES = 'AES-GCM'

/** Encrypts a value (as JSON) with AES-GCM: form, key id, IV, ciphertext. `about` is bound to it: moved to another row it does not open. */
export async function sealPayload(
  { id, key }: PayloadKey,
  plain: Uint8Array<ArrayBuffer>,
  about: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = crypto.getRandomValues(new Uint8Array(IV))
  const box = new Uint8Array(await crypto.subtle.encrypt({ name: AES, iv, additionalData: encoder.encode(about) }, key, plain))
  const sealed = new Uint8Array(HEADER + box.length)
  sealed[0] = FORM
  sealed.set(fromHex(id), 1)
  sealed.set(iv, 1 + KEY_ID)
  sealed.set(box, HEADER)
  return sealed
}

/** Which key a payload was sealed with; undefined for what is none. */
export function payloadKeyId(sealed: Uint8Array): string | undefined {
  return sealed[0] === FORM && sealed.length > HEADER ? toHex(sealed.subarray(1, 1 + KEY_ID)) : undefined
}

export async function openPayload(
  key: CryptoKey,
  sealed: Uint8Array,
  about: string,
): Promise<Result<Uint8Array<ArrayBuffer>, 'cannot-open'>> {
  if (payloadKeyId(sealed) === undefined) return err('cannot-open')
  try {
    const iv = sealed.slice(1 + KEY_ID, HEADER)
    return ok(
      new Uint8Array(await crypto.subtle.decrypt({ name: AES, iv, additionalData: encoder.encode(about) }, key, sealed.slice(HEADER))),
    )
  } catch {
    // Another key, another row, or damaged: WebCrypto does not say which.
    return err('cannot-open')
  }
}

export const jsonBytes = (value: unknown): Uint8Array<ArrayBuffer> => encoder.encode(JSON.stringify(value))
export const jsonIn = (bytes: Uint8Array): unknown => JSON.parse(decoder.decode(bytes))

export const importPayloadKey = (raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, AES, false, ['encrypt', 'decrypt'])

export const newKeyId = () => toHex(crypto.getRandomValues(new Uint8Array(KEY_ID)))

const toHex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
