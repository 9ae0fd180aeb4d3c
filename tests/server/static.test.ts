import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/server/app'

const INDEX = '<!doctype html><title>值守</title>'
const SCRIPT = 'export const gate = 1\n'
const WASM = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])
let outside: string
let app: FastifyInstance

beforeAll(async () => {
  outside = mkdtempSync(join(tmpdir(), 'gatepost-static-'))
  const folder = join(outside, 'app')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(outside, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'index.html'), INDEX)
  writeFileSync(join(folder, 'service-worker.js'), SCRIPT)
  writeFileSync(join(folder, 'assets/gate-1a2b.js'), SCRIPT)
  writeFileSync(join(folder, 'assets/gate-1a2b.js.br'), brotliCompressSync(SCRIPT))
  writeFileSync(join(folder, 'assets/gate-1a2b.js.gz'), gzipSync(SCRIPT))
  writeFileSync(join(folder, 'assets/zxing_reader-1a2b.wasm'), WASM)
  writeFileSync(join(folder, 'assets/zxing_reader-1a2b.wasm.br'), brotliCompressSync(WASM))
  app = await createApp({ pool: {} as Pool, appFolder: folder })
})
afterAll(async () => {
  await app.close()
  rmSync(outside, { recursive: true, force: true })
})

const get = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') => app.inject({ method, url, headers })
const page = { accept: 'text/html,application/xhtml+xml' }

test("each of the app's own addresses is its page, which is asked for anew each time", async () => {
  for (const url of ['/', '/gate', '/log/2020-02-18', '/activate']) {
    const answer = await get(url, page)
    expect([answer.statusCode, answer.body, answer.headers['cache-control']]).toEqual([200, INDEX, 'no-cache'])
  }
})

test('a file named by its content is kept for a year and comes as it was compressed; the service worker never is', async () => {
  const script = await get('/assets/gate-1a2b.js', { 'accept-encoding': 'gzip, br' })
  expect(script.headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': 'public, max-age=31536000, immutable' })
  expect(brotliDecompressSync(script.rawPayload).toString()).toBe(SCRIPT)
  expect((await get('/assets/gate-1a2b.js')).body).toBe(SCRIPT)
  expect((await get('/service-worker.js')).headers['cache-control']).toBe('no-cache')
})

test('the scanner’s wasm is told as what it is, so that it is compiled while it comes, and comes as it was compressed', async () => {
  const wasm = await get('/assets/zxing_reader-1a2b.wasm', { 'accept-encoding': 'gzip, deflate, br' })
  expect(wasm.headers).toMatchObject({
    'content-type': 'application/wasm',
    'content-encoding': 'br',
    'cache-control': 'public, max-age=31536000, immutable',
  })
  expect(brotliDecompressSync(wasm.rawPayload).equals(WASM)).toBe(true)
  const plain = await get('/assets/zxing_reader-1a2b.wasm')
  expect([plain.headers['content-type'], plain.headers['content-encoding'], plain.rawPayload.equals(WASM)]).toEqual([
    'application/wasm',
    undefined,
    true,
  ])
})

test.each([
  ['/api/v1/nothing', page],
  ['/api/v1/sync/push', page],
  ['/assets/gone-9z.js', {}],
  ['/../secret.txt', {}],
  ['/%2e%2e/secret.txt', {}],
  ['/..%2fsecret.txt', {}],
])('%s is not the page, but a problem in words', async (url, headers) => {
  const answer = await get(url, headers)
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'not-found'])
})

test('without a built app the API answers alone', async () => {
  const bare = await createApp({ pool: {} as Pool, appFolder: join(outside, 'nowhere') })
  expect((await bare.inject({ url: '/', headers: page })).statusCode).toBe(404)
  expect((await bare.inject('/api/v1/time')).json()).toMatchObject({ gatepost: 'time' })
  await bare.close()
})
