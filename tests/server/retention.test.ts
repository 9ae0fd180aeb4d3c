import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Operation } from '../../src/domain/operation'
import { readCases } from '../../src/server/database/cases'
import { insertOperations } from '../../src/server/database/operations'
import { forgetInTime } from '../../src/server/database/retention'
import { aCheckIn, aKey, aReading } from '../support/builders'
import { aCommunity, aDevice, COMMUNITY, SOUTH_GATE, type TestDevice } from '../support/community'
import { aDatabase, type TestDatabase } from '../support/postgres'

const DAY = 86_400_000
const AGE = 300_000
const THEN = Date.parse('2020-02-18T07:31:00+08:00')
const OLD = '欧阳早先OLDNAME'
const NEW = '司马近来NEWNAME'
const STRAY = '诸葛走散STRAYNAME'

let db: TestDatabase
let device: TestDevice

beforeAll(async () => {
  db = await aDatabase()
  await aCommunity(db.pool)
  device = await aDevice(db.pool)
}, 60_000)
afterAll(() => db.close())

type Part = Parameters<typeof aCheckIn>[0]

async function happened(at: number, name: string, part: Part = {}) {
  const deviceTime = new Date(at).toISOString().replace('Z', '+00:00')
  const operation = aCheckIn({ key: aKey(at), deviceTime, postId: SOUTH_GATE, subject: { kind: 'written', name }, ...part })
  await insertOperations(db.pool, COMMUNITY.id, device.id, [{ operation, postId: SOUTH_GATE }], at)
  return operation
}

async function voided(at: number, target: ReturnType<typeof aCheckIn>['key']) {
  const { subject: _s, direction: _d, measured: _m, way: _w, rules: _r, ...stamp } = aCheckIn({ key: aKey(at), postId: SOUTH_GATE })
  const deviceTime = new Date(at).toISOString().replace('Z', '+00:00')
  const operation = { ...stamp, deviceTime, kind: 'void' as const, target, reason: 'x' }
  await insertOperations(db.pool, COMMUNITY.id, device.id, [{ operation, postId: SOUTH_GATE }], at)
}

/** Where a name lies in any row of any table. */
async function tablesWith(name: string): Promise<string[]> {
  const { rows } = await db.pool.query<{ table: string }>(
    "select c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'",
  )
  const found: string[] = []
  for (const { table } of rows) {
    const hit = await db.pool.query(`select from ${table} t where t::text like $1 limit 1`, [`%${name}%`])
    if (hit.rowCount) found.push(table)
  }
  return found
}

/** Where a name lies in any file of the database, deleted rows and its log included. */
async function filesWith(name: string): Promise<string[]> {
  await db.pool.query('checkpoint')
  await db.pool.query('select pg_switch_wal()')
  await db.pool.query('checkpoint')
  const wanted = Buffer.from(name)
  const below = (folder: string): string[] =>
    readdirSync(folder).flatMap((entry) => {
      const path = join(folder, entry)
      return statSync(path).isDirectory() ? below(path) : [path]
    })
  return below(db.folder).filter((path) => statSync(path).isFile() && !path.includes('.s.PGSQL') && readFileSync(path).includes(wanted))
}

const counts = async () => (await db.pool.query('select * from daily_counts order by day, direction')).rows
const operations = async () => Number((await db.pool.query('select count(*) from operations')).rows[0].count)

