import { expect, test } from 'vitest'
import { backoff, needsPerson } from '../../src/sync/backoff'
import { adapted, halved } from '../../src/sync/batch'
import { measuredClock } from '../../src/sync/clock-offset'
import { createServerApi } from '../../src/sync/server-api'
import { makeDeviceKeys } from '../../src/trust/device-keys'
import type { PushRequest } from '../../src/wire/sync'

test.each([
  ['quick and full: twice as many', { operations: 500, bytes: 20_000, ms: 500 }, 1000],
  ['quick but not full: as before', { operations: 12, bytes: 900, ms: 100 }, 500],
  ['slow: half', { operations: 500, bytes: 20_000, ms: 9_000 }, 250],
  ['too many bytes: half', { operations: 500, bytes: 90_000, ms: 3_000 }, 250],
  ['as aimed at: as before', { operations: 500, bytes: 20_000, ms: 3_000 }, 500],
])('the next batch after one that was %s', (_name, sent, operations) => {
  expect(adapted({ operations: 500 }, sent)).toEqual({ operations })
})

test('a batch never leaves 50 to 1000 by itself, and a refused one is halved down to one', () => {
  expect(adapted({ operations: 60 }, { operations: 60, bytes: 0, ms: 9_000 })).toEqual({ operations: 50 })
  expect(adapted({ operations: 900 }, { operations: 900, bytes: 0, ms: 1 })).toEqual({ operations: 1000 })
  expect([500, 3, 2, 1].map((sent) => halved(sent).operations)).toEqual([250, 1, 1, 1])
})

test('waits double to five minutes, spread by chance; what the server asks for is the least', () => {
  expect([1, 2, 3, 20].map((failures) => backoff(failures, { kind: 'offline' }, 1))).toEqual([2_000, 4_000, 8_000, 300_000])
  expect(backoff(3, { kind: 'offline' }, 0.25)).toBe(2_000)
  expect(backoff(1, { kind: 'busy', retryAfterMs: 30_000 }, 0)).toBe(30_000)
  expect(backoff(1, { kind: 'busy', retryAfterMs: 30_000 }, 1)).toBe(40_000)
  expect(backoff(1, { kind: 'busy', retryAfterMs: 86_400_000 }, 0)).toBe(300_000)
  expect(needsPerson({ kind: 'device-revoked' })).toBe(true)
  expect(needsPerson({ kind: 'timeout' })).toBe(false)
})

test('the clock is measured by a short exchange only, and the server time never goes back', () => {
  const before = { offset: 5, measuredAt: 1, lastServerTime: 1_000_000 }
  expect(measuredClock(before, 1000, 1400, 2_000_000)).toEqual({ offset: 1_998_800, measuredAt: 1400, lastServerTime: 2_000_000 })
  expect(measuredClock(before, 1000, 60_000, 2_000_000)).toEqual({ ...before, lastServerTime: 2_000_000 })
  expect(measuredClock(before, 1000, 1400, 500_000).lastServerTime).toBe(1_000_000)
})

const { sign } = await makeDeviceKeys()
const CREDENTIALS = { deviceId: 'd', key: sign.privateKey, clockOffset: () => 0 }
const REQUEST: PushRequest = { protocol: 1, device: 'd', epoch: 'e', sentAt: '2020-02-18T00:00:00Z', operations: [{ hello: 'gate' }] }
const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ type: 'urn:x', title: 'x', status, code }), { status, headers })

const brokenBody = () => new ReadableStream({ pull: (body) => body.error(new TypeError('terminated')) })

async function errorOf(answer: () => Response | Promise<Response>) {
  const api = createServerApi(
    async () => answer(),
    'http://gate.test',
    CREDENTIALS,
    () => 0,
  )
  const { answer: told } = await api.push(REQUEST)
  return told.ok ? undefined : told.error
}

test.each([
  ['a page of a captive portal', () => new Response('<html>登录</html>', { status: 200 }), { kind: 'not-gatepost' }],
  ['a redirect to one', () => new Response(null, { status: 302, headers: { location: 'http://portal' } }), { kind: 'not-gatepost' }],
  ["another service's JSON", () => new Response('{"ok":true}'), { kind: 'not-gatepost' }],
  ["another service's 404", () => new Response('nothing here', { status: 404 }), { kind: 'not-gatepost' }],
  ['a page of a proxy with a status of ours', () => new Response('<h1>413</h1>', { status: 413 }), { kind: 'not-gatepost' }],
  ['400', () => problem(400, 'bad-request'), { kind: 'refused', status: 400, code: 'bad-request' }],
  ['403', () => problem(403, 'forbidden'), { kind: 'refused', status: 403, code: 'forbidden' }],
  ['409', () => problem(409, 'conflict'), { kind: 'refused', status: 409, code: 'conflict' }],
  ['413', () => problem(413, 'too-large'), { kind: 'refused', status: 413, code: 'too-large' }],
  ['422', () => problem(422, 'bad-request'), { kind: 'refused', status: 422, code: 'bad-request' }],
  ['a copied storage', () => problem(403, 'device-cloned'), { kind: 'device-cloned' }],
  [
    '429 until a date',
    () => problem(429, 'too-many-requests', { 'retry-after': 'Thu, 01 Jan 1970 00:00:09 GMT' }),
    { kind: 'busy', retryAfterMs: 9000 },
  ],
  ['an answer that breaks off', () => new Response(brokenBody()), { kind: 'offline' }],
  ['our 404', () => problem(404, 'not-found'), { kind: 'refused', status: 404, code: 'not-found' }],
  ['401', () => problem(401, 'unauthorised'), { kind: 'unauthorised' }],
  ['a revoked phone', () => problem(403, 'device-revoked'), { kind: 'device-revoked' }],
  ['an old protocol', () => problem(400, 'unsupported-protocol'), { kind: 'unsupported' }],
  ['429', () => problem(429, 'too-many-requests', { 'retry-after': '7' }), { kind: 'busy', retryAfterMs: 7000 }],
  ['503 without a time', () => problem(503, 'overloaded'), { kind: 'busy' }],
  ['507', () => problem(507, 'storage-full', { 'retry-after': '60' }), { kind: 'busy', retryAfterMs: 60_000 }],
  ['500', () => problem(500, 'server-fault'), { kind: 'server-fault' }],
  ['no network', () => Promise.reject(new TypeError('fetch failed')), { kind: 'offline' }],
  ['no answer in time', () => Promise.reject(new DOMException('late', 'TimeoutError')), { kind: 'timeout' }],
])('%s is told apart', async (_name, answer, error) => {
  expect(await errorOf(answer)).toEqual(error)
})

test('a push is gzipped, says who sends it, and follows no redirect', async () => {
  let seen: RequestInit | undefined
  const spy: typeof fetch = async (_url, init) => {
    seen = init
    return problem(500, 'server-fault')
  }
  await createServerApi(spy, 'http://gate.test', CREDENTIALS, () => 0).push(REQUEST)
  expect(seen).toMatchObject({
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-encoding': 'gzip', 'signature-input': expect.stringMatching(/^gatepost=\(.*keyid="d"/) },
  })
  const unpacked = new Blob([seen?.body as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('gzip'))
  expect(await new Response(unpacked).json()).toEqual(REQUEST)
})
