import { isChecked, normalizeCode } from '../domain/card'
import type { CompoundId, DeviceId, PostId } from '../domain/ids'
import { err, ok, type Result } from '../domain/result'
import { clearPendingActivation, type Identity, readPendingActivation, writeIdentity, writePendingActivation } from '../storage/identity'
import { PROTOCOL } from '../wire/protocol'
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
  readonly api: ServerApi
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
  const pending = await pendingFor(code, enrolment.local)
  const { local } = enrolment
  const answer = await enrolment.api.activate({
    protocol: PROTOCOL,
    ...pending,
    name: enrolment.phoneName.slice(0, 100),
    ...(local ? { localPostId: local.localPostId ?? local.postId } : {}),
    ...(local?.localCompoundId ? { localCompoundId: local.localCompoundId } : {}),
  })
  if (!answer.ok) return err(activationError(answer.error))
  const identity = identityOf(answer.value.body, pending, local, enrolment.clock())
  if (!identity) return err({ kind: 'server-fault' })
  await writeIdentity(identity)
  await clearPendingActivation()
  return ok(identity)
}

async function pendingFor(code: string, local: Identity | undefined) {
  const begun = await readPendingActivation()
  if (begun?.code === code) return begun
  const own = local ? { deviceId: local.deviceId, secret: local.secret, epoch: local.epoch } : newCredentials()
  const pending = { code, ...own }
  await writePendingActivation(pending)
  return pending
}

/** The phone's own id, secret and epoch. */
export function newCredentials(): { deviceId: DeviceId; secret: string; epoch: string } {
  const secret = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
  return {
    deviceId: crypto.randomUUID() as DeviceId,
    secret: secret.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, ''),
    epoch: crypto.randomUUID(),
  }
}

function identityOf(
  body: ActivationResponse,
  { deviceId, secret, epoch }: { deviceId: DeviceId; secret: string; epoch: string },
  local: Identity | undefined,
  now: number,
): Identity | undefined {
  const posts = body.posts.map(({ id, compoundId, name, type, compoundName }) => ({
    id: id as PostId,
    name,
    type,
    compoundName,
    ...(compoundId ? { compoundId: compoundId as CompoundId } : {}),
  }))
  const [post] = posts
  if (!post) return undefined
  const { id, name, collectingBody, contact, shifts } = body.community
  return {
    deviceId,
    secret,
    epoch,
    state: 'active',
    role: body.role,
    community: { id: id as Identity['community']['id'], name, collectingBody, contact, shifts },
    posts,
    postId: post.id,
    rules: body.rules,
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
