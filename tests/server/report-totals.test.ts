import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { NANJING } from '../../src/domain/local-names'
import { type ColumnKind, REPORT_KINDS } from '../../src/domain/report'
import { columnsOf, titlesOf } from '../../src/reports/columns'
import { named } from '../../src/reports/words/named'
import { zhCN } from '../../src/reports/words/zh-cn'
import { strictCsv } from '../support/csv'
import { DAY, type DemoReports, demoReports, SHIFTS, type TableRow, table, ZERO_DAY } from '../support/demo-reports'

vi.setConfig({ testTimeout: 60_000 }) // each report is made by a whole command

let demo: DemoReports
beforeAll(async () => {
  demo = await demoReports()
}, 120_000)
afterAll(() => demo?.close())

const OBSERVED = '劝回（居家观察）'
const VEHICLE = new Set(['业主', '租户', '住户', '来访', '未列出的家人', '未列入名单'])
const POST_TYPES = new Set<unknown>(Object.values(zhCN.postTypes))
const celsius = (row: TableRow, name: string) => (typeof row[name] === 'number' ? row[name] : Number.NaN)
const people = (row: TableRow) => (row.人员类别 === '计数' ? Number.parseInt(String(row.姓名), 10) : 1)
const sum = (rows: readonly TableRow[]) => rows.reduce((total, row) => total + people(row), 0)
const isTurnedBack = (row: TableRow) => String(row.处置).startsWith('劝回')

/** Each reading of a passage: of a chain as the note tells it, else the first. */
function readingsOf(row: TableRow): number[] {
  const [chain] = /(?:\d\d:\d\d [\d.]+[额腕颈耳腋](?: → )?){2,}/.exec(String(row['备注(补录/时钟偏差)'] ?? '')) ?? []
  const told = [...(chain ?? '').matchAll(/:\d\d ([\d.]+)[额腕颈耳腋]/g)].map(([, each]) => Number(each))
  return told.length > 0 ? told : [celsius(row, '首测体温')].filter(Number.isFinite)
}

