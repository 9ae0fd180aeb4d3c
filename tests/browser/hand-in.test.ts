import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Papa from 'papaparse'
import type { BrowserContext, Page } from 'playwright-core'
import readXlsx from 'read-excel-file/universal'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { isUnchanged, readReport } from '../../src/reports/read-back'
import { valueIn } from '../support/builders'
import { anInvite, COMPOUND } from '../support/community'
import { until } from '../support/until'
import { violations } from './support/axe'
import { launchPhone } from './support/chromium'
import { aGate } from './support/community'
import { activate, countersOf, openAt, toGate, unlock, untilOfflineReady, wholeDay } from './support/gate-page'
import { aServer, type TestServer } from './support/server'

let server: TestServer
const folders = { lead: '', other: '' }
let context: BrowserContext | undefined
let page: Page

beforeAll(async () => {
  server = await aServer()
  const code = await aGate(server.pool)
  for (const who of ['lead', 'other'] as const) {
    folders[who] = mkdtempSync(join(tmpdir(), `gatepost-${who}-`))
    await take(who)
    await activate(page, server.url, who === 'lead' ? await anInvite(server.pool, { role: 'lead', unitId: COMPOUND }) : code)
    await untilOfflineReady(page)
  }
})
afterEach(async () => {
  server.fault = 'none'
  await context?.close()
  context = undefined
})
afterAll(async () => {
  await server?.close()
  for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true })
})

/** Takes one of the two phones into the hand. */
async function take(who: keyof typeof folders): Promise<void> {
  await context?.close()
  context = await launchPhone(folders[who])
  page = await context.newPage()
}

const key = (name: string) => page.getByRole('button', { name, exact: true })

async function measured(room: number, celsius: string): Promise<void> {
  await toGate(page, server.url)
  await key('查住户').click()
  for (const digit of `3-2-${room}`) await key(digit).click()
  await page.locator('.found').first().click()
  await page.getByText('请测温').waitFor()
  await key(celsius).click()
  await page.locator('.last').getByText('可通行').waitFor()
}

const go = (path: string) => openAt(page, `${server.url}${path}`)

async function saved(click: () => Promise<void>): Promise<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()])
  return { name: download.suggestedFilename(), bytes: new Uint8Array(readFileSync(await download.path())) }
}

async function made(report: string, format: string) {
  await page.locator('label', { hasText: report }).click()
  await page.locator('label', { hasText: format }).click()
  await page.locator('.hand-in-preview').waitFor()
  await page.getByRole('button', { name: /^(重新)?生成(文件)?$/ }).click()
  return saved(() => key('保存到手机').click())
}

/** What another library reads in a file: its rows below the heading, until an empty one. */
async function rowsBy(library: string, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const text = () => new TextDecoder().decode(bytes)
  if (library === 'JSON') return JSON.parse(text()).rows.length
  const read = async (): Promise<readonly (readonly unknown[])[]> =>
    library === 'CSV' ? Papa.parse<string[]>(text()).data : ((await readXlsx(new Blob([bytes])))[0]?.data ?? [])
  const rows = await read()
  const from = rows.findIndex((row) => ['序号', '编号', '项目', '日期'].includes(String(row[0]))) + 1
  const below = rows.slice(from).findIndex((row) => row.every((cell) => cell === null || cell === ''))
  return below < 0 ? rows.length - from : below
}

/** Keeps the phone's records from being read: a slow phone with a long day. */
function holdFacts(on: Page): Promise<void> {
  return on.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const asked = indexedDB.open('gatepost')
      asked.onsuccess = () => resolve(asked.result)
    })
    const store = db.transaction('facts', 'readwrite').objectStore('facts')
    let isHeld = true
    const again = () => {
      if (isHeld) store.count().onsuccess = again
    }
    again()
    Reflect.set(window, 'letGoOfFacts', () => {
      isHeld = false
      db.close()
    })
  })
}

