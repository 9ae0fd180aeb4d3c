import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { shortCodeOf } from '../../src/domain/card'
import type { CommunityId } from '../../src/domain/ids'
import { addCommunity } from '../../src/server/database/communities'
import { cardSigner } from '../../src/server/database/keys'
import { cardKeyId, signCard } from '../../src/trust/card'
import { SIGN } from '../../src/trust/device-keys'
import { COMMUNITY } from '../support/community'
import { until } from '../support/until'
import { launchPhone } from './support/chromium'
import { aCard, aGate, householdCard, personCard } from './support/community'
import { film } from './support/fake-camera'
import { activate, checkInByUnit, countersOf, toGate } from './support/gate-page'
import { aServer, type TestServer } from './support/server'

let server: TestServer
let profile: string
let context: BrowserContext
let page: Page

beforeAll(async () => {
  server = await aServer()
  const code = await aGate(server.pool)
  await addCommunity(server.pool, { ...COMMUNITY, id: NEIGHBOUR, name: '桂花社区' })
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

async function open(shows?: string): Promise<void> {
  await context?.close()
  context = await launchPhone(profile, shows === undefined ? undefined : film([shows]))
  page = await context.newPage()
}

const key = (name: string) => page.getByRole('button', { name, exact: true })
const lastPayloads = async (count: number) =>
  (await server.pool.query('select payload from operations order by seq desc limit $1', [count])).rows
    .map(({ payload }) => payload)
    .reverse()
const untilUploaded = () =>
  until(
    () => countersOf(page),
    ({ waiting }) => waiting === 0,
  )

async function measureUnit(room: number): Promise<void> {
  await toGate(page, server.url)
  await key('查住户').click()
  for (const digit of `3-2-${room}`) await key(digit).click()
  await page.locator('.found').first().click()
  await page.getByText('请测温').waitFor()
}

test('a household card: three members, three readings, none doubled; the same person again is answered', async () => {
  await open(await aCard(server.pool, householdCard(3), { kind: 'household' }))
  await toGate(page, server.url)
  for (let member = 0; member < 3; member++) {
    await page.getByText('谁要通行？').waitFor({ timeout: 20_000 })
    await page.locator('.tile').nth(member).click()
    await key(`36.${member + 2}`).click()
    await page.locator('.last').getByText('可通行').waitFor()
    if (member < 2) await key('同户下一位').click()
  }
  await key('同户下一位').click()
  await page.locator('.tile').first().click()
  await page.getByText('同一个人 60 秒内不重复登记。').waitFor()
  await key('返回').click()
  await untilUploaded()
  const saved = await lastPayloads(3)
  expect(saved.map(({ measured }) => measured.celsius)).toEqual([36.2, 36.3, 36.4])
  expect(new Set(saved.map(({ subject }) => subject.residentId)).size).toBe(3)
})

test('37.6, 37.5, 37.8: waits survive a kill between any two steps, and end as one to be seen by a doctor', async () => {
  await open()
  await measureUnit(120)
  await page.getByRole('button', { name: '37.3+' }).click()
  await key('37.6').click()
  await page.getByRole('heading', { name: '请稍候' }).waitFor()
  for (const [celsius, site] of [
    ['37.5', '颈温'],
    ['37.8', '腋温'],
  ] as const) {
    await open()
    await toGate(page, server.url)
    await page.locator('.chip-retest').click()
    expect(await page.locator('.site[aria-pressed="true"]').textContent()).toBe(site)
    await page.getByRole('button', { name: '37.3+' }).click()
    await key(celsius).click()
    await page.getByRole('heading', { name: site === '腋温' ? '待就医排查' : '请稍候' }).waitFor()
  }
  await key('继续').click()
  await page.locator('.chip-retest').waitFor({ state: 'detached' })
  await untilUploaded()
  expect((await lastPayloads(3)).map(({ kind, measured, reading }) => [kind, (measured ?? reading).celsius])).toEqual([
    ['check-in', 37.6],
    ['retest', 37.5],
    ['retest', 37.8],
  ])
})

test('33.4 is kept and asks for the wrist; 36.2 there lets pass', async () => {
  await open()
  await measureUnit(121)
  await page.getByRole('button', { name: '其他体温，用数字键输入' }).click()
  for (const digit of '33.4') await key(digit).click()
  await key('保存').click()
  await page.getByText('33.4 偏低，请改测腕温').waitFor()
  await key('36.2').click()
  await page.locator('.last').getByText('可通行').waitFor()
  await untilUploaded()
  expect((await lastPayloads(2)).map(({ measured, reading }) => (measured ?? reading).celsius)).toEqual([33.4, 36.2])
})

test('366 is offered as 36.6 and never taken silently; 98 is refused in words', async () => {
  await open()
  await measureUnit(122)
  await page.getByRole('button', { name: '其他体温，用数字键输入' }).click()
  for (const digit of '98') await key(digit).click()
  await key('保存').click()
  await page.getByText('体温应在 30.0 到 43.0 之间').waitFor()
  for (let i = 0; i < 2; i++) await page.getByRole('button', { name: '删除一位' }).click()
  for (const digit of '366') await key(digit).click()
  await key('保存').click()
  await page.getByText('您要输入的是 36.6 吗？').waitFor()
  await key('是，36.6').click()
  await page.locator('.last').getByText('36.6').waitFor()
})

test('undone within 10 s by a further record; corrected after; nothing is deleted', async () => {
  await open()
  await toGate(page, server.url)
  await checkInByUnit(page, 123)
  await page.getByRole('button', { name: /^撤销/ }).click()
  await page.locator('.last').getByText('已撤销').waitFor()
  await checkInByUnit(page, 124)
  await page.locator('.last').getByRole('button', { name: '更正', exact: true }).click({ timeout: 20_000 })
  await page.getByRole('dialog').getByRole('radio', { name: '出' }).check()
  await key('保存更正').click()
  await page.locator('.last').getByText('出 · 可通行').waitFor()
  await untilUploaded()
  expect((await lastPayloads(4)).map(({ kind }) => kind)).toEqual(['check-in', 'void', 'check-in', 'amend'])
})

test('not measured, with its reason, is a record too, and not green', async () => {
  await open()
  await measureUnit(125)
  await key('未测温').click()
  await key('额温枪故障').click()
  await page.locator('.last-not-measured').getByText('已记录').waitFor()
})

test('on a full disk the record is said not to be saved, and the input is still there', async () => {
  await open()
  await page.addInitScript(() => {
    const real = IDBObjectStore.prototype.add
    IDBObjectStore.prototype.add = function (this: IDBObjectStore, ...given: Parameters<typeof real>) {
      if (Reflect.get(window, 'diskFull')) throw new DOMException('full', 'QuotaExceededError')
      return real.apply(this, given)
    }
  })
  const before = await (async () => {
    await measureUnit(126)
    return countersOf(page)
  })()
  await page.evaluate(() => Reflect.set(window, 'diskFull', true))
  await key('36.5').click()
  await page.getByRole('alert').getByText('没有保存！').waitFor()
  await page.getByText('手机存储已满').first().waitFor()
  expect(await countersOf(page)).toEqual(before)
  await page.evaluate(() => Reflect.set(window, 'diskFull', false))
  await key('36.5').click()
  await page.locator('.last').getByText('可通行').waitFor()
})

const NEIGHBOUR = 'c-2' as CommunityId
const aStranger = async () => {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(SIGN, true, ['sign', 'verify'])
  const keyId = await cardKeyId(new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)))
  return { keyId, privateKey }
}
const CLAIMS = { id: personCard(20), kind: 'person', issuedAt: 1_600_000_000, expiresAt: 2_000_000_000 } as const

