import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/server/app'

const STYLES = { index: '.gate{color:red}', visit: '.visit{color:blue}' }
const INDEX = `<!doctype html><style>${STYLES.index}</style><title>值守</title>`
const VISIT = `<!doctype html><style>${STYLES.visit}</style><title>来访登记</title>`
const folders: string[] = []
let app: FastifyInstance

beforeAll(async () => {
  app = await createApp({ pool: {} as Pool, appFolder: aFolder({ 'index.html': INDEX, 'visit.html': VISIT }) })
})
afterAll(async () => {
  await app.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function aFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatepost-visit-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

const page = { accept: 'text/html,application/xhtml+xml' }
const hash = (css: string) => `'sha256-${createHash('sha256').update(css).digest('base64')}'`

test.each(['/visit', '/visit?from=singlemessage'])(
  "%s is the visitor's page, not the gate's, and is asked for anew each time",
  async (url) => {
    for (const headers of [page, { accept: '*/*' }]) {
      const answer = await app.inject({ url, headers })
      expect([answer.statusCode, answer.body, answer.headers['cache-control']]).toEqual([200, VISIT, 'no-cache'])
      expect(answer.headers['content-type']).toMatch(/^text\/html/)
    }
  },
)

test("the visitor's page has the same doors shut as the gate's, and may use its own style", async () => {
  const [visit, gate] = [await app.inject({ url: '/visit', headers: page }), await app.inject({ url: '/', headers: page })]
  const doors = ['content-security-policy', 'x-frame-options', 'x-content-type-options', 'referrer-policy', 'permissions-policy'] as const
  for (const door of doors) expect([door, visit.headers[door]]).toEqual([door, gate.headers[door]])
  expect(visit.headers['content-security-policy']).toContain(`style-src 'self' ${hash(STYLES.index)} ${hash(STYLES.visit)};`)
  expect(visit.headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
})

test("what a visitor's phone might send, nobody takes", async () => {
  expect((await app.inject({ method: 'POST', url: '/visit', payload: { name: '司徒远方' } })).statusCode).toBe(404)
})

test("an app built without the visitor's page does not answer with the gate's", async () => {
  const older = await createApp({ pool: {} as Pool, appFolder: aFolder({ 'index.html': INDEX }) })
  const answer = await older.inject({ url: '/visit', headers: page })
  expect([answer.statusCode, answer.body.includes('值守</title>')]).toEqual([404, false])
  await older.close()
})
