import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/server/app'
import { createRateLimit } from '../../src/server/rate-limit'
import { PATHS } from '../../src/wire/protocol'

let folder: string
let app: FastifyInstance
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatepost-doors-'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><style>body{color:red}</style><p>gate</p>')
  writeFileSync(join(folder, 'app.js'), 'export {}')
  app = await createApp({ pool: {} as Pool, appFolder: folder, trustProxy: true })
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const head = async (url: string, headers: Record<string, string> = {}) => (await app.inject({ url, headers })).headers

test('a page may load our own files and the style that it brought, and nothing else', async () => {
  const policy = String((await head('/', { accept: 'text/html' }))['content-security-policy'])
  expect(policy).toMatch(/default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'sha256-[A-Za-z0-9+/]{43}='; /)
  expect(policy).toMatch(/frame-ancestors 'none'.*require-trusted-types-for 'script'; trusted-types gatepost/)
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/)
})

test.each(['/', '/app.js', PATHS.time, '/api/v1/nothing', '/nothing'])(
  '%s is framed by nobody, sniffed by nobody and told to nobody',
  async (url) => {
    expect(await head(url, { accept: 'text/html' })).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringMatching(/camera=\(self\).*geolocation=\(\)/),
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    })
  },
)

test('an answer of the API is kept by no cache', async () => {
  expect((await head(PATHS.time))['cache-control']).toBe('no-store')
})

test('only what came by TLS asks for TLS from now on', async () => {
  expect((await head('/', { 'x-forwarded-proto': 'https' }))['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
  expect((await head('/'))['strict-transport-security']).toBeUndefined()
})

test('one device that asks without end is slowed; the others are not', () => {
  let now = 0
  const { take } = createRateLimit(() => now)
  for (let i = 0; i < 120; i++) expect(take('busy')).toBe(0)
  expect(take('busy')).toBe(100)
  expect(take('quiet')).toBe(0)
  now += 100
  expect(take('busy')).toBe(0)
  expect(take('busy')).toBeGreaterThan(0)
})
