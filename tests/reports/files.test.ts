import { unzipSync } from 'fflate'
import readXlsx from 'read-excel-file/universal'
import { expect, test } from 'vitest'
import type { DeviceId } from '../../src/domain/ids'
import { REPORT_KINDS, type ReportKind } from '../../src/domain/report'
import { sheetCsv } from '../../src/reports/csv'
import { fileNameOf } from '../../src/reports/file-name'
import { harmless } from '../../src/reports/harmless'
import { sheetJson } from '../../src/reports/json'
import { isUnchanged, readReport } from '../../src/reports/read-back'
import { type Sheet, sheetOf } from '../../src/reports/sheet'
import { en } from '../../src/reports/words/en'
import { zhCN } from '../../src/reports/words/zh-cn'
import { sheetXlsx } from '../../src/reports/xlsx'
import { aReading, valueIn } from '../support/builders'
import { SOUTH_GATE } from '../support/community'
import { strictCsv } from '../support/csv'
import { aSource, aWholeDay, passage } from '../support/report'

const MADE = { madeBy: '李组长', madeAt: Date.parse('2020-02-18T15:05:00+08:00') }
const source = aSource(aWholeDay().operations)
const made = (kind: ReportKind, from = source, words = zhCN) => sheetOf(from, { kind, ...MADE, reason: '流调' }, words)
const xml = (bytes: Uint8Array, path: string) => new TextDecoder().decode(unzipSync(bytes)[path])

const WRITERS = {
  xlsx: async (sheet: Sheet) => sheetXlsx(sheet),
  csv: async (sheet: Sheet) => sheetCsv(sheet),
  json: async (sheet: Sheet) => sheetJson(sheet),
}

test('the workbook opens in another library with real dates, times and numbers, and the very rows of the screen', async () => {
  const sheet = await made('ledger-masked')
  const [read] = await readXlsx(new Blob([sheetXlsx(sheet)]))
  const rows = read?.data ?? []
  const heading = rows.findIndex(([cell]) => cell === '序号')
  expect(rows[heading]).toEqual(sheet.columns.map(({ title }) => title))
  const [first = []] = rows.slice(heading + 1)
  expect(first[0]).toBe(1)
  expect(first[1]).toEqual(new Date('2020-02-18T00:00:00Z'))
  expect(first[2]).toBeInstanceOf(Date)
  expect((first[2] as unknown as Date).toISOString().slice(11, 16)).toBe('07:31')
  expect(first[12]).toBe(36.5)
  expect(rows.slice(heading + 1, heading + 1 + sheet.rows.length)).toHaveLength(13)
  expect(rows.flat()).toContain('脱敏：只显示楼幢、姓氏、车牌尾号')
})

test('it is set to print: A4 landscape, as wide as the page, the heading on each, numbered, with the check code', async () => {
  const sheet = await made('daily')
  const bytes = sheetXlsx(sheet)
  const page = xml(bytes, 'xl/worksheets/sheet1.xml')
  expect(page).toContain('<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>')
  expect(page).toContain('fitToPage="1"')
  expect(page).toContain(`&amp;L填报：李组长　2020-02-18 15:05　${sheet.footer.at(-1)}&amp;R第 &amp;P 页，共 &amp;N 页`)
  expect(page).toContain('<pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/>')
  expect(xml(bytes, 'xl/workbook.xml')).toContain(`_xlnm.Print_Titles" localSheetId="0">'${sheet.title}'!$3:$3<`)
  expect(xml(bytes, 'docProps/core.xml')).toContain(`<cp:keywords>gatepost-sha256:${sheet.fingerprint}</cp:keywords>`)
  expect(xml(bytes, 'docProps/core.xml')).toContain('<dc:creator>李组长</dc:creator>')
})

