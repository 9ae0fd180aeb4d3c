import { err, ok, type Result } from '../domain/result'
import { toBase64url } from '../trust/base64url'
import { type SignatureFields, signRequest } from '../trust/request-signature'
import { DoneResponse } from '../wire/desk'
import { Problem } from '../wire/problem'
import { PATHS } from '../wire/protocol'
import type { GenericSchema, InferOutput } from '../wire/read'
import { readAs } from '../wire/read'
import {
  type ActivationRequest,
  ActivationResponse,
  HeldResponse,
  PullResponse,
  type PushRequest,
  PushResponse,
  TimeResponse,
} from '../wire/sync'
import type { SyncError } from './sync-error'

/** What requests are signed with. */
export interface Credentials {
  readonly deviceId: string
  readonly key: CryptoKey
  /** ms to add to the device's clock. */
  clockOffset(): number
}

/** An answer of our server, and when its request was sent and answered (device ms). */
export interface Answered<T> {
  readonly body: T
  readonly sent: number
  readonly received: number
}
type Answer<T> = Promise<Result<Answered<T>, SyncError>>

export interface ServerApi {
  /** `bytes` of the body as it went over the network. */
  push(request: PushRequest): Promise<{ readonly answer: Result<Answered<PushResponse>, SyncError>; readonly bytes: number }>
  /** The same, of a phone that was switched off: kept apart by the server. */
  handIn(request: PushRequest): Promise<{ readonly answer: Result<Answered<PushResponse>, SyncError>; readonly bytes: number }>
  /** Tells that this phone has deleted what it held. */
  wiped(): Answer<DoneResponse>
  /** One of the questions and orders of who looks after a community. */
  ask<Schema extends GenericSchema>(schema: Schema, path: string, body?: object): Answer<InferOutput<Schema>>
  pull(cursor: string | undefined): Answer<PullResponse>
  /** How many operations of this device the server holds. */
  held(): Answer<HeldResponse>
  time(): Answer<TimeResponse>
  activate(request: ActivationRequest): Answer<ActivationResponse>
}

interface Wanted {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: Uint8Array<ArrayBuffer>
  readonly gzipped?: boolean
}

const TIMEOUT = 60_000 // ms; a slow network delivers 64 kB in it

