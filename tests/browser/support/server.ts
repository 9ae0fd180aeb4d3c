import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Pool } from 'pg'
import { startServer } from '../../../src/server/start'
import { PATHS } from '../../../src/wire/protocol'

/** What the network does to a push. */
export type Fault = 'none' | 'down' | 'drop-answer' | 'hang' | 'html' | number

export interface TestServer {
  readonly url: string
  readonly pool: Pool
  /** From now on, for pushes; `none` mends the network. */
  fault: Fault
  /** The server was updated: the service worker has other bytes. */
  newVersion: boolean
  /** Pushes that reached the proxy. */
  pushes: number
  /** Every address that was asked for, with its host. */
  readonly asked: string[]
  /** When an address was first asked for, ms. */
  readonly firstAsked: Map<string, number>
  /** Files that never come. */
  withheld: RegExp | undefined
  close(): Promise<void>
}

/** The real server with the built app and a PostgreSQL of its own, behind a proxy that can fail as networks do. */
export async function aServer(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'gatepost-browser-'))
  const running = await startServer({ host: '127.0.0.1', port: 0, dataFolder: folder }, { appFolder: resolve('dist/app') })
  const target = new URL(running.url)
  const proxy = createServer((asked, answer) => void pass(asked, answer))
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done))
  const server: TestServer = {
    url: `http://localhost:${(proxy.address() as AddressInfo).port}`,
    pool: running.pool,
    fault: 'none',
    newVersion: false,
    pushes: 0,
    asked: [],
    firstAsked: new Map(),
    withheld: undefined,
    async close() {
      proxy.closeAllConnections()
      await new Promise((done) => proxy.close(done))
      await running.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }

  async function pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const path = asked.url ?? ''
    server.asked.push(path)
    if (!server.firstAsked.has(path)) server.firstAsked.set(path, Date.now())
    if (server.withheld?.test(path)) return void answer.destroy()
    const isPush = asked.url === PATHS.push
    if (isPush) server.pushes++
    const fault = isPush ? server.fault : server.fault === 'down' ? 'down' : 'none'
    if (fault === 'down') return void answer.destroy()
    if (fault === 'hang') return
    if (fault === 'html') return void answer.writeHead(200, { 'content-type': 'text/html' }).end('<html>请先登录 WiFi</html>')
    if (typeof fault === 'number') return sendProblem(answer, fault)
    const isNewer = server.newVersion && asked.url === '/service-worker.js'
    if (isNewer) delete asked.headers['accept-encoding']
    const onward = request(
      { host: target.hostname, port: target.port, path: asked.url, method: asked.method, headers: asked.headers },
      (got) => {
        if (fault === 'drop-answer') return void got.resume().on('end', () => answer.destroy())
        const { 'content-length': _length, ...unmeasured } = got.headers
        answer.writeHead(got.statusCode ?? 502, isNewer ? unmeasured : got.headers)
        if (isNewer) answer.write('// newer\n')
        got.pipe(answer)
      },
    )
    onward.on('error', () => answer.destroy())
    asked.pipe(onward)
  }
  return server
}

const CODES: Readonly<Record<number, string>> = {
  400: 'bad-request',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  429: 'too-many-requests',
  500: 'server-fault',
}

function sendProblem(answer: ServerResponse, status: number): void {
  const code = CODES[status] ?? 'server-fault'
  const headers = { 'content-type': 'application/problem+json', ...(status === 429 ? { 'retry-after': '1' } : {}) }
  answer.writeHead(status, headers).end(JSON.stringify({ type: `urn:gatepost:problem:${code}`, title: code, status, code }))
}