test('each report in each format and language is read back whole, and its check code is that of its rows', async () => {
  for (const kind of REPORT_KINDS) {
    for (const words of [zhCN, en]) {
      const sheet = await made(kind, source, words)
      for (const [format, write] of Object.entries(WRITERS)) {
        const read = valueIn(await readReport(await write(sheet)))
        expect([format, kind, read.kind, read.rows.length, read.fingerprint]).toEqual([
          format,
          kind,
          kind,
          sheet.rows.length,
          sheet.fingerprint,
        ])
        expect(isUnchanged(read)).toBe(true)
      }
    }
  }
})

test('what a report is of belongs to its check code: two nil reports of different days, shifts, posts or communities are not alike', async () => {
  const of = async (part: object, order: object = {}) =>
    (await sheetOf({ ...aSource([]), ...part }, { kind: 'incidents', ...MADE, ...order }, zhCN)).fingerprint
  const all = await Promise.all([
    of({}),
    of({ day: '2020-02-19' }),
    of({}, { shift: '早班' }),
    of({}, { post: '梧桐苑 南门' }),
    of({}, { until: MADE.madeAt }),
    of({ asOf: MADE.madeAt }),
    of({ community: { ...source.community, name: '别处' } }),
    of({}, { kind: 'hand-over' }),
  ])
  expect(new Set(all).size).toBe(all.length)
  for (const [format, write] of Object.entries(WRITERS)) {
    const sheet = await sheetOf(aSource([]), { kind: 'incidents', ...MADE }, zhCN)
    const forged = await write({ ...sheet, about: sheet.about.map((line) => line.replace('02-18', '02-19')) })
    expect([format, isUnchanged(valueIn(await readReport(forged)))]).toEqual([format, false])
  }
})

test('one cell that somebody changed is told', async () => {
  const sheet = await made('ledger-masked')
  const text = new TextDecoder().decode(sheetCsv(sheet)).replace('36.2', '36.9')
  const read = valueIn(await readReport(new TextEncoder().encode(text)))
  expect(isUnchanged(read)).toBe(false)
  expect(await readReport(new TextEncoder().encode('a,b\r\n1,2\r\n'))).toEqual({ ok: false, error: { kind: 'no-report' } })
  expect(await readReport(new Uint8Array([0x50, 0x4b, 3, 4, 1, 2]))).toEqual({ ok: false, error: { kind: 'unreadable' } })
})

