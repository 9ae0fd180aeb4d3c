import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { until } from '../support/until'
import { violations } from './support/axe'
import { launchPhone } from './support/chromium'
import { aGate } from './support/community'
import { activate, countersOf, openAt, PIN, toGate } from './support/gate-page'
import { aServer, type TestServer } from './support/server'

let server: TestServer
let profile: string
let context: BrowserContext
let page: Page

beforeAll(async () => {
  server = await aServer()
  const code = await aGate(server.pool)
  profile = mkdtempSync(join(tmpdir(), 'gatepost-profile-'))
  await open()
  await activate(page, server.url, code)
})
afterEach(async () => {
  await context.close()
})
afterAll(async () => {
  await server?.close()
  rmSync(profile, { recursive: true, force: true })
})

/** The app is gone in the middle of whatever it did, and opened again. */
async function open(): Promise<void> {
  await context?.close()
  context = await launchPhone(profile)
  page = await context.newPage()
}
async function atGate(): Promise<void> {
  await open()
  await toGate(page, server.url)
}

const key = (name: string) => page.getByRole('button', { name, exact: true })
const chip = () => page.locator('.chip-retest')
async function choose(room: number): Promise<void> {
  await key('查住户').click()
  for (const digit of `3-2-${room}`) await key(digit).click()
  await page.locator('.found').first().click()
}
async function high(celsius: string): Promise<void> {
  await key('37.3+').click()
  await key(celsius).click()
}
/** Somebody waits; the app is killed meanwhile. */
async function waits(room: number): Promise<void> {
  await atGate()
  await choose(room)
  await high('37.6')
  await page.getByText('请到旁边通风处等候 5 分钟，戴好口罩，保持一米以上距离。到时再测颈温。').waitFor()
  await atGate()
}
async function last(count: number) {
  await until(
    () => countersOf(page),
    ({ waiting }) => waiting === 0,
  )
  const { rows } = await server.pool.query('select payload from operations order by seq desc limit $1', [count])
  return rows.map(({ payload }) => payload).reverse()
}

test('36.7 at the neck clears: who waited passes, and nobody waits any more', async () => {
  await waits(130)
  await chip().click()
  await key('36.7').click()
  await page.locator('.last').getByText('可通行').waitFor()
  await chip().waitFor({ state: 'detached' })
  const [passage, retest] = await last(2)
  expect(retest).toMatchObject({ kind: 'retest', target: passage.key, reading: { celsius: 36.7, site: 'neck' } })
})

test('who walks off is recorded as that; tapped by mistake, they wait again', async () => {
  await waits(131)
  await chip().click()
  await key('未复测离开').click()
  await page.locator('.last').getByText('未复测离开 · 已记录').waitFor()
  await chip().waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /撤销/ }).click()
  await chip().waitFor()
  const [passage, left, undone] = await last(3)
  expect(undone).toMatchObject({ kind: 'void', target: passage.key, only: left.key })
  await chip().click()
  await key('未复测离开').click()
  await page.locator('.last').getByText('未复测离开 · 已记录').waitFor()
  await chip().waitFor({ state: 'detached' })
})

test('who waits and is looked up again is named as who waits: the chain goes on, and no new passage begins', async () => {
  await waits(132)
  await choose(132)
  await page.getByText('等待复测 · 第 2 次，请测颈温').waitFor()
  await page.getByText('还没到时间').waitFor()
  expect(await violations(page)).toEqual([])
  await key('36.6').click()
  await page.locator('.last').getByText('可通行').waitFor()
  expect((await last(2)).map(({ kind }) => kind)).toEqual(['check-in', 'retest'])
})

test('a mis-tapped 37.8 at the armpit is undone on its own page, and measured anew; two quick taps are one reading', async () => {
  await waits(133)
  await chip().click()
  await high('37.5')
  await page.getByText('到时再测腋温').waitFor()
  await key('继续').click()
  await chip().click()
  await high('37.8')
  await page.getByRole('heading', { name: '待就医排查' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: /撤销/ }).click()
  await page.getByText('等待复测 · 第 3 次，请测腋温').waitFor()
  await key('36.8').dblclick()
  await page.locator('.last').getByText('可通行').waitFor()
  await page.locator('.chip-retest, [href^="/incident/"]').first().waitFor({ state: 'detached' })
  const [armpit, undone, again] = await last(3)
  expect(undone).toMatchObject({ kind: 'void', only: armpit.key })
  expect(again).toMatchObject({ kind: 'retest', reading: { celsius: 36.8, site: 'armpit', attempt: 3 } })
})

test('更正 after a retest is of the retest; in the log each reading of the chain is corrected by itself', async () => {
  await waits(134)
  await chip().click()
  await key('36.7').click()
  await page.locator('.last').getByText('36.7').waitFor()
  await page.locator('.last').getByRole('button', { name: '更正', exact: true }).click({ timeout: 20_000 })
  await page.getByLabel('体温', { exact: true }).fill('36.9')
  await key('保存更正').click()
  await page.locator('.last').getByText('36.9').waitFor()
  const [passage, retest, amend] = await last(3)
  expect(amend).toMatchObject({ kind: 'amend', target: passage.key, only: retest.key, measured: { celsius: 36.9, site: 'neck' } })

  await openAt(page, `${server.url}/log/${passage.key}`)
  const pin = page.locator('.pin-input')
  if (await pin.isVisible()) {
    await pin.fill(PIN)
    await page.keyboard.press('Enter')
  }
  await page.getByText('36.9 ℃ · 颈温').waitFor()
  await key('更正').click()
  await page.getByLabel('首测体温').fill('36.6')
  await page.getByLabel('第 2 次体温 · 颈温').fill('')
  await key('点错了').click()
  await key('保存更正').click()
  await page.getByText('36.9 ℃ · 颈温').waitFor({ state: 'detached' })
  expect((await last(2)).map(({ kind, only }) => [kind, only])).toEqual([
    ['amend', undefined],
    ['void', retest.key],
  ])
})

test('who reads too low at the wrist too is let pass with a reason', async () => {
  await atGate()
  await choose(135)
  for (const celsius of ['33.4', '33.9']) {
    await page.getByRole('button', { name: '其他体温，用数字键输入' }).click()
    for (const digit of celsius) await key(digit).click()
    await key('保存').click()
    await page.getByText(`${celsius} 偏低`).waitFor()
  }
  await key('例外放行').click()
  await key('天冷手凉，本人没有不舒服').click()
  await page.locator('.last').getByText('例外放行已记录').waitFor()
  await chip().waitFor({ state: 'detached' })
  const [walkOff] = await last(1)
  expect(walkOff).toMatchObject({ kind: 'walk-off', exception: { kind: 'exception', reason: '天冷手凉，本人没有不舒服' } })
})
