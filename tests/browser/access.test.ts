import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../support/until'
import { violations } from './support/axe'
import { launch, launchPhone, PHONE } from './support/chromium'
import { aGate } from './support/community'
import { activate, checkInByUnit, openAt, toGate, unlock, untilOfflineReady } from './support/gate-page'
import { aServer, type TestServer } from './support/server'

let server: TestServer
let profile: string
let context: BrowserContext
let page: Page
let code: string

beforeAll(async () => {
  server = await aServer()
  code = await aGate(server.pool)
  profile = mkdtempSync(join(tmpdir(), 'gatepost-profile-'))
  context = await launchPhone(profile)
  page = await context.newPage()
})
afterAll(async () => {
  await context?.close()
  await server?.close()
  rmSync(profile, { recursive: true, force: true })
})

/** How wide the page is with all that it holds, in CSS px. */
const widest = (on: Page) => on.evaluate(() => Math.max(innerWidth, document.documentElement.scrollWidth, document.body.scrollWidth))
const key = (name: string) => page.getByRole('button', { name, exact: true })

test('the first screens of a new phone are clean', async () => {
  await page.goto(`${server.url}/activate#${code}`)
  await key('激活').waitFor()
  expect(await violations(page)).toEqual([])
  await page.goto(`${server.url}/local`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await violations(page)).toEqual([])
})

test.each(['light', 'dark'] as const)('every place of the app is clean in %s', async (colorScheme) => {
  await page.emulateMedia({ colorScheme })
  if (colorScheme === 'light') await activate(page, server.url, code)
  await toGate(page, server.url)
  await checkInByUnit(page, colorScheme === 'light' ? 140 : 141)
  expect(await violations(page)).toEqual([])
  for (const path of ['/log', '/returned', '/status', '/settings', '/check', '/roster', '/lock']) {
    await openAt(page, server.url + path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForTimeout(400)
    expect([path, ...(await violations(page))]).toEqual([path])
  }
})

test('every state of the gate is clean', async () => {
  await toGate(page, server.url)
  await key('查住户').click()
  await page.getByRole('textbox').fill('3-2-15')
  await page.locator('.found').first().waitFor()
  expect(['find', ...(await violations(page))]).toEqual(['find'])
  await page.locator('.found').first().click()
  await page.getByText('谁要通行？').waitFor()
  expect(['household', ...(await violations(page))]).toEqual(['household'])
  await page.locator('.tile').first().click()
  await page.getByText('请测温').waitFor()
  expect(['measure', ...(await violations(page))]).toEqual(['measure'])
  await key('未测温').click()
  expect(['why', ...(await violations(page))]).toEqual(['why'])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '其他体温，用数字键输入' }).click()
  expect(['keypad', ...(await violations(page))]).toEqual(['keypad'])
  await key('37.3 以下').click()
  await page.getByRole('button', { name: '37.3+' }).click()
  await key('37.9').click()
  await page.getByRole('heading', { name: '请稍候' }).waitFor()
  expect(['wait', ...(await violations(page))]).toEqual(['wait'])
})

test('the focus goes on with the picture: a keyboard and a screen reader begin at its heading', async () => {
  await toGate(page, server.url)
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim())
  await key('查住户').focus()
  await page.keyboard.press('Enter')
  await page.locator('.find-keys').waitFor()
  await until(focused, (words) => words === '查住户')
  for (const digit of '3-2-144') await key(digit).click()
  await page.locator('.found').first().focus()
  await page.keyboard.press('Enter')
  await page.getByText('请测温').waitFor()
  await until(focused, (words) => words?.includes('3幢2单元144室') === true)
  await key('36.7').focus()
  await page.keyboard.press('Enter')
  await page.locator('.last').getByText('36.7').waitFor()
  await until(focused, (words) => words === '登记')
})

test('the main job is done with the keyboard alone', async () => {
  await toGate(page, server.url)
  await key('查住户').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('textbox').focus()
  // As a hand types: what comes faster is a scanner's.
  await page.keyboard.type('3-2-145', { delay: 60 })
  await page.locator('.found').first().focus()
  await page.keyboard.press('Enter')
  await key('36.7').focus()
  await page.keyboard.press('Enter')
  await page.locator('.last').getByText('36.7').waitFor()
})

test('records are in sight on the first page of the log, on a small phone too', async () => {
  await toGate(page, server.url)
  for (const room of [148, 149, 150]) await checkInByUnit(page, room)
  await openAt(page, `${server.url}/log`)
  const rows = page.locator('.log-row')
  await rows.nth(2).waitFor()
  const { top } = await page.locator('.places').evaluate((places) => places.getBoundingClientRect())
  const second = await rows.nth(1).evaluate((row) => row.getBoundingClientRect())
  expect(second.bottom).toBeLessThanOrEqual(top)
  const third = await rows.nth(2).evaluate((row) => row.getBoundingClientRect())
  expect(third.top).toBeLessThan(top)
})