test('after thirty days a passage is a count, and its name is nowhere: in no row and in no file', async () => {
  await happened(THEN, OLD)
  await happened(THEN + 1000, OLD, { direction: 'out', measured: aReading(37.6) })
  await happened(THEN + 2000, OLD, { measured: { reason: 'refused' } })
  const undone = await happened(THEN + 3000, OLD)
  await voided(THEN + 4000, undone.key)
  // A clock that was 40 years off: no partition of its own.
  await happened(Date.parse('1980-01-01T00:00:00Z'), STRAY, { measured: aReading(33.4) })
  await db.pool.query('update operations_rest set received_at = $1', [new Date(THEN)])
  const now = THEN + 31 * DAY
  await happened(now - 2 * DAY, NEW)
  expect([await tablesWith(OLD), await tablesWith(STRAY), await tablesWith(NEW)]).toEqual([
    ['operations_20200218'],
    ['operations_rest'],
    ['operations_20200318'],
  ])
  expect((await filesWith(OLD)).length).toBeGreaterThan(0)

  expect(await forgetInTime(db.pool, now, AGE)).toEqual({ partitions: 1, rows: 1 })

  expect([await tablesWith(OLD), await tablesWith(STRAY)]).toEqual([[], []])
  expect([await filesWith(OLD), await filesWith(STRAY)]).toEqual([[], []])
  // The same search finds what must still be there.
  expect([await tablesWith(NEW), (await filesWith(NEW)).length > 0]).toEqual([['operations_20200318'], true])
  const day = (await counts()).filter(({ day: of }) => of.getFullYear() === 2020)
  expect(day).toMatchObject([
    { direction: 'in', passages: '2', not_measured: '1', too_low: '0', at_threshold: '0', voided: '1' },
    { direction: 'out', passages: '1', not_measured: '0', too_low: '0', at_threshold: '1', voided: '0' },
  ])
  expect((await counts()).filter(({ day: of }) => of.getFullYear() === 1980)).toMatchObject([{ passages: '1', too_low: '1' }])
}, 60_000)

test('what arrives late for a day that is gone is taken, and counted once, at the next time', async () => {
  const now = THEN + 31 * DAY
  const before = await counts()
  await happened(THEN + 5000, OLD)
  expect(await tablesWith(OLD)).toHaveLength(1)
  await forgetInTime(db.pool, now, AGE)
  await forgetInTime(db.pool, now, AGE)
  expect(await tablesWith(OLD)).toEqual([])
  const sum = (rows: { passages: string }[]) => rows.reduce((total, { passages }) => total + Number(passages), 0)
  expect(sum(await counts())).toBe(sum(before) + 1)
})

test('killed between counting and dropping, nothing is counted twice', async () => {
  const at = THEN + DAY
  await happened(at, OLD)
  const before = await counts()
  // Somebody who reads holds the drop up until the connection is cut.
  await db.pool.query("set lock_timeout = '0'")
  const reader = await db.pool.connect()
  await reader.query('begin')
  await reader.query('select * from operations_20200219')
  const forgetting = forgetInTime(db.pool, THEN + 40 * DAY, AGE).catch(() => 'cut')
  await new Promise((done) => setTimeout(done, 500))
  await reader.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where query like 'lock table operations_20200219%' and pid <> pg_backend_pid()",
  )
  await reader.query('commit')
  reader.release()
  await forgetting
  await forgetInTime(db.pool, THEN + 40 * DAY, AGE)
  const sum = (rows: { passages: string }[]) => rows.reduce((total, { passages }) => total + Number(passages), 0)
  expect(sum(await counts())).toBe(sum(before) + 1)
})

test('of two servers that tidy at once one does it', async () => {
  const both = await Promise.all([forgetInTime(db.pool, THEN + 41 * DAY, AGE), forgetInTime(db.pool, THEN + 41 * DAY, AGE)])
  expect(both.filter((each) => each === undefined).length).toBeLessThanOrEqual(1)
  expect(await operations()).toBeLessThanOrEqual(1)
})