test('each report in each format is made offline, opens in another library, and says what is not uploaded', async () => {
  await take('lead')
  await toGate(page, server.url)
  server.fault = 'down'
  await measured(101, '36.5')
  await measured(102, '36.6')
  await go('/log/hand-in')
  expect(await violations(page)).toEqual([])
  await wholeDay(page)
  const day = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' }).replaceAll('-', '')
  await page.getByText('待上传 2 条，退回 0 条').waitFor()
  await page.getByText(/才结束，现在交的只到此刻为止/).waitFor()

  const daily = await made('日报表', 'XLSX')
  expect(daily.name).toBe(`石榴坊社区_${day}_整日_日报表.xlsx`)
  const [sheet] = await readXlsx(new Blob([daily.bytes]))
  const rows = sheet?.data ?? []
  const heading = rows.find((row) => row.includes('进人次')) ?? []
  const total = rows.find((row) => row[1] === '合计') ?? []
  expect([total[heading.indexOf('进人次')], total[heading.indexOf('测温人次')], total[heading.indexOf('待上传条数')]]).toEqual([2, 2, 2])

  // The full one wants a reason, and the server hears of it.
  await page.locator('label', { hasText: '出入登记台账（完整）' }).click()
  await key('生成文件').click()
  await page.getByText('请先写明事由。').waitFor()
  await page.getByLabel('为什么要完整的').fill('区疾控流调')
  const full = valueIn(await readReport((await made('出入登记台账（完整）', 'CSV')).bytes))
  expect(JSON.stringify(full.rows)).toMatch(/建华/)

  const reports: [string, number][] = [
    ['日报表', 4],
    ['出入登记台账（脱敏）', 2],
    ['出入登记台账（完整）', 2],
    ['异常处置台账（脱敏）', 0],
    ['异常处置台账（完整）', 0],
    ['交接班单', 0],
  ]
  for (const [report, count] of reports) {
    for (const format of ['XLSX', 'CSV', 'JSON']) {
      const { name, bytes } = await made(report, format)
      const read = valueIn(await readReport(bytes))
      expect([name.split('.')[1], isUnchanged(read), read.rows.length, await rowsBy(format, bytes)]).toEqual([
        format.toLowerCase(),
        true,
        count,
        count,
      ])
      if (!report.endsWith('（完整）')) expect(JSON.stringify(read.rows)).not.toMatch(/建华/)
    }
  }

  // Of one post, until a time: nothing of the other, nothing of later; the time stands in the file.
  await page.getByLabel('值守点').selectOption({ label: '梧桐苑 北门' })
  await page.getByLabel(/截至几点/).fill('00:01')
  const part = valueIn(await readReport((await made('出入登记台账（脱敏）', 'XLSX')).bytes))
  expect([part.rows.length, part.span]).toEqual([0, expect.stringContaining('北门')])
  expect(part.span).toContain('00:01')

  server.fault = 'none'
  await toGate(page, server.url)
  await until(
    () => countersOf(page),
    ({ waiting }) => waiting === 0,
  )
  const { rows: told } = await server.pool.query(
    "select payload from operations where kind = 'access' and payload->>'detail' = 'ledger-full' order by (payload->>'seq')::int",
  )
  expect(told[0]).toMatchObject({ payload: { what: 'records-exported', fingerprint: full.fingerprint, reason: '区疾控流调' } })
}, 120_000)

test('in English the same report is made in English, under an English name', async () => {
  await take('lead')
  await toGate(page, server.url)
  await go('/settings')
  await page.locator('label', { hasText: 'English' }).click()
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  await go('/log/hand-in')
  await page.locator('label', { hasText: 'Ledger (masked)' }).click()
  await page.locator('label', { hasText: 'CSV' }).click()
  await page.getByRole('button', { name: 'Whole day' }).click()
  await page.locator('.hand-in-preview').waitFor()
  await key('Make the file').click()
  const { name, bytes } = await saved(() => key('Save on this phone').click())
  const read = valueIn(await readReport(bytes))
  expect([isUnchanged(read), read.kind]).toEqual([true, 'ledger-masked'])
  expect(name).toMatch(/\.csv$/)
  expect(new TextDecoder().decode(bytes)).toContain('Direction')
  await go('/settings')
  await page.locator('label', { hasText: '中文' }).click()
  await page.getByRole('heading', { name: '设置' }).waitFor()
  await go('/log')
  await page.getByRole('heading', { name: '记录' }).waitFor()
})

test('a report that takes long is given up by a tap or by another choice, and made after all', async () => {
  await take('lead')
  await toGate(page, server.url)
  await go('/log/hand-in')
  await wholeDay(page)
  await page.locator('.hand-in-preview').waitFor()
  await holdFacts(page)
  const shifts = page.getByRole('group', { name: '班次' })
  let given = 0
  page.on('worker', (worker) => worker.on('close', () => given++))
  for (const shift of ['早班', '中班', '晚班', '早班']) {
    await shifts.getByRole('button', { name: shift }).click()
    await page.locator('.hand-in-progress').waitFor()
  }
  // Who chose anew waits for none of those before.
  await until(
    async () => given,
    (count) => count >= 2,
  )
  await key('取消').click()
  await page.getByText('已停下，没有读完').waitFor()
  await key('生成文件').click()
  await page.locator('.hand-in-progress').waitFor()
  await key('取消').click()
  await page.locator('.hand-in-progress').waitFor({ state: 'detached' })
  await page.evaluate(() => Reflect.get(window, 'letGoOfFacts')())
  await key('重试').click()
  await page.locator('.hand-in-preview').waitFor()
  await key('生成文件').click()
  const { name } = await saved(() => key('保存到手机').click())
  expect(name).toMatch(/_早班_日报表\.xlsx$/)
})

