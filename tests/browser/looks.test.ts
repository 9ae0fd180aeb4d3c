import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { HouseholdId, ResidentId } from '../../src/domain/ids'
import type { RuleSet } from '../../src/domain/rules/rule-set'
import type { Day } from '../../src/domain/time'
import { observe } from '../../src/server/database/observations'
import { draftRuleSets, publishRuleSets } from '../../src/server/database/rule-sets'
import { COMMUNITY, COMPOUND } from '../support/community'
import { violations } from './support/axe'
import { launchPhone, PHONE } from './support/chromium'
import { aGate } from './support/community'
import { film } from './support/fake-camera'
import { activate, checkInByUnit, openAt, toGate, turnGate } from './support/gate-page'
import { aServer, type TestServer } from './support/server'

let server: TestServer
let profile: string
let context: BrowserContext
let page: Page

const HELD = 'home-20'

beforeAll(async () => {
  server = await aServer()
  const code = await aGate(server.pool)
  const until = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10) as Day
  const held = {
    residentId: `${HELD}-0` as ResidentId,
    householdId: HELD as HouseholdId,
    compoundId: COMPOUND,
    kind: 'home',
    until,
  } as const
  await observe(server.pool, COMMUNITY.id, [held], 'test')
  await publish({ keyAreaVisitors: 'barred', mask: 'required' })
  profile = mkdtempSync(join(tmpdir(), 'gatepost-looks-'))
  context = await launchPhone(profile, film(['']))
  page = await context.newPage()
  await activate(page, server.url, code)
})
async function publish(parameters: RuleSet['parameters']): Promise<void> {
  const set = { id: 'looks', title: 'looks', scope: { level: 'city' }, effectiveFrom: '2020-02-04T00:00:00+08:00' } as const
  await draftRuleSets(server.pool, COMMUNITY.id, [{ ...set, text: '', textFound: true, parameters }])
  await publishRuleSets(server.pool, COMMUNITY.id, 'test')
}
beforeEach(async () => {
  await page.setViewportSize(PHONE.viewport)
  await toGate(page, server.url)
})
afterAll(async () => {
  await context?.close()
  await server?.close()
  rmSync(profile, { recursive: true, force: true })
})

const TENTHS = Array.from({ length: 18 }, (_, i) => ((355 + i) / 10).toFixed(1))
const DIGITS = [...'1234567890']

const key = (name: string | RegExp) => page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
const backgroundOf = (at: Locator) => at.evaluate((element) => getComputedStyle(element).backgroundColor)
const displayOf = (at: Locator) => at.evaluate((element) => getComputedStyle(element).display)

interface Look {
  readonly width: number
  readonly height: number
  readonly text?: 'large'
}
/** The phones that there is least room on. */
const SMALL: readonly Look[] = [
  { width: 360, height: 640 },
  { width: 360, height: 640, text: 'large' },
  { width: 360, height: 568, text: 'large' },
  { width: 320, height: 568 },
  { width: 320, height: 568, text: 'large' },
]
async function look({ width, height, text }: Look): Promise<void> {
  await page.setViewportSize({ width, height })
  await page.evaluate((size) => {
    if (size) document.documentElement.dataset.text = size
    else delete document.documentElement.dataset.text
  }, text)
}
/** Whether all of it can be seen and tapped where it stands: nothing cuts it off or lies on it. */
const isInSight = (at: Locator) =>
  at.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect()
    const corners = [top + 2, bottom - 2].flatMap((y) => [left + (right - left) / 2].map((x) => document.elementFromPoint(x, y)))
    return corners.every((seen) => seen !== null && (element.contains(seen) || seen.contains(element)))
  })
/** Of these, what is not in sight on a phone. */
async function hidden(places: readonly Locator[], size: Look): Promise<readonly unknown[]> {
  await look(size)
  const seen = await Promise.all(places.map(async (at) => ((await isInSight(at)) ? [] : [await at.textContent()])))
  return seen.flat().map((what) => [size, what])
}

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

test('who may not pass: what to do and the number to call are in sight on small phones, and the number is called by one tap', async () => {
  await key('来访').click()
  await page.getByLabel('姓名').fill('孙某')
  await page.getByLabel('手机号').fill('13900001235')
  await page.getByLabel('去哪家').fill('3-2-142')
  await page.getByRole('group', { name: '14天内到过重点地区吗？' }).getByLabel('是', { exact: true }).check()
  await key('去测温').click()
  const call = page.getByRole('link', { name: /社区值班/ })
  expect(await call.getAttribute('href')).toBe(`tel:${COMMUNITY.contact}`)
  const places = [page.getByText('不要让其进入'), call, key('劝回，记一笔'), key('例外放行'), key('返回')]
  for (const size of SMALL) expect(await hidden(places, size)).toEqual([])
})

