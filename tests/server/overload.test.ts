import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { afterEach, expect, test } from 'vitest'
import { createApp } from '../../src/server/app'
import { PATHS } from '../../src/wire/protocol'
import { sendSigned, signedHeaders, someKeys } from '../support/signing'

const KEYS = await someKeys()
let app: FastifyInstance

afterEach(() => app.close())

/** A database that answers only when it is told to, or fails as a real one would. */
const aPool = (query: () => Promise<unknown>) => ({ query }) as unknown as Pool
const push = () => sendSigned(app, KEYS, { url: PATHS.push, payload: { any: 'thing' } })

test('beyond 64 pushes at once the next is told to come back later', async () => {
  let answer: (rows: unknown) => void = () => undefined
  const waiting = new Promise((resolve) => {
    answer = resolve
  })
  app = await createApp({ pool: aPool(() => waiting) })
  const inside = Array.from({ length: 64 }, push)
  await new Promise((done) => setTimeout(done, 200))
  const next = await push()
  expect([next.statusCode, next.json().code]).toEqual([503, 'overloaded'])
  expect(Number(next.headers['retry-after'])).toBeGreaterThan(0)
  answer({ rows: [] })
  expect((await Promise.all(inside)).map(({ statusCode }) => statusCode)).toEqual(Array(64).fill(401))
  expect((await push()).statusCode).toBe(401)
})

test('a full disk is 507 with a time to come back, and a bug tells the caller nothing', async () => {
  app = await createApp({ pool: aPool(() => Promise.reject(Object.assign(new Error('could not extend file'), { code: '53100' }))) })
  const full = await push()
  expect([full.statusCode, full.json().code, full.headers['retry-after']]).toEqual([507, 'storage-full', '60'])
  await app.close()
  app = await createApp({ pool: aPool(() => Promise.reject(new Error('secret detail'))) })
  const bug = await push()
  expect([bug.statusCode, bug.json().code]).toEqual([500, 'server-fault'])
  expect(bug.body).not.toContain('secret')
})

test('what is logged of a push holds no name, no reading and no token', async () => {
  const lines: string[] = []
  app = await createApp({
    pool: aPool(async () => ({ rows: [] })),
    logger: { level: 'trace', stream: { write: (line: string) => lines.push(line) } },
  })
  const sent = {
    method: 'POST' as const,
    url: `${PATHS.push}?name=${encodeURIComponent('张建华')}`,
    payload: { name: '张建华', celsius: 36.5 },
  }
  const headers = await signedHeaders(KEYS, sent)
  await app.inject({ ...sent, headers })
  expect(lines.join('')).not.toMatch(/张建华|%E5%BC%A0|36\.5/)
  expect(lines.join('')).not.toContain(headers.signature)
})