test('the picture of the day says what the log counts; a page of it prints on paper', async () => {
  await take('lead')
  await toGate(page, server.url)
  server.fault = 'down'
  await go('/log/picture')
  await page.getByText(/^进 2，出 0；/).waitFor()
  const counts = await page
    .locator('.picture-part')
    .nth(1)
    .locator('tbody tr')
    .evaluateAll((rows) => rows.reduce((sum, row) => sum + Number(row.children[1]?.textContent), 0))
  expect(counts).toBe(2)
  expect(await violations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await page.getByRole('link', { name: '打印（A4 横向）' }).click()
  await key('打印').waitFor()
  expect(await violations(page)).toEqual([])
  expect(await page.locator('.paper-table tbody tr').count()).toBe(4)
})

test('two phones of a post without a network: the other one’s day is merged, twice harmlessly, and counted once', async () => {
  await take('other')
  await measured(103, '36.4')
  await go('/log/give-day')
  server.fault = 'down'
  await page.getByRole('button', { name: /^交给 / }).click()
  const file = await saved(() => key('保存到手机').click())
  expect(file.name).toMatch(/^石榴坊社区_\d{8}_南门_.{4}_当日记录\.txt$/)
  expect(Buffer.from(file.bytes).includes('建华')).toBe(false)
  server.fault = 'none'

  await take('lead')
  await go('/log/hand-in')
  await wholeDay(page)
  await page.getByText(/未合并，最后见/).waitFor()
  server.fault = 'down'
  await go('/log/take-day')
  expect(await violations(page)).toEqual([])
  const chosen = { name: file.name, mimeType: 'application/octet-stream', buffer: Buffer.from(file.bytes) }
  for (const said of [/^已合并 /, /已经合并过/]) {
    await page.locator('input[type=file]').setInputFiles(chosen)
    await key('合并').click()
    await page.getByText(said).waitFor()
  }
  const broken = Buffer.from(file.bytes)
  broken[400] = broken[400] === 65 ? 66 : 65
  await page.locator('input[type=file]').setInputFiles({ ...chosen, buffer: broken })
  await page.getByText('打不开：不是给这部手机的，或文件坏了').waitFor()
  await page.getByRole('link', { name: '返回' }).click()
  await page.locator('.log-count, .log-counts').first().waitFor()
  expect(await page.locator('.log-counts dd').first().textContent()).toBe('3')
  await go('/log/hand-in')
  await wholeDay(page)
  await page.locator('.hand-in-span', { hasText: '整日' }).waitFor()
  await page.locator('.hand-in-preview dd').first().waitFor()
  expect(await page.locator('.hand-in-preview dd').first().textContent()).toBe('3')
  expect(await page.getByText(/未合并，最后见/).count()).toBe(0)
})

test('a record that the server has lost is found by its key, and sent again; one that the phone has lost is told from the server’s side', async () => {
  await take('lead')
  await toGate(page, server.url)
  await until(
    () => countersOf(page),
    ({ waiting }) => waiting === 0,
  )
  const { rows } = await server.pool.query(
    "delete from operations where kind = 'check-in' and payload->'measured'->>'celsius' = '36.6' returning key",
  )
  expect(rows).toHaveLength(1)
  await go('/log/compare')
  await page.getByText('有 1 条服务器没有').waitFor()
  await page.getByText(String(rows[0].key).slice(-8)).waitFor()
  expect(await violations(page)).toEqual([])
  await key('重新上传').click()
  await page.getByText('一条不差').waitFor()
  const again = await server.pool.query('select key from operations where key = $1', [rows[0].key])
  expect(again.rows).toHaveLength(1)
  // And the other way round: what this phone has lost is told from the server's side.
  await page.evaluate(
    (lost) =>
      new Promise((done, fail) => {
        const opening = indexedDB.open('gatepost')
        opening.onerror = fail
        opening.onsuccess = () => {
          const removing = opening.result.transaction('facts', 'readwrite').objectStore('facts').delete(lost)
          removing.onerror = fail
          removing.onsuccess = () => done(opening.result.close())
        }
      }),
    String(rows[0].key),
  )
  await go('/log')
  await go('/log/compare')
  await page.getByText('服务器有 1 条，这部手机里没有').waitFor()
  // The day that the other phone gave is compared with what the server has of that phone.
  const file = page.locator('section', { has: page.getByRole('heading', { name: / 交来的当日记录$/ }) })
  expect(await file.locator('p').first().textContent()).toMatch(/^手机 \d+ [=≠] 服务器 \d+$/)
  await page.getByText(String(rows[0].key).slice(-8)).waitFor()
  expect(await violations(page)).toEqual([])
  await unlock(page)
})
