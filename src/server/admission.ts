import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { may, mayHandle, type Right, type Role } from '../domain/role'
import { deviceIdOf, readSignKey } from '../trust/device-keys'
import { type SignatureProblem, verifyRequest } from '../trust/request-signature'
import type { ProblemCode } from '../wire/problem'
import { API } from '../wire/protocol'
import { rawBody, readJson } from './body'
import { type Device, deviceById, noteNonce } from './database/devices'
import { unitsWithin } from './database/units'
import { ProblemError } from './problem-error'
import { createRateLimit } from './rate-limit'

/** What a request is about: the places, and the roles of the people there, that it would touch. */
export interface Reach {
  readonly unitIds: readonly string[]
  readonly roles?: readonly Role[]
}

/** Who may send a request; each route of the API says so. */
export type Admission =
  | { readonly by: 'anyone' }
  /** Signed with a key that the body itself brings. */
  | { readonly by: 'newcomer' }
  | {
      readonly by: 'device'
      readonly right: Right
      /** What the body or the query names; left out, the request is about the device's own scope. */
      readonly reach?: (request: FastifyRequest, pool: Pool) => Promise<Reach>
      /** Its effects are the same however often it comes: no nonce is kept. */
      readonly harmlessTwice?: true
      /** A phone that was switched off still may. */
      readonly switchedOff?: true
    }

declare module 'fastify' {
  interface FastifyContextConfig {
    admission?: Admission
  }
  interface FastifyRequest {
    /** Who sent it; set before a route with `by: 'device'` runs. */
    device: Device
  }
}

/** A signature holds for this long, ms, either way: a phone's clock is measured, not right. */
export const SIGNATURE_AGE = 300_000

/** The one place that lets requests in: who sends it, whether it is theirs and fresh, and whether they may. */
export function admitRequests(app: FastifyInstance, pool: Pool, clock: () => number): void {
  const rate = createRateLimit(clock)
  app.decorateRequest('device')
  app.addHook('onRoute', ({ url, config }) => {
    if (url.startsWith(API) && !config?.admission) throw new Error(`admitRequests: ${url} does not say who may send it`)
  })
  app.addHook('preValidation', async (request) => {
    const { admission } = request.routeOptions.config
    if (!admission) return
    if (admission.by === 'device') request.device = await provenDevice(pool, request, admission, clock())
    const wait = admission.by === 'device' ? rate.take(request.device.id) : 0
    if (wait > 0) throw new ProblemError(429, 'too-many-requests', undefined, { retryAfterSeconds: Math.ceil(wait / 1000) })
    const raw = rawBody(request)
    request.body = await readJson(request)
    if (admission.by === 'newcomer') await proveNewcomer(request, raw, clock())
    if (admission.by === 'device') await refuseUnlessAllowed(pool, request, admission)
  })
}

type DeviceAdmission = Extract<Admission, { by: 'device' }>

async function provenDevice(pool: Pool, request: FastifyRequest, admission: DeviceAdmission, now: number): Promise<Device> {
  const proof = await verifyRequest(signedPart(request, rawBody(request)), fieldsOf(request), async (keyId) => {
    const owner = await deviceById(pool, keyId)
    const key = owner && (await readSignKey(owner.signKey))
    return owner && key ? { owner, key } : undefined
  })
  if (!proof.ok) throw new ProblemError(401, CODES[proof.error])
  const { owner: device, nonce, created } = proof.value
  refuseStale(created, now)
  if (!admission.harmlessTwice && !(await noteNonce(pool, device, nonce, now))) throw new ProblemError(401, 'signature-replayed')
  if (!admission.switchedOff && device.revoked) throw new ProblemError(403, 'device-revoked')
  if (!admission.switchedOff && device.cloned) throw new ProblemError(403, 'device-cloned')
  return device
}

/** Whoever asks to be let in shows that the key in the body is theirs. */
async function proveNewcomer(request: FastifyRequest, raw: Uint8Array<ArrayBuffer>, now: number): Promise<void> {
  const { body } = request
  const signKey = typeof body === 'object' && body !== null && 'signKey' in body ? String(body.signKey) : ''
  const key = await readSignKey(signKey)
  if (!key) throw new ProblemError(400, 'bad-request', '/signKey')
  const deviceId = await deviceIdOf(signKey)
  const proof = await verifyRequest(signedPart(request, raw), fieldsOf(request), async (keyId) =>
    keyId === deviceId ? { owner: deviceId, key } : undefined,
  )
  if (!proof.ok) throw new ProblemError(401, CODES[proof.error])
  refuseStale(proof.value.created, now)
}

async function refuseUnlessAllowed(pool: Pool, request: FastifyRequest, { right, reach }: DeviceAdmission): Promise<void> {
  const { device } = request
  if (!may(device.role, right)) throw new ProblemError(403, 'forbidden')
  const { unitIds, roles = [] } = (await reach?.(request, pool)) ?? { unitIds: [] }
  if (roles.some((role) => !mayHandle(device.role, role))) throw new ProblemError(403, 'forbidden')
  // A place outside is answered as one that does not exist: who has no business there learns nothing of it.
  if (!(await unitsWithin(pool, device.communityId, device.unitId, unitIds))) throw new ProblemError(404, 'not-found')
}

/** A wrong clock is no lock-out: the answer brings the right time, and the phone signs again with it. */
function refuseStale(created: number, now: number): void {
  if (Math.abs(now - created) > SIGNATURE_AGE)
    throw new ProblemError(401, 'signature-stale', undefined, { serverTime: new Date(now).toISOString() })
}

const CODES: Readonly<Record<SignatureProblem, ProblemCode>> = {
  unsigned: 'unauthorised',
  'unknown-key': 'device-unknown',
  altered: 'body-altered',
  wrong: 'signature-wrong',
}

const signedPart = ({ method, raw }: FastifyRequest, body: Uint8Array<ArrayBuffer>) => ({ method, target: raw.url ?? '', body })

function fieldsOf({ headers }: FastifyRequest) {
  const text = (name: string) => {
    const value = headers[name]
    return typeof value === 'string' ? value : ''
  }
  return { 'content-digest': text('content-digest'), 'signature-input': text('signature-input'), signature: text('signature') }
}
