import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CHINA, dayOf } from '../../src/domain/time'
import { violations } from './support/axe'
import { launchPhone } from './support/chromium'
import { aGate } from './support/community'
import { activate, checkInByUnit, openAt, toGate, untilOfflineReady } from './support/gate-page'
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
  await untilOfflineReady(page)
})
afterAll(async () => {
  await context?.close()
  await server?.close()
  rmSync(profile, { recursive: true, force: true })
})

const button = (name: string) => page.getByRole('button', { name, exact: true })

test('the battery was out: the strip leads to date and time, and the records of the time between are of today', async () => {
  server.fault = 'down'
  await context.setOffline(true)
  await toGate(page, server.url)
  await checkInByUnit(page, 110)
  await context.clock.setSystemTime(new Date('1970-01-02T00:00:00Z'))
  await page.reload()
  await toGate(page, server.url)
  await checkInByUnit(page, 111)
  await page.getByText('手机时间倒退了，请核对').click()
  await page.getByText(/手机时间倒退了，暂按 .* 记/).waitFor()
  expect(await violations(page)).toEqual([])
  await button('核对日期和时间').click()
  const day = dayOf(Date.now(), CHINA)
  expect(await page.getByLabel('日期', { exact: true }).inputValue()).toBe(day)
  await page.getByLabel('日期', { exact: true }).fill(day)
  await page.getByLabel('时间', { exact: true }).fill('23:59')
  expect(await violations(page)).toEqual([])
  await button('保存').click()
  await page.getByText(/手机时间倒退了，暂按 .* 记/).waitFor({ state: 'detached' })
  await openAt(page, `${server.url}/`)
  await checkInByUnit(page, 112)

  server.fault = 'none'
  await context.setOffline(false)
  await openAt(page, `${server.url}/status`)
  await button('立即上传').click()
  const rows = async () =>
    (await server.pool.query("select at, day::text from operations where kind = 'check-in' order by seq")).rows as {
      at: Date
      day: string
    }[]
  await expect.poll(async () => (await rows()).length, { timeout: 30_000 }).toBe(3)
  const held = await rows()
  expect(held.map(({ day: each }) => each.slice(0, 4))).toEqual(Array(3).fill(day.slice(0, 4)))
  const times = held.map(({ at }) => at.getTime())
  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeLessThan(120_000)
}, 120_000)
