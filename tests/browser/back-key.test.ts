import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchPhone } from './support/chromium'
import { aGate } from './support/community'
import { activate, checkInByUnit, openAt } from './support/gate-page'
import { aServer, type TestServer } from './support/server'

let server: TestServer
let profile: string
let context: BrowserContext
let page: Page

beforeAll(async () => {
  server = await aServer()
  const code = await aGate(server.pool)
  profile = mkdtempSync(join(tmpdir(), 'gatepost-profile-'))
  context = await launchPhone(profile)
  page = await context.newPage()
  await activate(page, server.url, code)
})
afterAll(async () => {
  await context?.close()
  await server?.close()
  rmSync(profile, { recursive: true, force: true })
})

const key = (name: string) => page.getByRole('button', { name, exact: true })
const lookingAround = () => key('查住户').waitFor()
const back = () => page.evaluate(() => history.back())
/** Back to the page before, and no further. */
async function leftByBack(): Promise<void> {
  await back()
  await page.getByRole('heading', { level: 1, name: '状态' }).waitFor()
  await page.waitForTimeout(300)
  expect(new URL(page.url()).pathname).toBe('/status')
}
const entries = () => page.evaluate(() => history.length)

beforeEach(async () => {
  await openAt(page, `${server.url}/status`)
  await page.locator('a[href="/"]').first().click()
  await lookingAround()
})

test('Back at the pad, in the search and in 更多 leads to what was before; from looking it leaves as on every page', async () => {
  await key('查住户').click()
  for (const digit of '3-2-145') await key(digit).click()
  await page.locator('.found').first().click()
  await key('36.5').waitFor()
  await back()
  await lookingAround()
  await key('更多').click()
  await page.getByRole('heading', { name: '更多' }).waitFor()
  await back()
  await lookingAround()
  expect(new URL(page.url()).pathname).toBe('/')
  await leftByBack()
})

test('Back from a form puts aside what was typed; from one that is empty it leaves nothing', async () => {
  await key('来访').click()
  await page.getByRole('heading', { name: '来访登记' }).waitFor()
  await back()
  await lookingAround()
  expect(await page.getByText('继续', { exact: false }).count()).toBe(0)
  await key('来访').click()
  await page.getByLabel('姓名').fill('郑来客')
  await back()
  await page.getByRole('button', { name: /继续.*郑/ }).click()
  expect(await page.getByLabel('姓名').inputValue()).toBe('郑来客')
  await key('返回').click()
})

test('ten passages are one entry, and Back still leaves the gate at once', async () => {
  await checkInByUnit(page, 146)
  const before = await entries()
  for (let room = 147; room < 157; room++) await checkInByUnit(page, room)
  expect(await entries()).toBe(before)
  await leftByBack()
})
