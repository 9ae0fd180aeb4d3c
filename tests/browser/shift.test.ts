import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Papa from 'papaparse'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchPhone } from './support/chromium'
import { aCard, aGate, personCard } from './support/community'
import { film } from './support/fake-camera'
import { activate, checkInByUnit, countersOf, openAt, toGate, unlock, untilOfflineReady, wholeDay } from './support/gate-page'
import { aServer, type TestServer } from './support/server'
import { pullTrigger } from './support/wedge'

let server: TestServer
let profile: string
let context: BrowserContext
let page: Page
const requested = new Set<string>()

beforeAll(async () => {
  server = await aServer()
  const code = await aGate(server.pool)
  profile = mkdtempSync(join(tmpdir(), 'gatepost-profile-'))
  await open(await aCard(server.pool, personCard(7)))
  await activate(page, server.url, code)
  await untilOfflineReady(page)
})
afterAll(async () => {
  await context?.close()
  await server?.close()
  rmSync(profile, { recursive: true, force: true })
})

async function open(shows: string): Promise<void> {
  context = await launchPhone(profile, film([shows]))
  context.on('request', (request) => requested.add(new URL(request.url()).host))
  page = await context.newPage()
}

const held = async () => Number((await server.pool.query("select count(*) from operations where kind = 'check-in'")).rows[0].count)

test('a card before the camera, a temperature, saved: offline', async () => {
  server.fault = 'down'
  await context.setOffline(true)
  await toGate(page, server.url)
  await page.getByText('本小区住户 · 请测温').waitFor({ timeout: 30_000 })
  await page.getByText('3幢2单元108室').waitFor()
  await page.getByRole('button', { name: '36.5', exact: true }).click()
  await page.locator('.last').getByText('可通行').waitFor()
  expect(await countersOf(page)).toMatchObject({ waiting: 1, accepted: 0 })
  expect(await held()).toBe(0)
})

test('reloaded offline, the app opens and the record is there', async () => {
  await page.reload()
  await unlock(page)
  await page.getByText('待上传 1').waitFor()
  await openAt(page, `${server.url}/log`)
  await page.getByText('108室').waitFor()
})

/** A scan, the resident on the screen, one tap. */
async function scanAndMeasure(devtools: CDPSession, i: number): Promise<void> {
  await pullTrigger(devtools, await aCard(server.pool, personCard(i)))
  await page.locator('.who', { hasText: `${101 + i}室` }).waitFor()
  await page.getByRole('button', { name: '36.5', exact: true }).click()
  await page.locator('.last').getByText('可通行').waitFor()
}

test('60 scans with their readings and no network, the phone killed among them: all 60 are there', async () => {
  for (const [from, to] of [
    [1, 30],
    [30, 60],
  ] as const) {
    await context.close()
    await open('')
    await toGate(page, server.url)
    const devtools = await context.newCDPSession(page)
    for (let i = from; i < to; i++) await scanAndMeasure(devtools, 9 + i)
  }
  expect(await countersOf(page)).toMatchObject({ waiting: 60, rejected: 0, lastSeq: 60 })
}, 240_000)

test('the exported ledger has a row for each, though the network is gone', async () => {
  await openAt(page, `${server.url}/log/hand-in`)
  await wholeDay(page)
  await page.locator('label', { hasText: '出入登记台账（脱敏）' }).click()
  await page.locator('label', { hasText: 'CSV' }).click()
  await page.getByText('待上传 60 条，退回 0 条').waitFor()
  await page.getByRole('button', { name: '生成文件' }).click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '保存到手机' }).click()])
  expect(download.suggestedFilename()).toMatch(/^石榴坊社区_\d{8}_整日_台账_脱敏\.csv$/)
  const bytes = readFileSync(await download.path())
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  // After an empty line stands what a page has below it.
  const [table = ''] = bytes.toString('utf8').slice(1).split('\r\n\r\n')
  const { data } = Papa.parse<Record<string, string>>(table, { header: true, skipEmptyLines: true })
  expect(data).toHaveLength(60)
  expect(data[0]).toMatchObject({ 序号: '1', 方向: '进', 首测体温: '36.5', 部位: '额温', '幢-单元-室': '3幢', 人员类别: '业主' })
  expect(data.every((row) => row['备注(补录/时钟偏差)']?.includes('待上传'))).toBe(true)
  expect(bytes.toString('utf8')).not.toMatch(/建华|\d单元|1390000\d{4}/)
})

test('back on the network: the server has 60, nothing waits, and the status screen proves it', async () => {
  server.fault = 'none'
  await openAt(page, `${server.url}/status`)
  await page.getByRole('button', { name: '立即上传' }).click()
  await page.waitForFunction(() => !document.body.textContent?.includes('60条'))
  await expect.poll(held, { timeout: 30_000 }).toBe(60)
  await expect.poll(() => countersOf(page), { timeout: 30_000 }).toMatchObject({ waiting: 0, rejected: 0, accepted: 61 })
  await page.getByRole('button', { name: '和服务器核对' }).click()
  await page.getByText(/手机 ?61.*服务器 ?61/).waitFor()
})

test('the server gone for days: the app opens and works', async () => {
  server.fault = 'down'
  await toGate(page, server.url)
  await checkInByUnit(page, 170)
  await page.getByText('待上传 1').waitFor()
  server.fault = 'none'
  await openAt(page, `${server.url}/status`)
  await page.getByRole('button', { name: '立即上传' }).click()
  await expect.poll(held, { timeout: 30_000 }).toBe(61)
})

test('no request ever left the origin', () => {
  expect([...requested]).toEqual([new URL(server.url).host])
})
