import type { DeviceId } from '../domain/ids'
import { fromBase64url, toBase64url } from './base64url'

/** What a browser proves itself with, and what others seal to it; neither private half can be read out. */
export interface DeviceKeys {
  readonly sign: CryptoKeyPair
  readonly receive: CryptoKeyPair
}

export const SIGN = { name: 'ECDSA', namedCurve: 'P-256' } as const
export const RECEIVE = { name: 'ECDH', namedCurve: 'P-256' } as const
const POINT = 65 // bytes of an uncompressed point of P-256

export async function makeDeviceKeys(): Promise<DeviceKeys> {
  const [sign, receive] = await Promise.all([
    crypto.subtle.generateKey(SIGN, false, ['sign', 'verify']),
    crypto.subtle.generateKey(RECEIVE, false, ['deriveBits']),
  ])
  return { sign, receive }
}

/** A public key as it travels: its uncompressed point, base64url, 87 characters. */
export async function publicKeyText(key: CryptoKey): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.exportKey('raw', key)))
}

/** Undefined for what is not a point of P-256. */
export const readSignKey = (text: string) => readKey(text, SIGN, ['verify'])
/** Undefined for what is not a point of P-256. */
export const readReceiveKey = (text: string) => readKey(text, RECEIVE, [])

async function readKey(text: string, algorithm: EcKeyImportParams, usages: KeyUsage[]): Promise<CryptoKey | undefined> {
  const point = fromBase64url(text)
  if (point?.length !== POINT) return undefined
  return crypto.subtle.importKey('raw', point, algorithm, true, usages).catch(() => undefined)
}

/** The device id: the thumbprint (RFC 7638, SHA-256, base64url) of its public signing key. */
export async function deviceIdOf(publicKey: string): Promise<DeviceId> {
  const point = fromBase64url(publicKey)
  if (point?.length !== POINT) throw new Error('deviceIdOf: not an uncompressed point of P-256')
  const x = toBase64url(point.subarray(1, 33))
  const y = toBase64url(point.subarray(33))
  const members = new TextEncoder().encode(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`)
  return toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', members))) as DeviceId
}
