import type { FastifyInstance } from 'fastify'
import type { DeviceId } from '../../src/domain/ids'
import { type DeviceKeys, deviceIdOf, makeDeviceKeys, publicKeyText } from '../../src/trust/device-keys'
import { signRequest } from '../../src/trust/request-signature'

/** A browser's keys, as a test holds them. */
export interface TestKeys {
  readonly id: DeviceId
  readonly keys: DeviceKeys
  readonly signKey: string
  readonly receiveKey: string
}

export async function someKeys(): Promise<TestKeys> {
  const keys = await makeDeviceKeys()
  const signKey = await publicKeyText(keys.sign.publicKey)
  return { id: await deviceIdOf(signKey), keys, signKey, receiveKey: await publicKeyText(keys.receive.publicKey) }
}

export interface Sent {
  readonly method?: 'GET' | 'POST'
  readonly url: string
  /** An object goes as JSON, bytes as they are. */
  readonly payload?: object | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/** The headers that sign a request with a device's key. */
export async function signedHeaders(
  { id, keys }: TestKeys,
  { method = 'GET', url, payload }: Sent,
  part: { readonly created?: number; readonly nonce?: string } = {},
): Promise<Record<string, string>> {
  const fields = await signRequest(
    { method, target: url, body: bytesOf(payload) },
    { key: keys.sign.privateKey, keyId: id, created: part.created ?? Date.now(), nonce: part.nonce ?? crypto.randomUUID() },
  )
  return { ...fields }
}

/** Sends a request to the server's routes as a device would. */
export async function sendSigned(app: FastifyInstance, from: TestKeys, sent: Sent) {
  const method = sent.method ?? (sent.payload ? 'POST' : 'GET')
  const answer = await app.inject({
    method,
    url: sent.url,
    ...(sent.payload ? { payload: Buffer.from(bytesOf(sent.payload)) } : {}),
    headers: {
      ...(sent.payload ? { 'content-type': 'application/json' } : {}),
      ...(await signedHeaders(from, { ...sent, method })),
      ...sent.headers,
    },
  })
  return answer
}

function bytesOf(payload: Sent['payload']): Uint8Array<ArrayBuffer> {
  if (payload === undefined) return new Uint8Array()
  return new Uint8Array(payload instanceof Uint8Array ? payload : Buffer.from(JSON.stringify(payload)))
}
