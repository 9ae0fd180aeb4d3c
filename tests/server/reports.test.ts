import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { DeviceId, OperationKey, PostId } from '../../src/domain/ids'
import { REPORT_KINDS, type ReportKind } from '../../src/domain/report'
import type { Day } from '../../src/domain/time'
import { sheetOf } from '../../src/reports/sheet'
import { zhCN } from '../../src/reports/words/zh-cn'
import { sheetXlsx } from '../../src/reports/xlsx'
import { daySource } from '../../src/server/database/day-reports'
import { forgetInTime } from '../../src/server/database/retention'
import { COMMUNITY } from '../../src/server/demo/places'
import { aCheckIn } from '../support/builders'
import { DAY, type DemoReports, demoReports, NOW, table } from '../support/demo-reports'

const SOUTH = 'wutongyuan-nanmen' as PostId
vi.setConfig({ testTimeout: 60_000 }) // each report is made by a whole command

let demo: DemoReports
beforeAll(async () => {
  demo = await demoReports()
}, 120_000)
afterAll(() => demo?.close())

const run: DemoReports['run'] = (...asked) => demo.run(...asked)
const made: DemoReports['made'] = (...asked) => demo.made(...asked)
const check = (file: string) => run('report check', {}, [file])
const REFUSED = 'this file is not what the log says.'

/** The demonstration's phones all stand at the gates of one compound; these two are taken for the lead's and a volunteer's. */
const lead = () => demo.phones[0]
const volunteer = () => demo.phones[1]

test('who is under observation is counted on each day by itself: begun, standing, ended; who is isolated elsewhere is not', async () => {
  const observed = async (day: string) => {
    const total = (await table(await made('daily', { day }), '进人次')).at(-1) ?? {}
    return [total.居家观察在册, total.新增, total.解除]
  }
  await demo.database.pool.query(
    "update observations set created_at = '2026-11-10T09:00:00+08:00', until = '2026-11-24', released_at = null",
  )
  const all = Number((await demo.database.pool.query("select count(*) from observations where kind = 'home'")).rows[0].count)
  expect(all).toBeGreaterThan(3)
  await demo.database.pool.query(
    `update observations set released_at = '2026-11-19T08:00:00+08:00' where resident_id = (select min(resident_id) from observations)`,
  )
  await demo.database.pool.query(
    `update observations set created_at = '2026-11-19T00:10:00+08:00' where resident_id = (select max(resident_id) from observations)`,
  )
  expect(await observed('2026-11-18')).toEqual([all - 1, 0, 0])
  expect(await observed('2026-11-19')).toEqual([all - 1, 1, 1])
  expect(await observed('2026-11-24')).toEqual([0, 0, all - 1])
})

const { kind: _kind, ...STAMP } = aCheckIn()
let seq = 900_000

interface PhoneReport {
  readonly kind: ReportKind
  /** Time of that day. */
  readonly madeAt: string
  readonly mergedUntil?: string
  /** What it had not uploaded. */
  readonly waiting?: OperationKey
}

/** A report as the lead's phone makes it offline, of its own records and the volunteer's until then; it tells of it later. */
async function madeByPhone({ kind, madeAt, mergedUntil, waiting }: PhoneReport): Promise<string> {
  const at = (time: string) => Date.parse(`${DAY}T${time}:00+08:00`)
  const asOf = at(madeAt)
  const phones = mergedUntil ? [{ deviceId: volunteer(), until: at(mergedUntil) }] : []
  const knows = new Map<DeviceId, number>([[lead(), asOf], ...phones.map(({ deviceId, until }) => [deviceId, until] as const)])
  const source = await daySource(demo.database.pool, COMMUNITY.id, { day: DAY as Day, asOf, phones: knows, unitId: COMMUNITY.id })
  if (!source) throw new Error('the demonstration is a community')
  const sheet = await sheetOf(
    { ...source, uploads: new Map(waiting ? [[waiting, 'waiting']] : []) },
    { kind, madeBy: '李组长', madeAt: asOf, reason: '流调' },
    zhCN,
  )
  const file = join(demo.folder, `phone-${kind}.xlsx`)
  writeFileSync(file, sheetXlsx(sheet))
  await demo.keep(lead(), {
    ...STAMP,
    kind: 'access',
    key: aCheckIn().key,
    seq: ++seq,
    operator: '李组长',
    postId: SOUTH,
    deviceTime: `${DAY}T${madeAt}:02.000+08:00`,
    what: 'records-exported',
    about: DAY,
    detail: kind,
    fingerprint: sheet.fingerprint,
    phones,
    ...(kind.endsWith('-full') ? { reason: '流调' } : {}),
  })
  return file
}

