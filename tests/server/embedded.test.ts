import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmbeddedPostgres, startEmbedded } from '../../src/server/postgres/embedded'
import { removeStalePidFile } from '../../src/server/postgres/postmaster'
import { until } from '../support/until'

const isRoot = process.getuid?.() === 0
let folder: string
let place: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatepost-embedded-'))
  place = mkdtempSync(join(tmpdir(), 'gatepost-places-'))
  chmodSync(place, 0o755)
})
afterAll(async () => {
  await (await startEmbedded(folder)).stop()
  for (const each of [folder, place]) rmSync(each, { recursive: true, force: true })
}, 60_000)

const pidFile = () => join(folder, 'cluster/postmaster.pid')
const postmaster = () => Number.parseInt(readFileSync(pidFile(), 'utf8'), 10)

async function said(postgres: EmbeddedPostgres, sql: string): Promise<string> {
  const client = new pg.Client(postgres.connection)
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return String(Object.values(rows[0] ?? {})[0])
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('it starts in an empty folder, answers on its socket only, and stops', async () => {
  const postgres = await startEmbedded(folder)
  expect(postgres.startedHere).toBe(true)
  expect(await said(postgres, 'show listen_addresses')).toBe('')
  const pid = postmaster()
  await postgres.stop()
  expect([existsSync(pidFile()), isAlive(pid)]).toEqual([false, false])
}, 60_000)

test('one that a killed server left running is used as it is', async () => {
  await startEmbedded(folder)
  const pid = postmaster()
  const found = await startEmbedded(folder)
  expect([found.startedHere, postmaster()]).toEqual([false, pid])
  expect(await said(found, 'select 1')).toBe('1')
  await found.stop()
}, 60_000)

test('one that was killed itself is started again, and has what was committed', async () => {
  const postgres = await startEmbedded(folder)
  await said(postgres, 'create table kept as select 42 as n')
  const pid = postmaster()
  process.kill(pid, 'SIGKILL')
  const again = await startEmbedded(folder)
  expect([again.startedHere, await said(again, 'select n from kept')]).toEqual([true, '42'])
  expect(postmaster()).not.toBe(pid)
  await again.stop()
}, 60_000)

test('a pid file whose number is another program by now does not keep it from starting', async () => {
  const uid = statSync(join(folder, 'cluster')).uid
  const stranger = spawn('sleep', ['600'], { uid, stdio: 'ignore' })
  await until(
    () => stranger.pid,
    (pid) => pid !== undefined,
  )
  writeFileSync(pidFile(), `${stranger.pid}\n${join(folder, 'cluster')}\n1582000000\n5432\n\n\n`)
  try {
    const postgres = await startEmbedded(folder)
    expect([postgres.startedHere, await said(postgres, 'select n from kept')]).toEqual([true, '42'])
    await postgres.stop()
    expect(stranger.exitCode).toBeNull()
  } finally {
    stranger.kill()
  }
}, 60_000)

test('a pid file that was cut off does not keep it from starting', async () => {
  writeFileSync(pidFile(), '')
  const postgres = await startEmbedded(folder)
  expect(await said(postgres, 'select 1')).toBe('1')
  await postgres.stop()
}, 60_000)

test('a pid file that another start has made and not yet written is not taken away', async () => {
  const postgres = await startEmbedded(folder)
  const whole = readFileSync(pidFile())
  writeFileSync(pidFile(), '')
  const looked = removeStalePidFile(join(folder, 'cluster'))
  writeFileSync(pidFile(), whole)
  await looked
  expect(existsSync(pidFile())).toBe(true)
  await postgres.stop()
}, 60_000)

test('several that start at once share one', async () => {
  const all = await Promise.all(Array.from({ length: 3 }, () => startEmbedded(folder)))
  expect(all.filter(({ startedHere }) => startedHere)).toHaveLength(1)
  for (const each of all) expect(await said(each, 'select 1')).toBe('1')
  await all[0]?.stop()
}, 60_000)

test('an initialisation that was broken off is begun anew', async () => {
  const half = join(place, 'half')
  mkdirSync(join(half, 'cluster/base'), { recursive: true })
  const postgres = await startEmbedded(half)
  expect(await said(postgres, 'select 1')).toBe('1')
  await postgres.stop()
}, 60_000)

test('a folder that holds something else is refused in one line, and left as it was', async () => {
  const foreign = join(place, 'photos')
  mkdirSync(foreign)
  writeFileSync(join(foreign, 'cat.jpg'), 'a cat')
  const before = statSync(foreign)
  await expect(startEmbedded(foreign)).rejects.toThrow(/^.*photos holds something else: choose an empty or a new folder with DATA_DIR\.$/)
  expect([statSync(foreign).uid, statSync(foreign).mtimeMs]).toEqual([before.uid, before.mtimeMs])
})

test('a folder that cannot be made is one line', async () => {
  writeFileSync(join(place, 'file'), '', { mode: 0o755 })
  await expect(startEmbedded(join(place, 'file/below'))).rejects.toThrow(
    /^.*file\/below cannot be (made or written \(ENOTDIR\)|entered by the user .*): choose another (folder )?with DATA_DIR\.$/,
  )
})

test.runIf(isRoot)('a folder that the user of PostgreSQL cannot enter is one line, and nothing is made', async () => {
  const secret = join(place, 'secret')
  mkdirSync(secret, { mode: 0o700 })
  await expect(startEmbedded(join(secret, 'data'))).rejects.toThrow(
    /cannot be entered by the user (postgres|nobody).*choose another folder with DATA_DIR\.$/,
  )
  expect(execFileSync('ls', [secret], { encoding: 'utf8' })).toBe('')
})
