import { decode, encode } from 'cborg'
import { CARD_KINDS, CARD_PREFIX, type CardClaims, type CardError, cardIdBytes, cardIdOf, cardText } from '../domain/card'
import type { CommunityId } from '../domain/ids'
import { err, ok, type Result } from '../domain/result'
import { fromBase45, toBase45 } from './base45'

/** A public key that cards are verified with. */
export interface CardKey {
  /** The first four bytes of the key's SHA-256, hex: stands in the card, and implies the community. */
  readonly keyId: string
  readonly communityId: CommunityId
  readonly communityName: string
  readonly key: CryptoKey
}

export interface CardCheck {
  readonly keys: ReadonlyMap<string, CardKey>
  readonly communityId: CommunityId
  readonly revoked: ReadonlySet<string>
  /** Corrected time, ms. */
  readonly now: number
}

const ECDSA = { name: 'ECDSA', hash: 'SHA-256' } as const
/** COSE header parameters and CWT claims by their numbers (RFC 9052, RFC 8392); `kind` is a private one. */
const LABEL = { alg: 1, keyId: 4, expiry: 4, issued: 6, id: 7, kind: -65_537 } as const
const ES256 = -7
const COSE_SIGN1 = 18
const KEY_ID_BYTES = 4

/** Signs a card: a CWT in a COSE_Sign1 (ES256), base45 behind our prefix, 110 bytes. */
export async function signCard(claims: CardClaims, keyId: string, key: CryptoKey): Promise<string> {
  const signed = signedParts(claims, keyId)
  const signature = new Uint8Array(await crypto.subtle.sign(ECDSA, key, toBeSigned(signed)))
  return CARD_PREFIX + toBase45(coseOf(signed, signature))
}

/** A card that may be trusted, or why not, with no network. A card of ours that is revoked or has expired is told apart from a forged one. */
export async function verifyCard(scanned: string, { keys, communityId, revoked, now }: CardCheck): Promise<Result<CardClaims, CardError>> {
  const text = cardText(scanned)
  if (!text.ok) return text
  const bytes = fromBase45(text.value)
  const card = bytes.ok ? readCard(bytes.value) : undefined
  if (!card) return err({ kind: 'damaged' })
  const { claims, keyId, signature, signed } = card
  const known = keys.get(keyId)
  if (!known) return err({ kind: 'unknown-key' })
  if (!(await crypto.subtle.verify(ECDSA, known.key, signature, toBeSigned(signed)))) return err({ kind: 'forged' })
  if (known.communityId !== communityId) return err({ kind: 'other-community', community: known.communityName })
  return ofItsTime(claims, { revoked, now })
}

function ofItsTime(claims: CardClaims, { revoked, now }: Pick<CardCheck, 'revoked' | 'now'>): Result<CardClaims, CardError> {
  if (revoked.has(claims.id)) return err({ kind: 'revoked', cardId: claims.id })
  if (claims.expiresAt * 1000 <= now) return err({ kind: 'expired', cardId: claims.id, expiredAt: claims.expiresAt * 1000 })
  return ok(claims)
}

/** What a blank card says of itself where no key is known yet: a post that works by itself gives it to a household, and the server judges that when the post joins. Any other card needs its key. */
export function blankUnverified(scanned: string, { revoked, now }: Pick<CardCheck, 'revoked' | 'now'>): Result<CardClaims, CardError> {
  const text = cardText(scanned)
  if (!text.ok) return text
  const bytes = fromBase45(text.value)
  const card = bytes.ok ? readCard(bytes.value) : undefined
  if (!card) return err({ kind: 'damaged' })
  if (card.claims.kind !== 'blank') return err({ kind: 'unknown-key' })
  return ofItsTime(card.claims, { revoked, now })
}

/** The key id of a public key, as its uncompressed point. */
export async function cardKeyId(point: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', point)).subarray(0, KEY_ID_BYTES))
}

interface SignedParts {
  readonly protectedHeader: Uint8Array
  readonly payload: Uint8Array
}

function signedParts({ id, kind, issuedAt, expiresAt }: CardClaims, keyId: string): SignedParts {
  const idBytes = cardIdBytes(id)
  const keyIdBytes = Uint8Array.from(keyId.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  if (!idBytes || keyIdBytes.length !== KEY_ID_BYTES) throw new Error('signCard: not a card id, or not a key id')
  const header = new Map<number, unknown>([
    [LABEL.alg, ES256],
    [LABEL.keyId, keyIdBytes],
  ])
  const claims = new Map<number, unknown>([
    [LABEL.expiry, expiresAt],
    [LABEL.issued, issuedAt],
    [LABEL.id, idBytes],
    [LABEL.kind, CARD_KINDS.indexOf(kind) + 1],
  ])
  return { protectedHeader: encode(header), payload: encode(claims) }
}

const toBeSigned = ({ protectedHeader, payload }: SignedParts) =>
  new Uint8Array(encode(['Signature1', protectedHeader, new Uint8Array(), payload]))

function coseOf({ protectedHeader, payload }: SignedParts, signature: Uint8Array): Uint8Array<ArrayBuffer> {
  const body = encode([protectedHeader, new Map(), payload, signature])
  return new Uint8Array([0xc0 | COSE_SIGN1, ...body])
}

interface ReadCard {
  readonly claims: CardClaims
  readonly keyId: string
  readonly signature: Uint8Array<ArrayBuffer>
  readonly signed: SignedParts
}

/** Undefined for anything but the very bytes that `signCard` makes: what is unsigned in a COSE_Sign1 leaves no room for a second form. */
function readCard(bytes: Uint8Array<ArrayBuffer>): ReadCard | undefined {
  try {
    const parts = decoded(bytes.subarray(1))
    if (bytes[0] !== (0xc0 | COSE_SIGN1) || !Array.isArray(parts)) return undefined
    const [header, , payload, signature] = parts
    const keyId = bytesIn(decoded(bytesIn(header)), LABEL.keyId)
    const claims = claimsIn(decoded(bytesIn(payload)))
    if (!claims) return undefined
    const card = { claims, keyId: hex(keyId), signature: new Uint8Array(bytesIn(signature)), signed: signedParts(claims, hex(keyId)) }
    const again = coseOf(card.signed, card.signature)
    return card.signature.length === 64 && again.length === bytes.length && again.every((byte, i) => byte === bytes[i]) ? card : undefined
  } catch {
    // cborg throws on whatever is not CBOR, and so do the narrowings here.
    return undefined
  }
}

const decoded = (bytes: Uint8Array): unknown => decode(bytes, { useMaps: true, strict: true, rejectDuplicateMapKeys: true })

function claimsIn(map: unknown): CardClaims | undefined {
  if (!(map instanceof Map)) return undefined
  const [expiresAt, issuedAt, kindNumber] = [map.get(LABEL.expiry), map.get(LABEL.issued), map.get(LABEL.kind)]
  const kind = typeof kindNumber === 'number' ? CARD_KINDS[kindNumber - 1] : undefined
  if (typeof expiresAt !== 'number' || typeof issuedAt !== 'number' || !kind) return undefined
  return { id: cardIdOf(bytesIn(map, LABEL.id)), kind, issuedAt, expiresAt }
}

function bytesIn(value: unknown, member?: number): Uint8Array {
  const found: unknown = member === undefined ? value : value instanceof Map ? value.get(member) : undefined
  if (!(found instanceof Uint8Array)) throw new TypeError('not bytes')
  return found
}

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