const HOSTILE: readonly (readonly [string, string])[] = [
  ['=1+1', '=1+1'],
  ['@SUM(A1)', '@SUM(A1)'],
  ['-2+3', '-2+3'],
  ["'=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
  ['a\r\nb', 'a ⏎ b'],
  ['a\tb', 'a b'],
  ['\u202egnp.exe', '〔U+202E〕gnp.exe'],
  ['nul\u0000bell\u0007', 'nul�bell�'],
  ['half\ud83d', 'half�'],
  ['家👨‍👩‍👧', '家👨‍👩‍👧'],
  ['<b>&"\'', '<b>&"\''],
  ['_x0041_', '_x0041_'],
  ['长'.repeat(200), '长'.repeat(200)],
]

test('hostile names come out harmless and whole, the same in every format', async () => {
  for (const [typed, shown] of HOSTILE) expect(harmless(typed)).toBe(shown)
  const visitors = HOSTILE.map(([name], i) => passage(i, { subject: { kind: 'visitor', name, reason: name } }))
  const sheet = await made('ledger-full', aSource(visitors))
  for (const write of Object.values(WRITERS)) {
    const read = valueIn(await readReport(await write(sheet)))
    expect(isUnchanged(read)).toBe(true)
    // A formula is guarded by an apostrophe in a CSV, and is text in a workbook.
    expect(read.rows.map((row) => row[7]?.replace(/^'(?==cmd|[=@-])/, ''))).toEqual(
      HOSTILE.map(([, shown]) => shown.replace(/^'(?==cmd)/, '')),
    )
  }
  expect(xml(sheetXlsx(sheet), 'xl/worksheets/sheet1.xml')).not.toContain('<f>')
  const csv = new TextDecoder('utf-8', { ignoreBOM: true }).decode(sheetCsv(sheet))
  expect(csv.startsWith('\ufeff序号,')).toBe(true)
  for (const line of csv.split('\r\n')) for (const cell of line.split(',')) expect(cell).not.toMatch(/^"?[=@-]/)
})

test('a CSV is read by the letter of RFC 4180, with the very cells of the sheet', async () => {
  const visitors = HOSTILE.map(([name], i) => passage(i, { subject: { kind: 'visitor', name, reason: name } }))
  for (const kind of REPORT_KINDS) {
    const sheet = await made(kind, aSource([...aWholeDay().operations, ...visitors]))
    const [heading, ...rows] = strictCsv(new TextDecoder().decode(sheetCsv(sheet)))
    expect(heading).toEqual(sheet.columns.map(({ title }) => title))
    const shown = sheet.rows.map((row) =>
      row.map((cell, i) => (sheet.columns[i]?.kind === 'celsius' && typeof cell === 'number' ? cell.toFixed(1) : String(cell))),
    )
    const unguarded = rows.slice(0, shown.length).map((row) => row.map((cell) => cell.replace(/^'(?=['=@-])/, '')))
    expect(unguarded).toEqual(shown.map((row) => row.map((cell) => cell.replace(/^'(?==)/, ''))))
  }
})

test('a file is named by community, day, shift and what it holds, and by nothing that a chat would stumble over', () => {
  const order = { kind: 'ledger-masked', shift: '中班', ...MADE } as const
  expect(fileNameOf(source, order, 'xlsx', zhCN)).toBe('石榴坊社区_20200218_中班_台账_脱敏.xlsx')
  const odd = { ...source, community: { ...source.community, name: '../a b:*?"<>|\u202e/石榴' } }
  expect(fileNameOf(odd, { kind: 'daily', ...MADE }, 'csv', zhCN)).toBe('ab石榴_20200218_整日_日报表.csv')
})

test('what is not uploaded, and a phone that is not merged, stand above the rows; so does the cut-off', async () => {
  const day = aWholeDay()
  const from = aSource(day.operations, {
    uploads: new Map([[day.waiting, 'rejected']]),
    phones: [{ deviceId: 'b' as DeviceId, name: '2号手机', postId: SOUTH_GATE, lastSeen: Date.parse('2020-02-17T06:50:00+08:00') }],
  })
  const { about } = await sheetOf(
    from,
    { kind: 'daily', ...MADE, shift: '早班', post: '梧桐苑 南门', until: Date.parse('2020-02-18T12:00:00+08:00') },
    zhCN,
  )
  expect(about).toEqual([
    '2020-02-18　早班　梧桐苑 南门　截至 12:00　制表 2020-02-19 08:00:00',
    '待上传 0 条，退回 1 条',
    '2号手机未合并，最后见 02-17 06:50',
  ])
  const empty = await sheetOf(aSource([]), { kind: 'ledger-masked', ...MADE }, zhCN)
  expect(empty.about).toContain('零报告：本时段无记录')
})

test('20,000 rows are written whole', { timeout: 60_000 }, async () => {
  const many = Array.from({ length: 20_000 }, (_, i) => passage(i % 900, { measured: aReading(36 + (i % 10) / 10) }))
  const sheet = await made('ledger-masked', aSource(many))
  const bytes = sheetXlsx(sheet)
  expect(valueIn(await readReport(bytes)).fingerprint).toBe(sheet.fingerprint)
})

test('a report of another city heads its columns by that city’s words, and is known again by them', async () => {
  const hangzhou = { city: '杭州', short: '杭', latin: 'Hangzhou', platform: '杭归来' }
  const from = { ...source, community: { ...source.community, names: hangzhou } }
  const daily = await made('daily', from)
  expect(daily.columns.map(({ title }) => title)).toContain('来杭返杭新增')
  const ledger = await made('ledger-masked', from)
  expect(ledger.columns.map(({ title }) => title)).toContain('杭归来状态/颜色')
  for (const sheet of [daily, ledger]) expect(isUnchanged(valueIn(await readReport(sheetCsv(sheet))))).toBe(true)
})