/** Asks the server of one origin. Only an answer with our marker counts as one; a captive portal's page never does. */
export function createServerApi(
  fetch: typeof globalThis.fetch,
  origin: string,
  credentials: Credentials | undefined,
  clock: () => number,
): ServerApi {
  /** As told with a refusal: a wrong clock is put right, and the request signed once more. */
  let toldOffset: number | undefined

  async function ask<T>(wanted: Wanted, read: (body: unknown) => Result<T, unknown>, again = true): Answer<T> {
    const sent = clock()
    const signed = credentials && (await signedFields(wanted, credentials, sent + (toldOffset ?? credentials.clockOffset())))
    const reply = await send(fetch, origin, signed, wanted)
    if (!reply.ok) return reply
    const { response, body } = reply.value
    if (!response.ok) {
      const problem = readAs(Problem, body)
      if (again && problem.ok && isWorthSigningAgain(problem.value)) {
        const { serverTime } = problem.value
        if (serverTime) toldOffset = Date.parse(serverTime) - clock()
        return ask(wanted, read, false)
      }
      return err(errorOf(response, body, clock()))
    }
    const parsed = read(body)
    return parsed.ok ? ok({ body: parsed.value, sent, received: clock() }) : err({ kind: 'not-gatepost' })
  }

  const pushTo = async (path: string, request: PushRequest) => {
    const { bytes, gzipped } = await packed(request)
    const wanted: Wanted = { method: 'POST', path, body: bytes, gzipped }
    return { answer: await ask(wanted, (body) => readAs(PushResponse, body)), bytes: bytes.length }
  }

  return {
    push: (request) => pushTo(PATHS.push, request),
    handIn: (request) => pushTo(PATHS.quarantine, request),
    wiped: () => ask({ method: 'POST', path: PATHS.wiped, body: jsonOfRequest({}) }, (body) => readAs(DoneResponse, body)),
    ask: (schema, path, body) =>
      ask(body ? { method: 'POST', path, body: jsonOfRequest(body) } : { method: 'GET', path }, (answer) => readAs(schema, answer)),
    pull: (cursor) => {
      const query = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`
      return ask({ method: 'GET', path: PATHS.pull + query }, (body) => readAs(PullResponse, body))
    },
    held: () => ask({ method: 'GET', path: PATHS.held }, (body) => readAs(HeldResponse, body)),
    time: () => ask({ method: 'GET', path: PATHS.time }, (body) => readAs(TimeResponse, body)),
    activate: (request) =>
      ask({ method: 'POST', path: PATHS.activate, body: jsonOfRequest(request) }, (answer) => readAs(ActivationResponse, answer)),
  }
}

const jsonOfRequest = (body: object) => new TextEncoder().encode(JSON.stringify(body))

/** A refused signature did nothing: a browser may have sent the same request twice by itself, or the clock was wrong. */
const isWorthSigningAgain = ({ code }: Problem) => code === 'signature-stale' || code === 'signature-replayed'

function signedFields({ method, path, body = new Uint8Array() }: Wanted, { deviceId, key }: Credentials, created: number) {
  const nonce = toBase64url(crypto.getRandomValues(new Uint8Array(12)))
  return signRequest({ method, target: path, body }, { key, keyId: deviceId, created, nonce })
}

async function send(
  fetch: typeof globalThis.fetch,
  origin: string,
  signed: SignatureFields | undefined,
  { method, path, body, gzipped }: Wanted,
): Promise<Result<{ response: Response; body: unknown }, SyncError>> {
  try {
    const response = await fetch(origin + path, {
      method,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'manual', // a captive portal redirects; following it would post records to a stranger
      signal: AbortSignal.timeout(TIMEOUT),
      headers: {
        accept: 'application/json, application/problem+json',
        ...signed,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(gzipped ? { 'content-encoding': 'gzip' } : {}),
      },
      ...(body ? { body } : {}),
    })
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) return err({ kind: 'not-gatepost' })
    return ok({ response, body: await jsonOf(response) })
  } catch (cause) {
    const timedOut = cause instanceof DOMException && cause.name === 'TimeoutError'
    return err({ kind: timedOut ? 'timeout' : 'offline' })
  }
}

/** The body as JSON; undefined where it is none. A connection that breaks in the middle still throws. */
async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function errorOf(response: Response, body: unknown, now: number): SyncError {
  const { status } = response
  const after = retryAfter(response.headers.get('retry-after'), now)
  const wait = after === undefined ? {} : { retryAfterMs: after }
  if (status === 429 || status === 503 || status === 507) return { kind: 'busy', ...wait }
  if (status >= 500) return { kind: 'server-fault', ...wait }
  const problem = readAs(Problem, body)
  if (!problem.ok) return { kind: 'not-gatepost' }
  const { code, detail } = problem.value
  if (code === 'device-revoked' || code === 'device-cloned') return { kind: code }
  if (code === 'unsupported-protocol') return { kind: 'unsupported' }
  if (status === 401) return { kind: 'unauthorised' }
  return { kind: 'refused', status, code, ...(detail ? { detail } : {}) }
}

/** ms of a Retry-After header: seconds or a date. */
function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined
  if (/^\d+$/.test(header)) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

async function packed(value: unknown): Promise<{ bytes: Uint8Array<ArrayBuffer>; gzipped: boolean }> {
  const plain = new TextEncoder().encode(JSON.stringify(value))
  if (typeof CompressionStream === 'undefined') return { bytes: plain, gzipped: false }
  const stream = new Blob([plain]).stream().pipeThrough(new CompressionStream('gzip'))
  return { bytes: new Uint8Array(await new Response(stream).arrayBuffer()), gzipped: true }
}
