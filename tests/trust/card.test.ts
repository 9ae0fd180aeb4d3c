import fc from 'fast-check'
import { encode } from 'uqr'
import { beforeAll, expect, test } from 'vitest'
import { CARD_PREFIX, type CardClaims, cardIdBytes, cardIdOf, shortCodeOf } from '../../src/domain/card'
import type { CardId, CommunityId } from '../../src/domain/ids'
import { err, ok } from '../../src/domain/result'
import { fromBase45, toBase45 } from '../../src/trust/base45'
import { type CardCheck, type CardKey, cardKeyId, signCard, verifyCard } from '../../src/trust/card'
import { SIGN } from '../../src/trust/device-keys'

const HOME = 'c-1' as CommunityId
const NOW = Date.parse('2020-02-18T07:31:00+08:00')
const CLAIMS: CardClaims = {
  id: cardIdOf(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)),
  kind: 'person',
  issuedAt: NOW / 1000 - 86_400,
  expiresAt: NOW / 1000 + 180 * 86_400,
}

async function aCommunityKey(communityId: CommunityId, communityName: string): Promise<CardKey & { readonly sign: CryptoKey }> {
  const pair = await crypto.subtle.generateKey(SIGN, true, ['sign', 'verify'])
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  return { keyId: await cardKeyId(point), communityId, communityName, key: pair.publicKey, sign: pair.privateKey }
}

let own: Awaited<ReturnType<typeof aCommunityKey>>
let other: typeof own
let stranger: typeof own
let check: CardCheck
beforeAll(async () => {
  own = await aCommunityKey(HOME, '石榴坊社区')
  other = await aCommunityKey('c-2' as CommunityId, '桂花社区')
  stranger = await aCommunityKey('c-3' as CommunityId, '远处社区')
  check = { keys: new Map([own, other].map((each) => [each.keyId, each])), communityId: HOME, revoked: new Set(), now: NOW }
})

const aCard = (part: Partial<CardClaims> = {}, by = own) => signCard({ ...CLAIMS, ...part }, by.keyId, by.sign)

test.each(['person', 'household', 'blank', 'visitor'] as const)('a %s card that the community signed is one', async (kind) => {
  expect(await verifyCard(await aCard({ kind }), check)).toEqual(ok({ ...CLAIMS, kind }))
})

test('a card is 110 bytes and fits a QR code of version 7 at level M', async () => {
  const card = await aCard()
  const bytes = fromBase45(card.slice(CARD_PREFIX.length))
  expect(bytes.ok && bytes.value.length).toBe(110)
  expect(encode(card, { ecc: 'M', border: 0 }).version).toBeLessThanOrEqual(7)
})

test('a revoked card is one of ours that no longer holds', async () => {
  expect(await verifyCard(await aCard(), { ...check, revoked: new Set([CLAIMS.id]) })).toEqual(err({ kind: 'revoked', cardId: CLAIMS.id }))
})

test('a card holds up to its last second', async () => {
  const card = await aCard()
  const end = CLAIMS.expiresAt * 1000
  expect((await verifyCard(card, { ...check, now: end - 1 })).ok).toBe(true)
  expect(await verifyCard(card, { ...check, now: end })).toEqual(err({ kind: 'expired', cardId: CLAIMS.id, expiredAt: end }))
})

test("another community's card is told with its name, a stranger's with nothing", async () => {
  expect(await verifyCard(await aCard({}, other), check)).toEqual(err({ kind: 'other-community', community: '桂花社区' }))
  expect(await verifyCard(await aCard({}, stranger), check)).toEqual(err({ kind: 'unknown-key' }))
})

test('a card that names our key but was made with another is forged, and so is one with another id', async () => {
  expect(await verifyCard(await signCard(CLAIMS, own.keyId, stranger.sign), check)).toEqual(err({ kind: 'forged' }))
  const card = fromBase45((await aCard()).slice(CARD_PREFIX.length))
  if (!card.ok) throw new Error('not base45')
  const at = card.value.findIndex((_, i) => cardIdBytes(CLAIMS.id)?.every((byte, n) => card.value[i + n] === byte) ?? false)
  card.value[at] = (card.value[at] ?? 0) ^ 1
  expect(await verifyCard(CARD_PREFIX + toBase45(card.value), check)).toEqual(err({ kind: 'forged' }))
})

test.each([
  ['', { kind: 'empty' }],
  ['   ', { kind: 'empty' }],
  ['GP1:', { kind: 'damaged' }],
  ['GP1:ABCDEF', { kind: 'damaged' }],
  ['https://example.org/menu', { kind: 'foreign', looksLike: 'url' }],
  ['wxp://f2f0abcdef', { kind: 'foreign', looksLike: 'payment' }],
  ['https://qr.alipay.com/fkx00000', { kind: 'foreign', looksLike: 'payment' }],
  ['https://jkm.example.gov.cn/?id=1', { kind: 'foreign', looksLike: 'health-code' }],
  ['你好', { kind: 'foreign', looksLike: 'text' }],
  ['x'.repeat(3000), { kind: 'foreign', looksLike: 'text' }],
  [`GP1:${'0'.repeat(3000)}`, { kind: 'damaged' }],
])('%.40s is not a card', async (text, error) => {
  expect(await verifyCard(text, check)).toEqual(err(error))
})

test('of 10,000 mutated cards none is taken for one, and none is a crash', async () => {
  const card = await aCard()
  const plain = fromBase45(card.slice(CARD_PREFIX.length))
  if (!plain.ok) throw new Error('not base45')
  const bytes = plain.value
  const at = fc.nat(bytes.length - 1)
  const mutant = fc.oneof(
    fc.record({ at, xor: fc.integer({ min: 1, max: 255 }) }).map((m) => bytes.map((byte, i) => (i === m.at ? byte ^ m.xor : byte))),
    fc
      .record({ at, byte: fc.integer({ min: 0, max: 255 }) })
      .map((m) => Uint8Array.of(...bytes.subarray(0, m.at), m.byte, ...bytes.subarray(m.at))),
    at.map((cut) => bytes.slice(0, cut)),
    at.map((cut) => Uint8Array.of(...bytes.subarray(0, cut), ...bytes.subarray(cut + 1))),
    fc.uint8Array({ minLength: 1, maxLength: 8 }).map((more) => Uint8Array.of(...bytes, ...more)),
    fc.uint8Array({ maxLength: 200 }).map((noise) => Uint8Array.from(noise)),
  )
  const text = fc.oneof(
    { weight: 9, arbitrary: mutant.map((each) => CARD_PREFIX + toBase45(each)) },
    {
      weight: 1,
      arbitrary: fc
        .record({ at: fc.nat(card.length - 1), by: fc.string({ maxLength: 3 }) })
        .map((m) => card.slice(0, m.at) + m.by + card.slice(m.at + 1)),
    },
  )
  const accepted: string[] = []
  await fc.assert(
    fc.asyncProperty(text, async (mutated) => {
      fc.pre(mutated.replace(/[\r\n]+$/, '') !== card)
      const read = await verifyCard(mutated, check)
      if (read.ok) accepted.push(mutated)
    }),
    { numRuns: 10_000 },
  )
  expect(accepted).toEqual([])
}, 60_000)

test('an id is 8 bytes and 13 characters, there and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
      expect(cardIdBytes(cardIdOf(bytes))).toEqual(new Uint8Array(bytes))
    }),
  )
  expect(cardIdBytes('ZZZZZZZZZZZZZ')).toBeUndefined()
  expect(shortCodeOf('0000000000001' as CardId)).toBe('00000011')
})