test.each<[string, () => Promise<string> | string, string, string | undefined]>([
  ['a web address', () => 'https://example.org/menu', '这是一个网址，不是住户卡', 'foreign-url'],
  ['a payment code', () => 'wxp://f2f0abcdef', '这是收款码，不是住户卡', 'foreign-payment'],
  ['a health code', () => 'https://jkm.example.org/x', '这是健康码，不是住户卡', 'foreign-health-code'],
  ['plain text', () => 'hello', '这个码不是住户卡', 'foreign-text'],
  ['a card cut short', () => 'GP1:ABC', '住户卡读不全', 'damaged'],
  ['a card of nobody here', () => aCard(server.pool, personCard(4000)), '不在本岗住户名单：可能是别的小区的卡，或还没登记', 'card-unknown'],
  ['a card switched off', () => aCard(server.pool, personCard(90)), '这张卡已停用', 'revoked'],
  ['a card that ran out', () => aCard(server.pool, personCard(21), { expiresAt: Date.now() - 1000 }), '到期', 'expired'],
  [
    'a forged card',
    async () => signCard(CLAIMS, (await cardSigner(server.pool, COMMUNITY.id)).keyId, (await aStranger()).privateKey),
    '这张卡是仿造的',
    'forged',
  ],
  [
    'a card of the next community',
    () => aCard(server.pool, personCard(20), { communityId: NEIGHBOUR }),
    '这是桂花社区的卡',
    'other-community',
  ],
  [
    'a card of a key that nobody knows',
    async () => {
      const { keyId, privateKey } = await aStranger()
      return signCard(CLAIMS, keyId, privateKey)
    },
    '这部手机验不了这张卡',
    'unknown-key',
  ],
  ['a blank card', () => aCard(server.pool, personCard(4001), { kind: 'blank' }), '空白卡，还没有绑定住户', undefined],
])('%s gets its own answer and a way onward, is never taken for a card, and its code is not kept', async (_name, code, words, kept) => {
  const shows = await code()
  await open(shows)
  await toGate(page, server.url)
  await page.getByRole('alert').getByText(words).waitFor({ timeout: 20_000 })
  await page.locator('.gate-ways').getByText('查住户').click()
  await page.getByLabel('房号、手机尾号、车牌尾号、卡下短码、姓名').waitFor()
  await untilUploaded()
  const { rows } = await server.pool.query("select payload::text as text from operations where kind = 'access' order by seq desc limit 1")
  if (kept) expect(JSON.parse(rows[0].text)).toMatchObject({ what: 'scan-refused', detail: kept })
  const all = await server.pool.query("select string_agg(payload::text, ' ') as text from operations")
  expect(all.rows[0].text).not.toContain(shows.replace('GP1:', ''))
})

