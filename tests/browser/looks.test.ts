import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchPhone, PHONE } from './support/chromium'
import { aGate } from './support/community'
import { film } from './support/fake-camera'
import { activate, checkInByUnit, openAt, toGate } from './support/gate-page'
import { aServer, type TestServer } from './support/server'

let server: TestServer
let profile: string
let context: BrowserContext
let page: Page

beforeAll(async () => {
  server = await aServer()
  const code = await aGate(server.pool)
  profile = mkdtempSync(join(tmpdir(), 'gatepost-looks-'))
  context = await launchPhone(profile, film(['']))
  page = await context.newPage()
  await activate(page, server.url, code)
})
beforeEach(async () => {
  await page.setViewportSize(PHONE.viewport)
  await toGate(page, server.url)
})
afterAll(async () => {
  await context?.close()
  await server?.close()
  rmSync(profile, { recursive: true, force: true })
})

const key = (name: string | RegExp) => page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
const backgroundOf = (at: Locator) => at.evaluate((element) => getComputedStyle(element).backgroundColor)
const displayOf = (at: Locator) => at.evaluate((element) => getComputedStyle(element).display)

test('a sheet over the gate keeps the looks of its buttons, whatever it was opened from', async () => {
  await checkInByUnit(page, 110)
  const main = await backgroundOf(page.locator('.direction input:checked + span'))
  await page.locator('.last').getByRole('button', { name: '更正' }).click({ timeout: 20_000 })
  expect(await backgroundOf(key('保存更正'))).toBe(main)
  const sheet = await page.locator('dialog').boundingBox()
  for (const name of ['保存更正', '取消']) expect((await key(name).boundingBox())?.width).toBeGreaterThan((sheet?.width ?? 0) - 40)
})

test('更多 and the sheet of 签到 have their looks on a phone that was just opened', async () => {
  await key('更多').click()
  expect(await displayOf(page.locator('.again').first())).toBe('grid')
  await openAt(page, `${server.url}/shift`)
  await key('签到').click()
  expect(await displayOf(page.locator('dialog .gate-reasons'))).toBe('grid')
})
