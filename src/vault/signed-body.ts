import { err, ok, type Result } from '../domain/result'
import { fromBase64url, toBase64url } from '../trust/base64url'
import { type DeviceKeys, deviceIdOf, publicKeyText, readSignKey } from '../trust/device-keys'

const ECDSA = { name: 'ECDSA', hash: 'SHA-256' } as const

/** Words of one phone for another: who opens them knows who said them, and that they were said to nobody else. */
export interface SignedBody {
  readonly signKey: string
  readonly signature: string
  readonly body: string
}

/** `purpose` keeps words of one kind from being taken for another's; the receiver is signed too, so that nobody can seal them anew to a third. */
export async function signBody({ sign }: Pick<DeviceKeys, 'sign'>, purpose: string, receiveKey: string, body: string): Promise<SignedBody> {
  const signature = await crypto.subtle.sign(ECDSA, sign.privateKey, signed(purpose, receiveKey, body))
  return { signKey: await publicKeyText(sign.publicKey), signature: toBase64url(new Uint8Array(signature)), body }
}

/** The body, and the id of the phone that signed it. */
export async function readSignedBody(
  whole: unknown,
  purpose: string,
  receiveKey: string,
): Promise<Result<{ readonly deviceId: string; readonly body: string }, 'forged'>> {
  const { signKey, signature, body } = (whole ?? {}) as Partial<Record<keyof SignedBody, unknown>>
  if (typeof signKey !== 'string' || typeof signature !== 'string' || typeof body !== 'string') return err('forged')
  const [key, bits] = [await readSignKey(signKey), fromBase64url(signature)]
  if (!key || !bits || !(await crypto.subtle.verify(ECDSA, key, bits, signed(purpose, receiveKey, body)))) return err('forged')
  return ok({ deviceId: await deviceIdOf(signKey), body })
}

const signed = (purpose: string, receiveKey: string, body: string) =>
  new TextEncoder().encode(`gatepost ${purpose}\n${receiveKey}\n${body}`)