test('no camera: the gate says so, and a resident without a card is done in eight taps', async () => {
  await open()
  await toGate(page, server.url)
  await page.getByText('这部手机没有可用的摄像头').waitFor()
  let taps = 0
  const tap = async (target: ReturnType<typeof key>) => {
    taps++
    await target.click()
  }
  await tap(key('查住户'))
  for (const digit of '32130') await tap(key(digit))
  await tap(page.locator('.found').first())
  await tap(key('36.5'))
  await page.locator('.last').getByText('可通行').waitFor()
  expect(taps).toBeLessThanOrEqual(8)
})

test('the short code under a card, a phone tail and a surname each find the resident', async () => {
  await open()
  await toGate(page, server.url)
  await key('查住户').click()
  const input = page.getByLabel('房号、手机尾号、车牌尾号、卡下短码、姓名')
  await input.fill(shortCodeOf(personCard(12)))
  await page.locator('.found').getByText('短码').waitFor()
  await page.locator('.found').first().click()
  await page.getByText('3幢2单元113室').waitFor()
  await key('返回').click()
  await key('查住户').click()
  await input.fill('0036')
  await page.getByText('手机 139****0036').waitFor()
  await input.fill('赵')
  await page.locator('.found').getByText('赵*华').first().waitFor()
  await input.fill('zzz')
  await page.getByText('没有找到“zzz”').waitFor()
})

test('somebody whom the roster does not know is written down and measured', async () => {
  await open()
  await toGate(page, server.url)
  await key('更多').click()
  await key('未列入名单').click()
  await page.getByLabel('姓名或称呼').fill('周师傅')
  await page.getByLabel('房号或去处').fill('3-2-501')
  await key('去测温').click()
  await page.getByText('未列入名单 · 请测温').waitFor()
  await key('36.5').click()
  await page.locator('.last').getByText('周*傅').waitFor()
})
