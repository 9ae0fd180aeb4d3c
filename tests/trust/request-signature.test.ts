import fc from 'fast-check'
import { verifySignature } from 'http-message-sig'
import { beforeAll, expect, test } from 'vitest'
import { err, ok } from '../../src/domain/result'
import { type DeviceKeys, deviceIdOf, makeDeviceKeys, publicKeyText, readReceiveKey, readSignKey, SIGN } from '../../src/trust/device-keys'
import {
  contentDigest,
  type SignatureFields,
  type SignedRequest,
  signRequest,
  verifierOf,
  verifyRequest,
} from '../../src/trust/request-signature'

const CREATED = 1_582_000_000_000
const REQUEST: SignedRequest = { method: 'POST', target: '/api/v1/sync/push?x=1', body: new TextEncoder().encode('{"operations":[]}') }
let keys: DeviceKeys
let fields: SignatureFields
beforeAll(async () => {
  keys = await makeDeviceKeys()
  fields = await signRequest(REQUEST, { key: keys.sign.privateKey, keyId: 'phone-1', created: CREATED, nonce: 'n-1' })
})

const ownerOf = async (keyId: string) => (keyId === 'phone-1' ? { owner: 'Wang', key: keys.sign.publicKey } : undefined)
const verified = (request: Partial<SignedRequest> = {}, part: Partial<SignatureFields> = {}) =>
  verifyRequest({ ...REQUEST, ...request }, { ...fields, ...part }, ownerOf)

test('a signed request names its owner, its nonce and its time', async () => {
  expect(await verified()).toEqual(ok({ owner: 'Wang', nonce: 'n-1', created: CREATED }))
})

test.each([
  ['method', { method: 'PUT' }],
  ['path', { target: '/api/v1/sync/pull?x=1' }],
  ['query', { target: '/api/v1/sync/push?x=2' }],
])('another %s is not what was signed', async (_, request) => {
  expect(await verified(request)).toEqual(err('wrong'))
})

test('another body is not what was signed, and one with its own digest is not either', async () => {
  const body = new TextEncoder().encode('{"operations":[1]}')
  expect(await verified({ body })).toEqual(err('altered'))
  expect(await verified({ body }, { 'content-digest': await contentDigest(body) })).toEqual(err('wrong'))
})

test("another device's key, a key that nobody has, and no signature are told apart", async () => {
  const thief = await makeDeviceKeys()
  const theirs = await signRequest(REQUEST, { key: thief.sign.privateKey, keyId: 'phone-1', created: CREATED, nonce: 'n-1' })
  expect(await verified({}, theirs)).toEqual(err('wrong'))
  const unknown = await signRequest(REQUEST, { key: thief.sign.privateKey, keyId: 'phone-2', created: CREATED, nonce: 'n-1' })
  expect(await verified({}, unknown)).toEqual(err('unknown-key'))
  expect(await verifyRequest(REQUEST, {}, ownerOf)).toEqual(err('unsigned'))
})

test('a signature that leaves out what must be covered does not count', async () => {
  const less = fields['signature-input'].replace(' "@query"', '')
  expect(await verified({}, { 'signature-input': less })).toEqual(err('unsigned'))
})

test('a failure of the owner lookup is a failure, not a wrong signature', async () => {
  await expect(verifyRequest(REQUEST, fields, () => Promise.reject(new Error('database down')))).rejects.toThrow('database down')
})

test('of 10,000 mutated requests none is accepted, and none is a crash', async () => {
  const all = { ...REQUEST, ...fields, body: new TextDecoder().decode(REQUEST.body) }
  const names = ['method', 'target', 'body', 'content-digest', 'signature-input', 'signature'] as const
  const mutation = fc.record({ name: fc.constantFrom(...names), at: fc.nat(400), cut: fc.nat(3), by: fc.string({ maxLength: 4 }) })
  const accepted: string[][] = []
  await fc.assert(
    fc.asyncProperty(mutation, async ({ name, at, cut, by }) => {
      const before = all[name]
      const place = at % before.length
      const after = before.slice(0, place) + by + before.slice(place + cut)
      const mutated = { ...all, [name]: after }
      const same = (part: string) => part.replace(/\s/g, '')
      // White space between the parts of a header field says nothing.
      fc.pre(name === 'body' ? after !== before : same(after) !== same(before))
      const read = await verifyRequest(
        { method: mutated.method, target: mutated.target, body: new TextEncoder().encode(mutated.body) },
        mutated,
        ownerOf,
      )
      if (read.ok) accepted.push([name, after])
    }),
    { numRuns: 10_000 },
  )
  expect(accepted).toEqual([])
}, 120_000)

test('the test vector of RFC 9421, B.2.4, holds, and a changed one does not', async () => {
  const spki =
    'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ=='
  const key = await crypto.subtle.importKey('spki', Buffer.from(spki, 'base64'), SIGN, true, ['verify'])
  const response = (length: string) => ({
    kind: 'response' as const,
    status: 200,
    fields: Object.entries({
      'content-type': 'application/json',
      'content-digest': 'sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:',
      'content-length': length,
      'signature-input':
        'sig-b24=("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256"',
      signature: 'sig-b24=:wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==:',
    }).map(([name, value]) => ({ name, value })),
  })
  const verify = (length: string) =>
    verifySignature(response(length), {
      policy: { algorithms: ['ecdsa-p256-sha256'], requiredComponents: ['@status'], requiredParameters: ['created', 'keyid'] },
      resolveVerifier: () => verifierOf(key),
    })
  expect((await verify('23')).parameters.keyid).toBe('test-key-ecc-p256')
  await expect(verify('24')).rejects.toThrow()
})

test('a device id is the RFC 7638 thumbprint of its key', async () => {
  const text = await publicKeyText(keys.sign.publicKey)
  expect(text).toHaveLength(87)
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.sign.publicKey)
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify({ crv, kty, x, y })))
  expect(await deviceIdOf(text)).toBe(Buffer.from(hash).toString('base64url'))
})

test('what is no point of the curve is no key', async () => {
  const text = await publicKeyText(keys.sign.publicKey)
  expect(await readSignKey(text)).toBeDefined()
  expect(await readReceiveKey(text)).toBeDefined()
  for (const bad of ['', 'AAAA', `${text.slice(0, -2)}AA`, 'é'.repeat(87)]) expect(await readSignKey(bad)).toBeUndefined()
})

test('the private halves cannot be read out of the browser', async () => {
  for (const { privateKey } of [keys.sign, keys.receive]) {
    await expect(crypto.subtle.exportKey('jwk', privateKey)).rejects.toThrow()
  }
})
