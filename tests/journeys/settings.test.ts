import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string
let data: string
let taken: Server

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatepost-settings-'))
  data = mkdtempSync(join(tmpdir(), 'gatepost-settings-data-'))
  mkdirSync(join(folder, 'photos'))
  writeFileSync(join(folder, 'photos/cat.jpg'), 'a cat')
  writeFileSync(join(folder, 'not-a.pem'), 'hello')
  taken = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => taken.once('listening', done))
})
afterAll(() => {
  taken.close()
  for (const each of [folder, data]) rmSync(each, { recursive: true, force: true })
})

function serverWith(environment: Record<string, string>): Promise<{ code: number | null; wrong: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, HOST: '127.0.0.1', PORT: '0', DATA_DIR: data, ...environment }
    const child = execFile('node', ['dist/server/main.mjs'], { env }, (_error, _said, wrong) => resolve({ code: child.exitCode, wrong }))
  })
}

const portTaken = () => {
  const address = taken.address()
  return typeof address === 'object' && address ? String(address.port) : ''
}

test.each<[string, () => Record<string, string>, RegExp]>([
  ['a port that is none', () => ({ PORT: '80a' }), /PORT must be/],
  ['a port in use', () => ({ PORT: portTaken() }), /port \d+ is in use already/],
  ['an address of another machine', () => ({ HOST: '203.0.113.7' }), /HOST 203\.0\.113\.7 is not an address of this machine/],
  ['a database that does not answer', () => ({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' }), /the database cannot be used/],
  ['a database of another kind', () => ({ DATABASE_URL: 'mysql://x' }), /DATABASE_URL must look like/],
  ['half of the certificate', () => ({ TLS_CERT: join(folder, 'not-a.pem') }), /TLS_KEY is missing/],
  [
    'a certificate that is none',
    () => ({ TLS_CERT: join(folder, 'not-a.pem'), TLS_KEY: join(folder, 'not-a.pem') }),
    /TLS_CERT and TLS_KEY are not a certificate and its key/,
  ],
  ["somebody else's folder", () => ({ DATA_DIR: join(folder, 'photos') }), /photos (holds something else|cannot be entered)/],
])('%s is one clear line, and the server exits 1', async (_name, environment, words) => {
  const { code, wrong } = await serverWith(environment())
  expect(code).toBe(1)
  expect(wrong).toMatch(words)
  expect(wrong.trim().split('\n')).toHaveLength(1)
  expect(wrong).toMatch(/^gatepost: /)
})
