import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../../src/server/database/migrate'
import { startEmbedded } from '../../src/server/postgres/embedded'
import { PATHS, PROTOCOL } from '../../src/wire/protocol'
import { aCheckIn, aKey } from '../support/builders'
import { aCommunity, aDevice, SOUTH_GATE, type TestDevice } from '../support/community'
import { signedHeaders } from '../support/signing'
import { until } from '../support/until'

const PORT = 18_000 + (process.pid % 2000)
const URL_OF = `http://127.0.0.1:${PORT}`
let folder: string
let device: TestDevice
let server: ChildProcess
const acknowledged = new Set<string>()
const sent: { key: string }[][] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatepost-killed-'))
  const pool = await openPool()
  await migrate(pool)
  await aCommunity(pool)
  device = await aDevice(pool)
  await pool.end()
})
afterAll(async () => {
  server?.kill('SIGKILL')
  const postgres = await startEmbedded(folder)
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function openPool(): Promise<pg.Pool> {
  const { connection } = await startEmbedded(folder)
  const pool = new pg.Pool(connection)
  pool.on('error', () => undefined)
  return pool
}

async function startServer(): Promise<void> {
  server = spawn('node', ['dist/server/main.mjs'], {
    env: { ...process.env, PORT: String(PORT), HOST: '127.0.0.1', DATA_DIR: folder },
    stdio: 'ignore',
  })
  await until(
    () =>
      fetch(`${URL_OF}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    (ready) => ready,
    60_000,
  )
}

async function push(operations: readonly { key: string }[]): Promise<void> {
  const body = { protocol: PROTOCOL, device: device.id, epoch: device.epoch, sentAt: new Date().toISOString(), operations }
  const payload = gzipSync(JSON.stringify(body))
  const signed = await signedHeaders(device, { method: 'POST', url: PATHS.push, payload })
  const answer = await fetch(URL_OF + PATHS.push, {
    method: 'POST',
    headers: { ...signed, 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: payload,
  })
  if (answer.status === 429) {
    // A quick machine sends more in the end than one phone may in so short a time; it waits as long as it is told, as a phone does.
    await new Promise((done) => setTimeout(done, Number(answer.headers.get('retry-after')) * 1000))
    return push(operations)
  }
  const told = (await answer.json()) as { gatepost?: string; accepted: string[]; duplicates: string[] }
  if (told.gatepost === 'push') for (const key of [...told.accepted, ...told.duplicates]) acknowledged.add(key)
}

let seq = 0
const aBatch = () => Array.from({ length: 50 }, () => aCheckIn({ key: aKey(Date.now()), seq: ++seq, postId: SOUTH_GATE }))

/** Pushes from four phones' worth of connections until somebody is killed. */
async function underLoad(kill: () => void): Promise<void> {
  let going = true
  const loops = Array.from({ length: 4 }, async () => {
    while (going) {
      const batch = aBatch()
      sent.push(batch)
      await push(batch).catch(() => {
        going = false
      })
    }
  })
  await new Promise((done) => setTimeout(done, 700))
  kill()
  await Promise.all(loops)
}

const postmaster = () => Number.parseInt(readFileSync(join(folder, 'cluster/postmaster.pid'), 'utf8'), 10)

test('a server killed with -9 under load, and its PostgreSQL too, loses nothing that it acknowledged and doubles nothing', async () => {
  for (const victim of ['server', 'server', 'both'] as const) {
    await startServer()
    await underLoad(() => {
      server.kill('SIGKILL')
      if (victim === 'both') process.kill(postmaster(), 'SIGKILL')
    })
    await until(
      () => server.signalCode,
      (signal) => signal === 'SIGKILL',
    )
  }
  await startServer()
  expect(acknowledged.size).toBeGreaterThan(500)

  const pool = await openPool()
  const { rows } = await pool.query<{ key: string }>('select key from operations')
  const held = new Set(rows.map(({ key }) => key))
  expect(rows).toHaveLength(held.size)
  expect([...acknowledged].filter((key) => !held.has(key))).toEqual([])

  for (const batch of sent) await push(batch)
  const all = new Set(sent.flat().map(({ key }) => key))
  const { rows: after } = await pool.query<{ key: string }>('select key from operations')
  expect(after).toHaveLength(all.size)
  expect(acknowledged.size).toBe(all.size)
  await pool.end()
}, 180_000)

test('told to stop, the server ends by itself and takes its PostgreSQL along', async () => {
  server.kill('SIGTERM')
  await until(
    () => server.exitCode,
    (code) => code === 0,
    20_000,
  )
  expect(() => readFileSync(join(folder, 'cluster/postmaster.pid'))).toThrow()
}, 60_000)
