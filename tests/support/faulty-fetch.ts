import { gunzipSync } from 'node:zlib'
import type { Operation } from '../../src/domain/operation'
import { PATHS } from '../../src/wire/protocol'

/** What the network does to a request; a number is a problem with that status. */
export type NetworkFault = 'none' | 'no-network' | 'timeout' | 'answer-lost' | 'html' | 'redirect' | number

export interface Network {
  readonly fetch: typeof fetch
  fault: NetworkFault
  /** Of each push that went out, how many operations it held. */
  readonly pushed: number[]
  /** A push that holds this key is answered 400. */
  poison: string | undefined
}

const CODES: Readonly<Record<number, string>> = {
  400: 'bad-request',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  429: 'too-many-requests',
  500: 'server-fault',
  503: 'overloaded',
  507: 'storage-full',
}

/** The real fetch behind a network that can fail as networks do. */
export function aNetwork(): Network {
  const network: Network = { fetch: (input, init) => carry(network, String(input), init), fault: 'none', pushed: [], poison: undefined }
  return network
}

async function carry(network: Network, url: string, init: RequestInit | undefined): Promise<Response> {
  const { fault, poison } = network
  if (url.endsWith(PATHS.push)) {
    const operations = operationsIn(init?.body)
    network.pushed.push(operations.length)
    if (poison && operations.some(({ key }) => key === poison)) return problem(400)
  }
  if (typeof fault === 'number') return problem(fault)
  switch (fault) {
    case 'none':
      return fetch(url, init)
    case 'no-network':
      throw new TypeError('fetch failed')
    case 'timeout':
      throw new DOMException('no answer', 'TimeoutError')
    case 'answer-lost':
      await (await fetch(url, init)).arrayBuffer()
      throw new TypeError('terminated')
    case 'html':
      return new Response('<html>请先登录 WiFi</html>', { headers: { 'content-type': 'text/html' } })
    case 'redirect':
      return new Response(null, { status: 302, headers: { location: 'http://portal.example' } })
    default:
      return fault satisfies never
  }
}

function operationsIn(body: RequestInit['body']): readonly Operation[] {
  if (!(body instanceof Uint8Array)) throw new Error('operationsIn: a push is sent as gzipped bytes')
  return JSON.parse(gunzipSync(body).toString()).operations
}

function problem(status: number): Response {
  const code = CODES[status] ?? 'server-fault'
  const headers = { 'content-type': 'application/problem+json', ...(status === 429 || status > 500 ? { 'retry-after': '3' } : {}) }
  return new Response(JSON.stringify({ type: `urn:gatepost:problem:${code}`, title: code, status, code }), { status, headers })
}