async function pass(deviceId: DeviceId, time: string, name: string): Promise<OperationKey> {
  const subject = { kind: 'written', name } as const
  const passage = aCheckIn({ seq: ++seq, postId: SOUTH, deviceTime: `${DAY}T${time}:00.000+08:00`, subject })
  await demo.keep(deviceId, passage)
  return passage.key
}

test('each report that the server made is found unchanged, in its trail, and in the log', { timeout: 60_000 }, async () => {
  for (const kind of REPORT_KINDS) {
    for (const part of [{}, { shift: '早班' }, { post: 'wutongyuan-nanmen', until: '12:00' }]) {
      const file = await made(kind, part)
      expect(await check(file)).toMatch(/unchanged: [\s\S]*in the trail: made by command-line[\s\S]*each of its rows is in the log/)
      expect(demo.said()).not.toMatch(/came since|not merged|are not in it/)
    }
  }
})

test('an honest report of a phone holds, though somebody passed since and another phone was not merged: both are told apart', {
  timeout: 60_000,
}, async () => {
  await demo.database.pool.query('update devices set unit_id = $1 where device_id = $2', [COMMUNITY.id, lead()])
  await pass(lead(), '16:00', '迟来')
  await pass(volunteer(), '11:00', '别机')
  for (const kind of ['daily', 'ledger-masked', 'ledger-full', 'incidents'] as const) {
    const said = await check(await madeByPhone({ kind, madeAt: '15:05' }))
    expect(said).toMatch(/in the log: made by 李组长 on phone/)
    expect(said).toMatch(/each of its rows is in the log as it stood when it was made/)
    expect(said).not.toMatch(/were not in the log|are not in it/)
    if (kind === 'incidents') continue
    expect(said).toMatch(/came since, and no sign of a change: \d+ rows/)
    expect(said).toMatch(/of phones that were not merged, and no sign of a change: \d+ rows/)
  }
})

test('what was merged until ten is looked for until ten: an earlier row must be there, a later one is of a phone not merged', async () => {
  await pass(volunteer(), '09:30', '早到')
  const said = await check(await madeByPhone({ kind: 'ledger-masked', madeAt: '15:05', mergedUntil: '10:00' }))
  expect(said).toMatch(/each of its rows is in the log as it stood when it was made/)
  const ofOthers = said.slice(said.indexOf('of phones that were not merged'))
  expect(ofOthers).not.toMatch(/早\*/)
  const rows = await table(join(demo.folder, 'phone-ledger-masked.xlsx'), '序号')
  expect([rows.some(({ 姓名 }) => 姓名 === '早*'), rows.some(({ 姓名 }) => 姓名 === '别*')]).toEqual([true, false])
})

test('a row that was not uploaded when the report was made, and is not here yet, is told as that', async () => {
  const key = await pass(lead(), '09:40', '未传')
  const file = await madeByPhone({ kind: 'ledger-masked', madeAt: '15:05', waiting: key })
  await demo.database.pool.query('delete from operations where key = $1', [key])
  expect(await check(file)).toMatch(
    /1 of its rows were not uploaded when it was made, and are not here like that:\n {2}\d+ 2026-11-19 09:40/,
  )
})

test('a changed cell, a changed first line, and a row that the log does not hold like that are told', async () => {
  const file = join(demo.folder, 'forged.csv')
  const make = () => run('report make', { kind: 'ledger-masked', day: DAY, format: 'csv', out: file })
  await make()
  writeFileSync(file, readFileSync(file, 'utf8').replace(',36.5,', ',36.4,'))
  await expect(check(file)).rejects.toThrow(REFUSED)
  expect(demo.said()).toMatch(/CHANGED: [\s\S]*1 of its rows were not in the log like that when it was made:\n {2}\d+ 2026-11-19/)

  for (const [from, to] of [
    ['整日', '某日'],
    ['制表 ', '造表 '],
  ] as const) {
    await make()
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
    await expect(check(file)).rejects.toThrow(REFUSED)
    expect(demo.said()).toMatch(/CHANGED: [\s\S]*names no day, shift, post and time/)
  }

  const daily = await made('daily')
  await demo.database.pool.query(
    `delete from operations where ctid in (select ctid from operations where kind = 'check-in' and at >= '${DAY}T04:00:00Z' and at < '${DAY}T05:00:00Z' limit 1)`,
  )
  await expect(check(daily)).rejects.toThrow(REFUSED)
  expect(demo.said()).toMatch(/unchanged: [\s\S]*3 of its rows were not in the log like that/)
})