test('under observation: the way to a doctor stands first and in sight; passed, it is green and names all who are called', async () => {
  await turnGate(page, '出')
  await key('查住户').click()
  await page.getByRole('textbox').fill('3-2-121')
  await page.locator('.found').first().click()
  await key('查看处理办法').click()
  for (const size of SMALL) expect(await hidden([key('就医，立即放行')], size)).toEqual([])
  await key('就医，立即放行').click()
  await page.getByRole('heading', { name: '已放行' }).waitFor()
  expect(await backgroundOf(page.locator('.told'))).not.toBe(await backgroundOf(key('继续')))
  expect(await page.locator('.told').getAttribute('class')).toContain('told-saved')
  for (const size of SMALL) expect(await hidden([page.getByRole('link', { name: /社区值班/ }), key('继续')], size)).toEqual([])
})

test('every tenth is in sight without scrolling, at the first reading and at a retest, and so is every digit behind 其他', async () => {
  const pad = [...TENTHS, '37.3+', '其他体温，用数字键输入', '返回'].map(key)
  await key('查住户').click()
  await page.getByRole('textbox').fill('3-2-146')
  await page.locator('.found').first().click()
  await page.getByText('请测温').waitFor()
  for (const size of SMALL) expect(await hidden([...pad, key('未测温')], size)).toEqual([])
  await look(SMALL[0] as Look)
  await key('37.3+').click()
  await key('37.6').click()
  await key('继续').click()
  await page.locator('.chip-retest').click()
  await page.getByText('还没到时间').waitFor()
  for (const size of SMALL) expect(await hidden([...pad, key('未复测离开')], size)).toEqual([])
  await key('其他体温，用数字键输入').click()
  const digits = [...DIGITS, '保存'].map(key)
  for (const size of SMALL) expect(await hidden(digits, size)).toEqual([])
  for (const digit of '366') await key(digit).click()
  await key('保存').click()
  await page.getByText('您要输入的是 36.6 吗').waitFor()
  for (const size of SMALL) expect(await hidden([...digits, key(/是，36.6/)], size)).toEqual([])
})

test('the sites, and who wears no mask, are chosen on keys as high as any', async () => {
  await key('查住户').click()
  await page.getByRole('textbox').fill('3-2-147')
  await page.locator('.found').first().click()
  for (const size of SMALL) {
    await look(size)
    for (const site of await page.locator('.site:visible').all()) expect((await site.boundingBox())?.height).toBeGreaterThanOrEqual(48)
  }
})

test('whoever waits is in sight on the first screen, or told by their number: all of them are one tap away', async () => {
  let room = 150
  const oneMore = async () => {
    await key('查住户').click()
    await page.getByRole('textbox').fill(`3-2-${++room}`)
    await page.locator('.found').first().click()
    await key('37.3+').click()
    await key('37.6').click()
    await key('继续').click()
  }
  const more = key(/^还有 \d+ 项$/)
  const waits = page.locator('.wait-chips .chip-retest')
  /** With who was last below them. */
  const areInSight = async (size: Look) => {
    await page.setViewportSize({ width: size.width, height: size.height })
    await toGate(page, server.url)
    await oneMore()
    expect(await waits.count()).toBeGreaterThanOrEqual(size.text ? 1 : 2)
    expect(await hidden([...(await waits.all()), key('紧急放行'), more], size)).toEqual([])
  }
  for (let i = 0; i < 4; i++) await oneMore()
  for (const size of SMALL.filter(({ text }) => !text)) await areInSight(size)
  await more.click()
  expect(await violations(page)).toEqual([])
  expect(await page.locator('.chip-list .chip-retest').count()).toBeGreaterThanOrEqual(6)
  await page.locator('.chip-list .chip-retest').last().click()
  await page.getByText('还没到时间').waitFor()
  await openAt(page, `${server.url}/settings`)
  await page.getByRole('radio', { name: '大字' }).check()
  await page.waitForTimeout(300)
  for (const size of SMALL.filter(({ text }) => text)) await areInSight(size)
  // Where tiles stand instead of the camera.
  await key('更多').click()
  await key('不用摄像头（省电）').click()
  await page.waitForTimeout(300)
  for (const size of SMALL.filter(({ text }) => text)) await areInSight(size)
})
