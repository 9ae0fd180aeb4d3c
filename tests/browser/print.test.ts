import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anInvite, COMMUNITY } from '../support/community'
import { until } from '../support/until'
import { launchPhone } from './support/chromium'
import { aGate } from './support/community'
import { activate, checkInByUnit, countersOf, openAt, toGate, unlock, untilOfflineReady } from './support/gate-page'
import { aServer, type TestServer } from './support/server'

let server: TestServer
let folder = ''
let context: BrowserContext
let page: Page
const ROOMS = 44

beforeAll(async () => {
  server = await aServer()
  await aGate(server.pool)
  folder = mkdtempSync(join(tmpdir(), 'gatepost-print-'))
  context = await launchPhone(folder)
  page = await context.newPage()
  await activate(page, server.url, await anInvite(server.pool, { role: 'admin', unitId: COMMUNITY.id }))
  await untilOfflineReady(page)
  server.fault = 'down'
  for (let room = 0; room < ROOMS; room++) await checkInByUnit(page, 101 + room)
}, 180_000)
afterAll(async () => {
  await context?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

const today = () => new Date().toLocaleDateString('sv', { timeZone: 'Asia/Shanghai' })
const key = (name: string) => page.getByRole('button', { name, exact: true })

async function open(kind: string): Promise<void> {
  await openAt(page, `${server.url}/log/print?day=${today()}&kind=${kind}`)
  await key('打印').waitFor()
}

/** Width and height of each page, in points. */
async function pagesPrinted(): Promise<readonly (readonly [number, number])[]> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  return [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [
    Math.round(Number(width)),
    Math.round(Number(height)),
  ])
}
const A4 = { landscape: [842, 595], portrait: [595, 842] }

test('each report is A4 landscape, a page of paper for each page that says so, signed at the end; dark or light, it is dark on white', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const kind of ['daily', 'ledger-masked', 'incidents', 'hand-over']) {
      await open(kind)
      const printed = await pagesPrinted()
      expect([kind, printed]).toEqual([kind, printed.map(() => A4.landscape)])
      expect(await page.locator('.paper-number').allTextContents()).toEqual(
        printed.map((_, i) => `第 ${i + 1} 页，共 ${printed.length} 页`),
      )
      expect(await page.locator('.paper-signatures').count()).toBe(1)
      const colours = await page
        .locator('.paper-page')
        .first()
        .evaluate((paper) => {
          const { backgroundColor, color } = getComputedStyle(paper)
          return [backgroundColor, color]
        })
      expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(21, 33, 28)'])
    }
  }
  await page.emulateMedia({ colorScheme: null })
}, 120_000)

test('no row is lost or written twice where a page ends, and the heading stands on each page', async () => {
  await open('ledger-masked')
  const numbers = await page.locator('.paper-table tbody td:first-child').allTextContents()
  expect(numbers).toEqual(Array.from({ length: ROOMS }, (_, i) => String(i + 1)))
  const pages = await page.locator('.paper-page').count()
  expect(pages).toBeGreaterThan(1)
  expect(await page.locator('.paper-page thead').count()).toBe(pages)
})

test('cards are printed upright and a report across, whichever was opened before', async () => {
  await openAt(page, `${server.url}/manage/poster`)
  await page.locator('.poster').waitFor()
  expect(await pagesPrinted()).toEqual([A4.portrait])
  // Without loading the page anew: both styles are there.
  await page.evaluate(
    ([path]) => {
      const link = document.createElement('a')
      link.href = path ?? ''
      document.body.append(link)
      link.click()
      link.remove()
    },
    [`/log/print?day=${today()}&kind=incidents`],
  )
  await unlock(page)
  await key('打印').waitFor()
  expect(await pagesPrinted()).toEqual([A4.landscape])
})

test('what goes to paper is in the log as a file is, once, by the button and by the browser’s own menu', async () => {
  await page.addInitScript(() => {
    window.print = () => dispatchEvent(new Event('beforeprint'))
  })
  const exported = async () => {
    server.fault = 'none'
    await toGate(page, server.url)
    await until(
      () => countersOf(page),
      ({ waiting }) => waiting === 0,
    )
    const { rows } = await server.pool.query(
      "select payload->>'detail' as kind, payload->>'fingerprint' as fingerprint from operations where kind = 'access' and payload->>'what' = 'records-exported' order by at",
    )
    return rows as { kind: string; fingerprint: string }[]
  }
  const before = (await exported()).length
  await open('ledger-masked')
  const [, code = ''] = /校验码：([0-9a-f-]+)/.exec((await page.locator('.paper-foot').first().textContent()) ?? '') ?? []
  await key('打印').click()
  await key('打印').click()
  await open('incidents')
  const { lastSeq } = await countersOf(page)
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await until(
    () => countersOf(page),
    (counters) => counters.lastSeq > lastSeq,
  )
  const told = (await exported()).slice(before)
  expect(told.map(({ kind }) => kind)).toEqual(['ledger-masked', 'incidents'])
  expect(told[0]?.fingerprint.slice(0, 16)).toBe(code.replaceAll('-', ''))
})