test('in large text no page is wider than its phone, down to 320 px', async () => {
  await openAt(page, `${server.url}/settings`)
  await page.getByRole('radio', { name: '大字' }).check()
  const pages = [
    '/',
    '/log',
    '/log/hand-in',
    '/returned',
    '/status',
    '/settings',
    '/check',
    '/roster',
    '/shift',
    '/shift/hand-over',
    '/notices',
  ]
  for (const width of [360, 320]) {
    await page.setViewportSize({ width, height: 640 })
    for (const path of pages) {
      await page.goto(server.url + path)
      await page.locator('.pin-input').or(page.locator('.gate, .screen')).first().waitFor()
      expect([width, path, 'locked', await widest(page)]).toEqual([width, path, 'locked', width])
      await unlock(page)
      await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
      await page.waitForTimeout(300)
      expect([width, path, await widest(page)]).toEqual([width, path, width])
    }
  }
  await page.setViewportSize(PHONE.viewport)
  await openAt(page, `${server.url}/settings`)
  await page.getByRole('radio', { name: '普通' }).check()
})

test('the whole app in English', async () => {
  await openAt(page, `${server.url}/settings`)
  await page.getByRole('radio', { name: 'English' }).check()
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  await openAt(page, `${server.url}/`)
  await page.getByRole('button', { name: 'Find resident' }).waitFor()
  for (const path of ['/', '/log', '/returned', '/status', '/settings', '/check', '/roster']) {
    await openAt(page, server.url + path)
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
    const chinese = await page.evaluate(() => (document.querySelector('#app')?.textContent ?? '').match(/\p{Script=Han}+/gu) ?? [])
    // Names of places are the community's own; the language is called by its own name.
    expect([path, ...chinese.filter((words) => !/梧桐苑|南门|石榴坊|中文|[早中晚]班|华|[张王李赵陈]|幢|单元|室/.test(words))]).toEqual([
      path,
    ])
  }
  await openAt(page, `${server.url}/settings`)
  await page.getByRole('radio', { name: '中文' }).check()
  await page.getByRole('heading', { name: '设置' }).waitFor()
})

test('in WeChat the link is not spent: the page tells how to leave, and shows the code to type', async () => {
  const browser = await launch()
  const wechat = await browser.newPage({
    ...PHONE,
    userAgent: 'Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/107 Mobile MicroMessenger/8.0.33 NetType/WIFI',
  })
  await wechat.goto(`${server.url}/activate#${code}`)
  await wechat.getByText('在浏览器打开').first().waitFor()
  expect(await wechat.getByRole('button', { name: '激活', exact: true }).count()).toBe(0)
  expect((await wechat.textContent('body'))?.replace(/[\s-]/g, '')).toContain(code)
  await browser.close()
})

test('the link works once: on a second phone it is refused in words', async () => {
  const browser = await launch()
  const second = await browser.newPage(PHONE)
  await second.goto(`${server.url}/activate#${code}`)
  await second.getByRole('button', { name: '激活', exact: true }).click()
  await second.getByText('这个激活码已经用过了').first().waitFor()
  await browser.close()
})

test('a newer version is offered, and the page goes on as it is until a person takes it', async () => {
  await toGate(page, server.url)
  await untilOfflineReady(page)
  await page.evaluate(() => Reflect.set(window, 'sameLoad', true))
  server.newVersion = true
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  await page.getByText('有新版本').waitFor()
  await checkInByUnit(page, 165)
  expect(await page.evaluate(() => Reflect.get(window, 'sameLoad'))).toBe(true)
  await page.getByText('有新版本').click()
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '更新', exact: true }).click()])
  expect(await page.evaluate(() => Reflect.get(window, 'sameLoad'))).toBeUndefined()
})

test('the manifest makes it installable, and all that it names is there', async () => {
  const manifest = await (await page.request.get(`${server.url}/manifest.webmanifest`)).json()
  expect(manifest).toMatchObject({ short_name: '值守', display: 'standalone', start_url: '/', lang: 'zh-CN' })
  expect(manifest.icons.some(({ purpose }: { purpose?: string }) => purpose?.includes('maskable'))).toBe(true)
  for (const { src } of [...manifest.icons, ...manifest.screenshots]) {
    expect([src, (await page.request.get(new URL(src, server.url).href)).status()]).toEqual([src, 200])
  }
})