function recomputed(rows: readonly TableRow[], cases: readonly TableRow[]) {
  const own = rows.filter((row) => (row.方向 === '进' || row.方向 === '出') && !isTurnedBack(row))
  const first = (row: TableRow) => readingsOf(row).find((each) => each >= 35) ?? 0
  return {
    进人次: sum(own.filter(({ 方向 }) => 方向 === '进')),
    出人次: sum(own.filter(({ 方向 }) => 方向 === '出')),
    车次: new Set(own.filter((row) => row.车牌号 && VEHICLE.has(String(row.人员类别))).map((row) => `${row.车牌号} ${row.时间}`)).size,
    测温人次: sum(own.filter((row) => row.首测体温 !== null)),
    未测温: sum(own.filter((row) => row.首测体温 === null)),
    偏低重测: own.filter((row) => readingsOf(row).some((each) => each < 35)).length,
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

/** Who stood where, as the records say: of this nothing stands in the ledger. */
const STAFF: Readonly<Record<string, readonly string[]>> = {
  整日: ['王志愿', '刘党员', '陈晚'],
  早班: ['王志愿', '刘党员'],
  中班: ['刘党员', '陈晚'],
  晚班: [],
}

const TIMES: readonly (readonly [string, object])[] = [['整日', {}], ...SHIFTS.map((shift) => [shift, { shift }] as const)]

test.each(TIMES)(
  'every total, subtotal and staff count of the daily report (%s) is that of the rows of the other reports',
  async (name, part) => {
    const ledger = await table(await demo.made('ledger-full', part), '序号')
    const incidents = await table(await demo.made('incidents-full', part), '编号')
    const daily = await table(await demo.made('daily', part), '进人次')
    const counted = ledger.filter(({ 处置 }) => 处置 !== '作废' && 处置 !== '重复，不计')
    const posts = daily.filter(({ 小区类型 }) => POST_TYPES.has(小区类型))
    expect(posts.length).toBeGreaterThan(6)
    for (const row of posts) {
      const at = (rows: readonly TableRow[]) => rows.filter(({ 值守点 }) => 值守点 === row.单位)
      expect(row).toMatchObject(recomputed(at(counted), at(incidents)))
    }
    const subtotals = daily.filter(({ 单位 }) => String(单位).endsWith(' 小计'))
    expect(subtotals.length).toBeGreaterThan(3)
    for (const row of subtotals) {
      const compound = String(row.单位).replace(' 小计', ' ')
      const at = (rows: readonly TableRow[]) => rows.filter(({ 值守点 }) => String(值守点).startsWith(compound))
      expect(row).toMatchObject({
        ...recomputed(at(counted), at(incidents)),
        值守点数: posts.filter(({ 单位 }) => String(单位).startsWith(compound)).length,
      })
    }
    const total = daily.at(-1) ?? {}
    expect(total).toMatchObject({ 单位: '合计', ...recomputed(counted, incidents), 值守点数: posts.length })
    const staff = STAFF[name] ?? []
    for (const row of [posts.find(({ 单位 }) => 单位 === '梧桐苑 南门'), subtotals.find(({ 单位 }) => 单位 === '梧桐苑 小计'), total])
      expect(row).toMatchObject({ 值守人数: staff.length, 志愿者人次: staff.length })
    if (name === '整日')
      for (const [title, value] of Object.entries(recomputed(counted, incidents))) expect([title, value > 0]).toEqual([title, true])
    // Sums upward, column by column; persons and observations are counted once.
    for (const [title, value] of Object.entries(total)) {
      if (typeof value !== 'number' || ['值守人数', '居家观察在册', '新增', '解除'].includes(title)) continue
      expect([title, value]).toEqual([title, posts.reduce((all, row) => all + Number(row[title]), 0)])
    }
  },
)

test('a chain of three readings can be counted from its row: the one in the middle is in the note', async () => {
  const ledger = await table(await demo.made('ledger-masked'), '序号')
  const fever = ledger.find(({ 首测体温, 处置 }) => 首测体温 === 37.6 && 处置 === '待就医排查')
  // Its phone knew no rule set of the community yet.
  expect(fever?.['备注(补录/时钟偏差)']).toBe('07:41 37.6额 → 07:47 37.5颈 → 07:53 37.8腋；登记后收到新规定')
  expect(fever && readingsOf(fever)).toEqual([37.6, 37.5, 37.8])
})

test('who hands over after the shift, or signs in before it, is of that shift and of no other', async () => {
  const handOvers = async (shift: string) => (await table(await demo.made('hand-over', { shift }), '项目')).map(({ 内容 }) => 内容)
  expect(await handOvers('早班')).toContain('王志愿')
  expect(await handOvers('中班')).toEqual([])
})

const SPANS = [{}, ...SHIFTS.map((shift) => ({ shift })), { day: ZERO_DAY }]

test('each report of the whole day, of each shift and of a day without records is the same in a workbook and in a CSV', {
  timeout: 60_000,
}, async () => {
  for (const kind of REPORT_KINDS) {
    const columns = columnsOf(kind).map(({ name, kind: holds }) => ({ title: titlesOf(kind, named(zhCN, NANJING))[name] ?? '', holds }))
    const titles = columns.map(({ title }) => title)
    for (const part of SPANS) {
      const book = await table(await demo.made(kind, part), titles[0] ?? '')
      const out = join(demo.folder, `${kind}.csv`)
      await demo.run('report make', { kind, day: DAY, reason: '核对', format: 'csv', ...part, out })
      const [heading = [], ...rows] = strictCsv(readFileSync(out, 'utf8').replace('\ufeff', ''))
      const end = rows.findIndex((row) => row.every((cell) => cell === ''))
      expect([kind, part, heading]).toEqual([kind, part, titles])
      expect(book.map((row) => columns.map(({ title, holds }) => textOf(row[title], holds)))).toEqual(
        rows.slice(0, end).map((row) => row.map(plain)),
      )
    }
  }
})

test('a day without records is a nil report in each, but for as long as a phone is silent it is not said', async () => {
  const notes = async () => (await table(await demo.made('daily', { day: ZERO_DAY }), '进人次')).map(({ 备注 }) => 备注)
  expect(new Set(await notes())).toEqual(new Set(['零报告']))
  const { pool } = demo.database
  await pool.query("update devices set created_at = '2026-10-01', last_seen_at = '2026-10-24T06:50:00+08:00' where device_id = $1", [
    demo.phones[0],
  ])
  const rows = await table(await demo.made('daily', { day: ZERO_DAY }), '进人次')
  const silent = rows.filter((row) => row.未合并手机 !== null)
  expect(silent.map((row) => [row.未合并手机, row.备注])).toEqual([
    [expect.stringMatching(/^值守手机\d+未合并，最后见 10-24 06:50$/), '暂无记录'],
  ])
  expect(rows.at(-1)).toMatchObject({ 备注: '暂无记录' })
  expect(rows.filter(({ 备注 }) => 备注 === '零报告').length).toBeGreaterThan(4)
  await pool.query("update devices set last_seen_at = '2026-10-25T10:00:00+08:00' where device_id = $1", [demo.phones[0]])
  const partly = await table(await demo.made('daily', { day: ZERO_DAY }), '进人次')
  expect(partly.map((row) => row.未合并手机).filter(Boolean)).toEqual([expect.stringMatching(/只合并到 10:00$/)])
  await pool.query('update devices set last_seen_at = $2 where device_id = $1', [demo.phones[0], new Date()])
})

test.runIf(hasOffice())(
  'where LibreOffice is installed (not needed elsewhere), it reads from each workbook the cells that the CSV has',
  { timeout: 240_000 },
  async () => {
    for (const kind of REPORT_KINDS) {
      const file = await demo.made(kind)
      execFileSync(
        'soffice',
        [
          '--headless',
          `-env:UserInstallation=file://${demo.folder}/office`,
          '--convert-to',
          'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true',
          '--outdir',
          join(demo.folder, 'office-csv'),
          file,
        ],
        { stdio: 'ignore' },
      )
      const theirs = strictCsv(readFileSync(join(demo.folder, 'office-csv', `${kind}.csv`), 'utf8').replaceAll(/\r?\n/g, '\r\n'))
      const out = join(demo.folder, `${kind}.csv`)
      await demo.run('report make', { kind, day: DAY, reason: '核对', format: 'csv', out })
      const [heading = [], ...rows] = strictCsv(readFileSync(out, 'utf8').replace('\ufeff', ''))
      const end = rows.findIndex((row) => row.every((cell) => cell === ''))
      const at = theirs.findIndex((row) => heading.every((title, i) => row[i] === title))
      expect([kind, at]).toEqual([kind, 2])
      expect(theirs.slice(at + 1, at + 1 + end)).toEqual(rows.slice(0, end).map((row) => row.map(plain)))
    }
  },
)

function hasOffice(): boolean {
  try {
    execFileSync('soffice', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A CSV guards what a spreadsheet would take for a formula. */
const plain = (cell: string) => cell.replace(/^'(?=['=+@-])/, '')

function textOf(cell: TableRow[string], holds: ColumnKind): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number') return holds === 'celsius' ? cell.toFixed(1) : String(cell)
  if (!(cell instanceof Date)) return String(cell)
  return cell.getUTCFullYear() < 1901 ? cell.toISOString().slice(11, 16) : cell.toISOString().slice(0, 10)
}