test('an arrival and an incident outlive their day: 60 days, the incident counted from its closing; then they are counts too', async () => {
  const INCIDENT = '端木事件CASENAME'
  const ARRIVED = '慕容归来ARRIVALNAME'
  const at = Date.parse('2020-04-01T08:00:00+08:00')
  const confirmed = await happened(at, INCIDENT, { measured: aReading(37.6) })
  const { subject: _s, direction: _d, measured: _m, way: _w, rules: _r, ...stamp } = aCheckIn({ postId: SOUTH_GATE })
  const later = async (after: number, rest: object) => {
    const key = aKey(at + after)
    const deviceTime = new Date(at + after).toISOString().replace('Z', '+00:00')
    const operation = { ...stamp, seq: aCheckIn().seq, key, deviceTime, ...rest } as Operation
    await insertOperations(db.pool, COMMUNITY.id, device.id, [{ operation, postId: SOUTH_GATE }], at)
  }
  await later(300_000, { kind: 'retest', target: confirmed.key, reading: aReading(37.5, { site: 'neck' }) })
  await later(600_000, { kind: 'retest', target: confirmed.key, reading: aReading(37.8, { site: 'armpit' }) })
  await later(10 * DAY, { kind: 'incident-step', target: confirmed.key, step: { at: 'closed', outcome: 'fever-clinic' } })
  await later(1000, {
    kind: 'arrival',
    name: ARRIVED,
    origin: '滁州',
    arrivedOn: '2020-04-01',
    means: 'coach',
    platform: 'not-registered',
    keyArea: false,
    metInPerson: true,
    source: 'post',
  })
  await forgetInTime(db.pool, at + 45 * DAY, AGE)
  expect(await tablesWith(INCIDENT)).toEqual(['kept_operations'])
  expect(await tablesWith(ARRIVED)).toEqual(['kept_operations'])
  expect((await readCases(db.pool, COMMUNITY.id, [confirmed.key]))[0]).toMatchObject({ open: false })
  await forgetInTime(db.pool, at + 62 * DAY, AGE)
  expect(await tablesWith(ARRIVED)).toEqual([])
  expect(await tablesWith(INCIDENT)).toEqual(['kept_operations'])
  await forgetInTime(db.pool, at + 72 * DAY, AGE)
  expect(await tablesWith(INCIDENT)).toEqual([])
  expect(await filesWith(INCIDENT)).toEqual([])
  const sums = await db.pool.query('select sum(arrivals) as arrivals, sum(incidents) as incidents from daily_counts')
  expect(sums.rows[0]).toMatchObject({ arrivals: '1', incidents: '1' })
})

test('an incident that was opened again is not forgotten by the closing that was taken back', async () => {
  const REOPENED = '濮阳重开REOPENEDNAME'
  const at = Date.parse('2020-08-01T08:00:00+08:00')
  const fever = await happened(at, REOPENED, { measured: aReading(37.6) })
  const { subject: _s, direction: _d, measured: _m, way: _w, rules: _r, ...stamp } = aCheckIn({ postId: SOUTH_GATE })
  const later = async (after: number, rest: object) => {
    const deviceTime = new Date(at + after).toISOString().replace('Z', '+00:00')
    const operation = {
      ...stamp,
      ...rest,
      seq: aCheckIn().seq,
      key: aKey(at + after),
      deviceTime,
      target: fever.key,
    } as object as Operation
    await insertOperations(db.pool, COMMUNITY.id, device.id, [{ operation, postId: SOUTH_GATE }], at)
    return operation.key
  }
  await later(300_000, { kind: 'retest', reading: aReading(37.8, { site: 'armpit' }) })
  const closing = await later(600_000, { kind: 'incident-step', step: { at: 'closed', outcome: 'home' } })
  await later(DAY, { kind: 'void', only: closing, reason: '点错了' })
  await forgetInTime(db.pool, at + 45 * DAY, AGE)
  await forgetInTime(db.pool, at + 70 * DAY, AGE)
  expect(await tablesWith(REOPENED)).toEqual(['kept_operations'])
  expect((await readCases(db.pool, COMMUNITY.id, [fever.key]))[0]).toMatchObject({ open: true })
  // The passage itself was never void.
  const { rows } = await db.pool.query("select sum(voided) as voided, sum(at_threshold) as high from daily_counts where day = '2020-08-01'")
  expect(rows[0]).toMatchObject({ voided: '0', high: '1' })
})
