import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import readXlsx from 'read-excel-file/universal'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { DeviceId, PostId } from '../../src/domain/ids'
import type { Operation } from '../../src/domain/operation'
import { REPORT_KINDS } from '../../src/domain/report'
import { readReport } from '../../src/reports/read-back'
import { REPORTS } from '../../src/server/commands/reports'
import { insertOperations } from '../../src/server/database/operations'
import { loadDemo } from '../../src/server/demo/load'
import { COMMUNITY } from '../../src/server/demo/places'
import { aCheckIn, valueIn } from '../support/builders'
import { NORTH_GATE, SOUTH_GATE } from '../support/community'
import { aDatabase, type TestDatabase } from '../support/postgres'
import { aWholeDay } from '../support/report'

const NOW = Date.parse('2026-11-20T21:30:00+08:00')
const DAY = '2026-11-19' // a whole day of the demonstration
let database: TestDatabase
let folder: string
const said: string[] = []

beforeAll(async () => {
  database = await aDatabase()
  folder = mkdtempSync(join(tmpdir(), 'gatepost-reports-'))
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => said.push(String(line)) > 0)
  await loadDemo(database.pool, NOW)
  await addAWholeDay()
}, 120_000)
afterAll(async () => {
  vi.restoreAllMocks()
  await database?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** One of everything: the demonstration's days over have passages and arrivals only. */
async function addAWholeDay(): Promise<void> {
  const { rows } = await database.pool.query<{ device_id: DeviceId }>('select device_id from devices order by device_id limit 2')
  const places: Readonly<Record<string, string>> = { [SOUTH_GATE]: 'wutongyuan-nanmen', [NORTH_GATE]: 'wutongyuan-beimen' }
  for (const { by, ...told } of aWholeDay().operations) {
    const postId = places[told.postId] as PostId
    const operation = { ...told, seq: told.seq + 800_000, postId, deviceTime: told.deviceTime.replace('2020-02-18', DAY) } as Operation
    const deviceId = rows[by ? 1 : 0]?.device_id as DeviceId
    await insertOperations(database.pool, COMMUNITY.id, deviceId, [{ operation, postId }], NOW)
  }
}

const run = async (command: keyof typeof REPORTS, values: object, rest: readonly string[] = []) => {
  said.length = 0
  await REPORTS[command]?.(database.pool, values, rest)
  return said.join('')
}

async function made(kind: string, part: object = {}): Promise<string> {
  const out = join(folder, `${kind}.xlsx`)
  await run('report make', { kind, day: DAY, out, ...part })
  return out
}

type Cells = readonly (string | number | boolean | Date | null)[]
type Row = Readonly<Record<string, Cells[number] | undefined>>

/** Read by a library that did not write it. */
async function table(file: string, heading: string): Promise<Row[]> {
  const [sheet] = await readXlsx(new Blob([readFileSync(file)]))
  const rows = (sheet?.data ?? []) as Cells[]
  const at = rows.findIndex((row) => row.includes(heading))
  const titles = rows[at] ?? []
  const end = rows.findIndex((row, i) => i > at && row.every((cell) => cell === null))
  return rows.slice(at + 1, end < 0 ? undefined : end).map((row) => Object.fromEntries(titles.map((title, i) => [String(title), row[i]])))
}

const OBSERVED = '劝回（居家观察）'
const VEHICLE = new Set(['业主', '租户', '来访', '未列出的家人', '未列入名册'])

test('every total of the daily report of the demonstration is that of the rows of the two other reports', async () => {
  const ledger = await table(await made('ledger-full', { reason: '核对' }), '序号')
  const incidents = await table(await made('incidents'), '编号')
  const daily = await table(await made('daily'), '进人次')
  expect(ledger.length).toBeGreaterThan(1_000)
  const counted = ledger.filter(({ 处置 }) => 处置 !== '作废' && 处置 !== '重复，不计')
  const isTurnedBack = (row: Row) => String(row.处置).startsWith('劝回')
  const people = (row: Row) => (row.人员类别 === '计数' ? Number.parseInt(String(row.姓名), 10) : 1)
  const sum = (rows: readonly Row[]) => rows.reduce((total, row) => total + people(row), 0)
  const celsius = (row: Row, name: string) => (typeof row[name] === 'number' ? row[name] : Number.NaN)
  const recomputed = (rows: readonly Row[], cases: readonly Row[]) => {
    const own = rows.filter((row) => (row.方向 === '进' || row.方向 === '出') && !isTurnedBack(row))
    const first = (row: Row) => [celsius(row, '首测体温'), celsius(row, '复测体温')].find((each) => each >= 35) ?? 0
    return {
      进人次: sum(own.filter(({ 方向 }) => 方向 === '进')),
      出人次: sum(own.filter(({ 方向 }) => 方向 === '出')),
      车次: new Set(own.filter((row) => row.车牌号 && VEHICLE.has(String(row.人员类别))).map((row) => `${row.车牌号} ${row.时间}`)).size,
      测温人次: sum(own.filter((row) => row.首测体温 !== null)),
      未测温: sum(own.filter((row) => row.首测体温 === null)),
      偏低重测: own.filter((row) => celsius(row, '首测体温') < 35 || celsius(row, '复测体温') < 35).length,
      '首测≥阈值': own.filter((row) => first(row) >= 37.3).length,
      复测确认: own.filter(({ 处置 }) => 处置 === '待就医排查').length,
      移交: cases.filter(({ 交接人 }) => 交接人 !== null).length,
      访客: own.filter(({ 人员类别 }) => 人员类别 === '来访').length,
      快递外卖: own.filter(({ 人员类别 }) => 人员类别 === '快递外卖').length,
      来宁返宁新增: rows.filter(({ 人员类别 }) => 人员类别 === '来宁返宁').length,
      其中未登记: rows.filter((row) => String(row['宁归来状态/颜色']).startsWith('未登记')).length,
      重点地区: rows.filter((row) => row['14天重点地区'] === '是' && !isTurnedBack(row)).length,
      劝回: rows.filter(({ 处置 }) => 处置 === OBSERVED).length,
      暂不能通行: rows.filter((row) => isTurnedBack(row) && row.处置 !== OBSERVED && row.处置 !== '劝回（等待复测）').length,
      居民诉求: rows.filter(({ 人员类别 }) => 人员类别 === '居民诉求').length,
    }
  }
  const posts = daily.filter(({ 小区类型 }) => ['小区门岗', '村口', '地铁出口', '道路卡口', '服务点'].includes(String(小区类型)))
  expect(posts.length).toBeGreaterThan(6)
  for (const row of posts) {
    const at = (rows: readonly Row[]) => rows.filter(({ 值守点 }) => 值守点 === row.单位)
    expect(row).toMatchObject(recomputed(at(counted), at(incidents)))
  }
  const total = daily.at(-1) ?? {}
  expect(total).toMatchObject({ 单位: '合计', ...recomputed(counted, incidents) })
  // A sum of nothing would agree with anything.
  for (const [title, value] of Object.entries(recomputed(counted, incidents))) expect([title, value > 0]).toEqual([title, true])
  // Sums upward: the total is that of the posts, column by column; persons and observations are counted once.
  const ONCE = ['值守人数', '居家观察在册', '新增', '解除']
  for (const [title, value] of Object.entries(total)) {
    if (typeof value !== 'number' || ONCE.includes(title)) continue
    expect([title, value]).toEqual([title, posts.reduce((all, row) => all + Number(row[title]), 0)])
  }
})

test('who is under observation is counted on each day by itself: begun, standing, ended', async () => {
  const observed = async (day: string) => {
    const total = (await table(await made('daily', { day }), '进人次')).at(-1) ?? {}
    return [total.居家观察在册, total.新增, total.解除]
  }
  await database.pool.query("update observations set created_at = '2026-11-10T09:00:00+08:00', until = '2026-11-24', released_at = null")
  const all = Number((await database.pool.query('select count(*) from observations')).rows[0].count)
  expect(all).toBeGreaterThan(3)
  await database.pool.query(
    `update observations set released_at = '2026-11-19T08:00:00+08:00' where resident_id = (select min(resident_id) from observations)`,
  )
  await database.pool.query(
    `update observations set created_at = '2026-11-19T00:10:00+08:00' where resident_id = (select max(resident_id) from observations)`,
  )
  expect(await observed('2026-11-18')).toEqual([all - 1, 0, 0])
  expect(await observed('2026-11-19')).toEqual([all - 1, 1, 1])
  expect(await observed('2026-11-24')).toEqual([0, 0, all - 1])
})

test('incidents of the demonstration are those that the daily report confirms', async () => {
  const incidents = await table(await made('incidents', { day: DAY }), '编号')
  const daily = await table(await made('daily'), '进人次')
  expect(incidents).toHaveLength(Number(daily.at(-1)?.复测确认))
})

const check = (file: string) => run('report check', {}, [file])
const REFUSED = 'this file is not what the log says.'

test('each report that the server made is found unchanged, in its trail, and in the log', async () => {
  for (const kind of REPORT_KINDS) {
    for (const part of [{}, { shift: '早班' }, { post: 'wutongyuan-nanmen', until: '12:00' }]) {
      const file = await made(kind, { reason: '核对', ...part })
      expect(await check(file)).toMatch(/unchanged: [\s\S]*in the trail: made by command-line[\s\S]*each of its rows is in the log/)
      expect(said.join('')).not.toMatch(/are not in it/)
    }
  }
})

test('a file that a phone told of is in the log under its name; rows that came to the log since are told, and are no reason to refuse it', async () => {
  const file = await made('ledger-masked', { shift: '早班' })
  await database.pool.query("delete from trail where what = 'records-exported'")
  await expect(check(file)).rejects.toThrow(REFUSED)
  expect(said.join('')).toMatch(/NOT IN THE LOG/)

  const { fingerprint } = valueIn(await readReport(new Uint8Array(readFileSync(file))))
  const { rows } = await database.pool.query<{ device_id: DeviceId; post_id: PostId }>('select device_id, post_id from operations limit 1')
  const [{ device_id: deviceId, post_id: postId }] = rows as [(typeof rows)[number]]
  await database.pool.query('update devices set unit_id = $2 where device_id = $1', [deviceId, COMMUNITY.id])
  const { kind: _kind, ...stamp } = aCheckIn()
  const told = { kind: 'access', what: 'records-exported', about: DAY, detail: 'ledger-masked', fingerprint } as const
  const tell = (operation: Operation) => insertOperations(database.pool, COMMUNITY.id, deviceId, [{ operation, postId }], NOW)
  await tell({ ...stamp, seq: 900_001, operator: '李组长', postId, ...told })
  expect(await check(file)).toMatch(/in the log: made by 李组长 on phone/)

  await tell(aCheckIn({ seq: 900_002, postId, deviceTime: `${DAY}T08:00:00.000+08:00`, subject: { kind: 'written', name: '迟来' } }))
  expect(await check(file)).toMatch(/1 rows of the log are not in it:\n {2}\d+ 2026-11-19 08:00 .*迟\*/)
  await database.pool.query("delete from operations where payload->'subject'->>'name' = '迟来'")
})

test('a changed cell, a changed first line, and a row that the log no longer holds like that are told', async () => {
  const file = join(folder, 'forged.csv')
  const make = () => run('report make', { kind: 'ledger-masked', day: DAY, format: 'csv', out: file })
  await make()
  writeFileSync(file, readFileSync(file, 'utf8').replace(',36.5,', ',36.4,'))
  await expect(check(file)).rejects.toThrow(REFUSED)
  expect(said.join('')).toMatch(/CHANGED: [\s\S]*1 of its rows are not in the log like that:\n {2}\d+ 2026-11-19/)

  await make()
  writeFileSync(file, readFileSync(file, 'utf8').replace('整日', '某日'))
  await expect(check(file)).rejects.toThrow(REFUSED)
  expect(said.join('')).toMatch(/CHANGED: [\s\S]*names no day, shift and post/)

  const daily = await made('daily')
  await database.pool.query(
    `delete from operations where ctid in (select ctid from operations where kind = 'check-in' and at >= '${DAY}T04:00:00Z' and at < '${DAY}T05:00:00Z' limit 1)`,
  )
  await expect(check(daily)).rejects.toThrow(REFUSED)
  expect(said.join('')).toMatch(/unchanged: [\s\S]*3 of its rows are not in the log like that:/)
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
  await expect(run('report check', {}, [join(folder, 'none.csv')])).rejects.toThrow('cannot be read')
})
