import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import readXlsx from 'read-excel-file/universal'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { DeviceId } from '../../src/domain/ids'
import type { Accessed } from '../../src/domain/operation'
import { readReport } from '../../src/reports/read-back'
import { REPORTS } from '../../src/server/commands/reports'
import { insertOperations } from '../../src/server/database/operations'
import { loadDemo } from '../../src/server/demo/load'
import { COMMUNITY } from '../../src/server/demo/places'
import { aCheckIn, valueIn } from '../support/builders'
import { aDatabase, type TestDatabase } from '../support/postgres'

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
}, 120_000)
afterAll(async () => {
  vi.restoreAllMocks()
  await database?.close()
  rmSync(folder, { recursive: true, force: true })
})

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

type Row = readonly (string | number | boolean | Date | null)[]

/** Read by a library that did not write it. */
async function table(file: string, heading: string) {
  const [sheet] = await readXlsx(new Blob([readFileSync(file)]))
  const rows = (sheet?.data ?? []) as Row[]
  const at = rows.findIndex((row) => row.includes(heading))
  const titles = rows[at] ?? []
  const end = rows.findIndex((row, i) => i > at && row.every((cell) => cell === null))
  return rows.slice(at + 1, end < 0 ? undefined : end).map((row) => Object.fromEntries(titles.map((title, i) => [String(title), row[i]])))
}

test('every total of the daily report of the demonstration is that of the ledger’s rows', async () => {
  const ledger = await table(await made('ledger-masked'), '序号')
  const daily = await table(await made('daily'), '进人次')
  expect(ledger.length).toBeGreaterThan(1_000)
  const counted = ledger.filter(({ 处置 }) => 处置 !== '作废' && 处置 !== '重复，不计')
  const passages = counted.filter(({ 方向, 处置 }) => (方向 === '进' || 方向 === '出') && !String(处置).startsWith('劝回'))
  const people = (row: Record<string, unknown>) => (row.人员类别 === '计数' ? Number.parseInt(String(row.姓名), 10) : 1)
  const sum = (rows: typeof ledger) => rows.reduce((total, row) => total + people(row), 0)
  const celsius = (row: Record<string, unknown>, name: string) => (typeof row[name] === 'number' ? row[name] : Number.NaN)
  const recomputed = (own: typeof ledger, all: typeof ledger) => ({
    进人次: sum(own.filter(({ 方向 }) => 方向 === '进')),
    出人次: sum(own.filter(({ 方向 }) => 方向 === '出')),
    测温人次: sum(own.filter((row) => row.首测体温 !== null)),
    未测温: sum(own.filter((row) => row.首测体温 === null)),
    偏低重测: own.filter((row) => celsius(row, '首测体温') < 35 || celsius(row, '复测体温') < 35).length,
    复测确认: own.filter(({ 处置 }) => 处置 === '待就医排查').length,
    访客: own.filter(({ 人员类别 }) => 人员类别 === '来访').length,
    快递外卖: own.filter(({ 人员类别 }) => 人员类别 === '快递外卖').length,
    来宁返宁新增: all.filter(({ 人员类别 }) => 人员类别 === '来宁返宁').length,
    其中未登记: all.filter((row) => row.人员类别 === '来宁返宁' && row['宁归来状态/颜色'] === '未登记').length,
    居民诉求: all.filter(({ 人员类别 }) => 人员类别 === '居民诉求').length,
  })
  const posts = daily.filter(({ 小区类型 }) => ['小区门岗', '村口', '地铁出口', '道路卡口', '服务点'].includes(String(小区类型)))
  expect(posts.length).toBeGreaterThan(6)
  for (const row of posts) {
    const at = (rows: typeof ledger) => rows.filter(({ 值守点 }) => 值守点 === row.单位)
    expect(row).toMatchObject(recomputed(at(passages), at(counted)))
  }
  const total = daily.at(-1) ?? {}
  expect(total).toMatchObject({ 单位: '合计', ...recomputed(passages, counted) })
  // Sums upward: the total is that of the posts, column by column.
  for (const [title, value] of Object.entries(total)) {
    if (typeof value !== 'number' || title === '居家观察在册' || title === '解除') continue
    expect([title, value]).toEqual([title, posts.reduce((all, row) => all + Number(row[title]), 0)])
  }
})

test('incidents of the demonstration are those that the daily report confirms', async () => {
  const incidents = await table(await made('incidents', { day: DAY }), '编号')
  const daily = await table(await made('daily'), '进人次')
  expect(incidents).toHaveLength(Number(daily.at(-1)?.复测确认))
})

test('a file is checked against the log: unchanged, told of by a phone, and still what the log says', async () => {
  const file = await made('ledger-masked')
  expect(await run('report check', {}, [file])).toMatch(
    /unchanged: [\s\S]*in the trail: made by command-line[\s\S]*each of its rows is in the log/,
  )
  await database.pool.query("delete from trail where what = 'records-exported'")
  await expect(run('report check', {}, [file])).rejects.toThrow('this file is not what the log says.')
  expect(said.join('')).toMatch(/NOT IN THE LOG/)

  const { fingerprint } = valueIn(await readReport(new Uint8Array(readFileSync(file))))
  const { rows } = await database.pool.query<{ device_id: DeviceId; post_id: string }>('select device_id, post_id from operations limit 1')
  const { kind: _kind, ...stamp } = aCheckIn()
  const told = {
    ...stamp,
    seq: 900_001,
    operator: '李组长',
    postId: rows[0]?.post_id,
    kind: 'access',
    what: 'records-exported',
    about: DAY,
    detail: 'ledger-masked',
    fingerprint,
  }
  const operation = told as unknown as Accessed
  await insertOperations(database.pool, COMMUNITY.id, rows[0]?.device_id as DeviceId, [{ operation, postId: operation.postId }], NOW)
  expect(await run('report check', {}, [file])).toMatch(/in the log: made by 李组长 on phone/)

  const forged = join(folder, 'forged.csv')
  await run('report make', { kind: 'ledger-masked', day: DAY, format: 'csv', out: forged })
  writeFileSync(forged, readFileSync(forged, 'utf8').replace(',36.5,', ',36.4,'))
  await expect(run('report check', {}, [forged])).rejects.toThrow('this file is not what the log says.')
  expect(said.join('')).toMatch(/CHANGED: [\s\S]*1 of its rows are not in the log like that:\n {2}row \d+/)
})

test('a full ledger needs a reason, a shift one that there is, and a day one that exists', async () => {
  await expect(run('report make', { kind: 'ledger-full', day: DAY })).rejects.toThrow('--reason is missing')
  await expect(run('report make', { day: DAY, shift: '夜班' })).rejects.toThrow('--shift must be one of 早班, 中班, 晚班.')
  await expect(run('report make', { day: 'yesterday' })).rejects.toThrow('--day must be a day')
  await expect(run('report check', {}, [join(folder, 'none.csv')])).rejects.toThrow('cannot be read')
})
