import { err, ok, type Result } from '../domain/result'
import { AES } from '../trust/payload'

/** The data key under a secret that only the phone's own lock (WebAuthn PRF) gives out: a copied storage is worthless. */
export interface WrappedByPlatform {
  readonly credentialId: Uint8Array<ArrayBuffer>
  readonly salt: Uint8Array<ArrayBuffer>
  readonly iv: Uint8Array<ArrayBuffer>
  readonly box: Uint8Array<ArrayBuffer>
}

export async function wrapByPlatform(
  dataKey: Uint8Array<ArrayBuffer>,
  {
    credentialId,
    salt,
    secret,
  }: { readonly credentialId: Uint8Array<ArrayBuffer>; readonly salt: Uint8Array<ArrayBuffer>; readonly secret: Uint8Array<ArrayBuffer> },
): Promise<WrappedByPlatform> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const box = await crypto.subtle.encrypt({ name: AES, iv }, await keyOf(secret, salt), dataKey)
  return { credentialId, salt, iv, box: new Uint8Array(box) }
}

export async function openByPlatform(
  { salt, iv, box }: WrappedByPlatform,
  secret: Uint8Array<ArrayBuffer>,
): Promise<Result<Uint8Array<ArrayBuffer>, 'cannot-open'>> {
  try {
    return ok(new Uint8Array(await crypto.subtle.decrypt({ name: AES, iv }, await keyOf(secret, salt), box)))
  } catch {
    return err('cannot-open')
  }
}

async function keyOf(secret: Uint8Array<ArrayBuffer>, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const info = new TextEncoder().encode('gatepost data key')
  return crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info }, base, { name: AES, length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
}
