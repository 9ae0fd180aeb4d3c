import { isChecked, normalizeCode } from '../domain/card'
import type { CommunityKeys } from '../domain/community'
import type { CommunityId, DeviceId } from '../domain/ids'
import { err, ok, type Result } from '../domain/result'
import { clearPendingActivation, type Identity, readPendingActivation, writeIdentity, writePendingActivation } from '../storage/identity'
import { readKeys, writeKeys } from '../storage/lock-store'
import { deviceIdOf, makeDeviceKeys, publicKeyText } from '../trust/device-keys'
import { asCommunity, asPost } from '../wire/places'
import { PROTOCOL } from '../wire/protocol'
import { asRuleSets } from '../wire/rules'
import type { ActivationResponse } from '../wire/sync'
import type { ServerApi } from './server-api'
import type { SyncError } from './sync-error'

export type ActivationError =
  /** Mistyped: found out before anything is sent. */
  | { readonly kind: 'code-mistyped' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'not-gatepost' }
  | { readonly kind: 'invite-unknown' }
  | { readonly kind: 'invite-used' }
  | { readonly kind: 'invite-expired' }
  | { readonly kind: 'too-many-requests'; readonly retryAfterMs?: number }
  | { readonly kind: 'server-fault' }
  | { readonly kind: 'unsupported' }

export interface Enrolment {
  /** Signs with this phone's own key. */
  readonly api: ServerApi
  readonly phone: PhoneKeys
  readonly code: string
  /** Shown to the lead and the admin: what phone this is. */
  readonly phoneName: string
  /** A local post that joins: its records name this post and compound. */
  readonly local?: Identity
  clock(): number
}

/** The code as it is sent; undefined where it was mistyped. */
export function readInviteCode(typed: string): string | undefined {
  const code = normalizeCode(typed)
  return code.length === 13 && isChecked(code) ? code : undefined
}

/** Spends an invite. Harmless to repeat: id and secret are kept before the first request, and the server answers the same again. */
export async function activate(enrolment: Enrolment): Promise<Result<Identity, ActivationError>> {
  const code = readInviteCode(enrolment.code)
  if (!code) return err({ kind: 'code-mistyped' })
  const { local, phone } = enrolment
  const epoch = await epochFor(code, local)
  const answer = await enrolment.api.activate({
    protocol: PROTOCOL,
    code,
    epoch,
    signKey: phone.signKey,
    receiveKey: phone.receiveKey,
    name: enrolment.phoneName.slice(0, 100),
    ...(local ? { localPostId: local.localPostId ?? local.postId } : {}),
    ...(local?.localCompoundId ? { localCompoundId: local.localCompoundId } : {}),
  })
  if (!answer.ok) return err(activationError(answer.error))
  const identity = identityOf(answer.value.body, { deviceId: phone.deviceId, epoch }, local, enrolment.clock())
  if (!identity) return err({ kind: 'server-fault' })
  await writeIdentity(identity)
  await clearPendingActivation()
  return ok(identity)
}

/** Kept before anything is sent: the same activation, asked again, is of the same storage. */
async function epochFor(code: string, local: Identity | undefined): Promise<string> {
  const begun = await readPendingActivation()
  if (begun?.code === code) return begun.epoch
  const epoch = local?.epoch ?? crypto.randomUUID()
  await writePendingActivation({ code, epoch })
  return epoch
}

/** This phone's keys, made at the first need, and kept before they are used. */
export async function phoneKeys(): Promise<PhoneKeys> {
  let keys = await readKeys()
  if (!keys) {
    keys = await makeDeviceKeys()
    await writeKeys(keys)
  }
  const signKey = await publicKeyText(keys.sign.publicKey)
  return {
    deviceId: await deviceIdOf(signKey),
    signKey,
    receiveKey: await publicKeyText(keys.receive.publicKey),
    key: keys.sign.privateKey,
  }
}

export interface PhoneKeys {
  readonly deviceId: DeviceId
  /** Public, as they travel. */
  readonly signKey: string
  readonly receiveKey: string
  /** Signs. */
  readonly key: CryptoKey
}

function keysOf({ keys: { receive, cards, leads } }: ActivationResponse): CommunityKeys {
  return {
    receive,
    leads: leads.map((lead) => ({ ...lead, deviceId: lead.deviceId as DeviceId })),
    cards: cards.map((card) => ({ ...card, communityId: card.communityId as CommunityId })),
  }
}

function identityOf(
  body: ActivationResponse,
  { deviceId, epoch }: { readonly deviceId: DeviceId; readonly epoch: string },
  local: Identity | undefined,
  now: number,
): Identity | undefined {
  const posts = body.posts.map(asPost)
  const [post] = posts
  if (!post) return undefined
  return {
    deviceId,
    epoch,
    state: 'active',
    role: body.role,
    community: asCommunity(body.community),
    posts,
    postId: post.id,
    ruleSets: asRuleSets(body.ruleSets),
    keys: keysOf(body),
    activatedAt: now,
    ...(local ? { localPostId: local.localPostId ?? local.postId } : {}),
    ...(local?.localCompoundId ? { localCompoundId: local.localCompoundId } : {}),
  }
}

function activationError(error: SyncError): ActivationError {
  switch (error.kind) {
    case 'offline':
    case 'timeout':
      return { kind: 'offline' }
    case 'busy':
      return { kind: 'too-many-requests', ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }) }
    case 'refused':
      return { kind: REFUSALS[error.code] ?? 'server-fault' }
    case 'not-gatepost':
    case 'unsupported':
      return { kind: error.kind }
    case 'unauthorised':
    case 'device-revoked':
    case 'device-cloned':
    case 'server-fault':
    case 'locked':
    case 'storage':
      return { kind: 'server-fault' }
    default:
      return error satisfies never
  }
}

const REFUSALS: Readonly<Partial<Record<string, 'invite-unknown' | 'invite-used' | 'invite-expired'>>> = {
  'invite-unknown': 'invite-unknown',
  'invite-used': 'invite-used',
  'invite-expired': 'invite-expired',
}