test('a report that nobody told of is not in the log', async () => {
  const file = await made('ledger-masked', { shift: '早班' })
  await demo.database.pool.query("delete from trail where what = 'records-exported'")
  await expect(check(file)).rejects.toThrow(REFUSED)
  expect(demo.said()).toMatch(/NOT IN THE LOG/)
})

test('a local post that joined stands in the community’s reports under its own name', async () => {
  const passage = aCheckIn({
    seq: ++seq,
    postId: 'local-1' as PostId,
    deviceTime: `${DAY}T10:10:00.000+08:00`,
    subject: { kind: 'written', name: '村民' },
  })
  const before = await table(await made('daily', { post: SOUTH }), '进人次')
  await demo.keep(lead(), passage, SOUTH)
  const rows = await table(await made('ledger-full', { post: SOUTH }), '序号')
  expect(rows.find(({ 姓名 }) => 姓名 === '村民')).toMatchObject({ 值守点: '梧桐苑 南门', 首测体温: 36.5 })
  const after = await table(await made('daily', { post: SOUTH }), '进人次')
  expect(Number(after[0]?.进人次)).toBe(Number(before[0]?.进人次) + 1)
})

test('a cut-off leaves out what happened from then on', async () => {
  const rows = await table(await made('ledger-masked', { until: '12:00' }), '序号')
  expect(rows.length).toBeGreaterThan(300)
  const latest = rows.map(({ 时间 }) => (时间 as Date).toISOString().slice(11, 16)).at(-1)
  expect(latest?.startsWith('11:5')).toBe(true)
})

test('a night shift’s ledger goes on after midnight, and so does its cut-off', async () => {
  const hours = async (part: object) =>
    (await table(await made('ledger-masked', { shift: '晚班', ...part }), '序号')).map(
      ({ 日期, 时间 }) => `${(日期 as Date).toISOString().slice(8, 10)} ${(时间 as Date).toISOString().slice(11, 13)}`,
    )
  const all = await hours({})
  expect(all.length).toBeGreaterThan(10)
  expect(new Set(all).has('19 23') && new Set(all).has('20 06')).toBe(true)
  expect(all.filter((hour) => hour < '19 23' || hour > '20 06')).toEqual([])
  expect((await hours({ until: '02:00' })).filter((hour) => hour > '20 01')).toEqual([])
})

test('a full ledger needs a reason, a shift one that there is, and a day one that exists', async () => {
  await expect(run('report make', { kind: 'ledger-full', day: DAY })).rejects.toThrow('--reason is missing')
  await expect(run('report make', { day: DAY, shift: '夜班' })).rejects.toThrow('--shift must be one of 早班, 中班, 晚班.')
  await expect(run('report make', { day: DAY, until: '25:00' })).rejects.toThrow('--until must be a time of day')
  await expect(run('report make', { day: 'yesterday' })).rejects.toThrow('--day must be a day')
  await expect(run('report check', {}, [join(demo.folder, 'none.csv')])).rejects.toThrow('cannot be read')
})

test('why a full report was made, by whom, and its check code outlive the passages, and go after 180 days', {
  timeout: 60_000,
}, async () => {
  const file = await madeByPhone({ kind: 'ledger-full', madeAt: '15:05' })
  const after = async (days: number) => {
    vi.setSystemTime(NOW + days * 86_400_000)
    await forgetInTime(demo.database.pool, Date.now(), 300_000)
    return check(file)
  }
  expect(await after(31)).toMatch(/made by 李组长 on phone .*流调[\s\S]*its passages are counts by now/)
  await expect(after(182)).rejects.toThrow(REFUSED)
  expect(demo.said()).toMatch(/NOT IN THE LOG/)
})
