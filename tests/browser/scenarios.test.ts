import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { PostId } from '../../src/domain/ids'
import type { Tally } from '../../src/domain/tally'
import { CHINA, dayOf } from '../../src/domain/time'
import { addPost } from '../../src/server/database/posts'
import { tallies } from '../../src/server/database/tallies'
import { anInvite, COMMUNITY, SOUTH_GATE } from '../support/community'
import { until } from '../support/until'
import { launchPhone } from './support/chromium'
import { aGate } from './support/community'
import { activate, checkInByUnit, choosePin, countersOf, openAt, toGate, untilOfflineReady } from './support/gate-page'
import { aHand } from './support/hand'
import { aServer, type TestServer } from './support/server'

const METRO = 'metro-hall' as PostId
const A_MINUTE = 60_000
const A_DAY = 86_400_000

interface Phone {
  readonly page: Page
  /** The browser is gone, and opened again on the same storage. */
  kill(): Promise<void>
  /** The clock stands so far ahead from now on, ms. */
  ahead(ms: number): Promise<void>
  offline(isOffline: boolean): Promise<void>
}

let server: TestServer
let ended: (() => Promise<void>)[] = []

beforeAll(async () => {
  server = await aServer()
  await aGate(server.pool)
  await addPost(server.pool, COMMUNITY.id, { id: METRO, name: '1号口', type: 'metro-exit', parentId: COMMUNITY.id })
})
afterEach(async () => {
  for (const end of ended) await end()
  ended = []
})
afterAll(() => server?.close())

async function aPhone(ahead = 0): Promise<Phone> {
  const profile = mkdtempSync(join(tmpdir(), 'gatepost-scenario-'))
  let context: BrowserContext
  let page: Page
  const begin = async () => {
    context = await launchPhone(profile)
    if (ahead !== 0) await context.clock.setSystemTime(new Date(Date.now() + ahead))
    page = await context.newPage()
  }
  await begin()
  ended.push(async () => {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  })
  return {
    get page() {
      return page
    },
    async kill() {
      await context.close()
      await begin()
      await toGate(page, server.url)
    },
    ahead: (ms) => context.clock.setSystemTime(new Date(Date.now() + ms)),
    offline: (isOffline) => context.setOffline(isOffline),
  }
}

async function atSouthGate(ahead = 0): Promise<Phone> {
  const phone = await aPhone(ahead)
  await activate(phone.page, server.url, await anInvite(server.pool))
  return phone
}

const key = ({ page }: Phone, name: string) => page.getByRole('button', { name, exact: true })
const tallyOf = async (post: PostId): Promise<Tally | undefined> =>
  (await tallies(server.pool, COMMUNITY.id, dayOf(Date.now(), CHINA))).find((each) => each.post.id === post)?.tally
async function upload(phone: Phone): Promise<void> {
  await phone.offline(false)
  await openAt(phone.page, `${server.url}/status`)
  await key(phone, '立即上传').click()
  await until(
    () => countersOf(phone.page),
    ({ waiting }) => waiting === 0,
  )
}

async function readsLow(phone: Phone, room: number): Promise<void> {
  const { page } = phone
  await key(phone, '查住户').click()
  for (const digit of `3-2-${room}`) await key(phone, digit).click()
  await page.locator('.found').first().click()
  await page.getByRole('button', { name: '其他体温，用数字键输入' }).click()
  for (const digit of '33.4') await key(phone, digit).click()
  await key(phone, '保存').click()
  await page.getByText('33.4 偏低，请改测腕温').waitFor()
}

test('three foreheads that read low: each is measured at the wrist, the post is offered the wrist for all, and the day counts three', async () => {
  const phone = await atSouthGate()
  for (const room of [110, 111, 112]) {
    await readsLow(phone, room)
    if (room === 111) {
      await phone.kill()
      await phone.page.locator('.chip-retest').click()
    }
    await key(phone, '36.2').click()
    await phone.page.locator('.last').getByText('可通行').waitFor()
  }
  await key(phone, '额温老是偏低：本岗改测手腕').click()
  await key(phone, '查住户').click()
  for (const digit of '3-2-113') await key(phone, digit).click()
  await phone.page.locator('.found').first().click()
  await phone.page.locator('.site[aria-pressed="true"]', { hasText: '腕温' }).waitFor()
  await key(phone, '返回').click()
  await upload(phone)
  expect(await tallyOf(SOUTH_GATE)).toMatchObject({ tooLow: 3, in: 3, waiting: 0 })
  await openAt(phone.page, `${server.url}/log`)
  await phone.page.getByText('偏低重测').locator('..').getByText('3', { exact: true }).waitFor()
})

test('the same person again after the minute is recorded, with a note that a passage between was missed', async () => {
  const phone = await atSouthGate()
  await checkInByUnit(phone.page, 120)
  await phone.ahead(A_MINUTE + 5_000)
  await checkInByUnit(phone.page, 120, '36.4')
  await openAt(phone.page, `${server.url}/log`)
  await phone.page.getByText('中间漏了一次').first().waitFor()
  expect(await phone.page.locator('.log-row', { hasText: '120' }).count()).toBe(2)
})

test('two phones of a post without a network, one a day ahead, and uploaded in reverse: by when it happened, each passage once', async () => {
  const before = await tallyOf(SOUTH_GATE)
  const right = await atSouthGate()
  const wrong = await atSouthGate(A_DAY)
  for (const phone of [right, wrong]) {
    await untilOfflineReady(phone.page)
    await phone.offline(true)
  }
  await checkInByUnit(right.page, 130)
  await checkInByUnit(right.page, 131)
  // The other one at the gate wrote down the same person, and one more.
  await checkInByUnit(wrong.page, 131)
  await checkInByUnit(wrong.page, 132)
  await upload(wrong)
  await upload(right)
  const after = await tallyOf(SOUTH_GATE)
  expect([(after?.in ?? 0) - (before?.in ?? 0), (after?.duplicates ?? 0) - (before?.duplicates ?? 0)]).toEqual([3, 1])
  const { rows } = await server.pool.query(
    "select payload->'subject'->>'householdId' as home from operations where payload->'subject'->>'householdId' = any($1) order by at",
    [['home-29', 'home-30', 'home-31']],
  )
  expect(rows.map(({ home }) => home)).toEqual(['home-29', 'home-30', 'home-30', 'home-31'])
})

test('a metro exit: forty a minute for ten minutes by the counter, two held with readings, the browser killed in the middle, no network', async () => {
  const phone = await aPhone()
  await phone.page.goto(`${server.url}/activate#${await anInvite(server.pool, { unitId: METRO })}`)
  await key(phone, '激活').click()
  await choosePin(phone.page)
  await phone.page.getByRole('heading', { name: '检查手机' }).waitFor()
  await toGate(phone.page, server.url)
  await untilOfflineReady(phone.page)
  await phone.offline(true)
  const total = () => phone.page.locator('.counter-pace b')
  for (let minute = 1; minute <= 10; minute++) {
    const hand = aHand(phone.page)
    for (let i = 0; i < 7; i++) await hand.tap('+5')
    for (let i = 0; i < 5; i++) await hand.tap('+1')
    expect(hand.taps()).toBe(12)
    await total()
      .getByText(String(minute * 40), { exact: true })
      .waitFor()
    if (minute === 3) await phone.kill()
    if (minute !== 4 && minute !== 8) continue
    await key(phone, '留下一位，测温').click()
    await phone.page.getByLabel('手机尾号四位').fill(`100${minute}`)
    await phone.page.keyboard.press('Enter')
    if (minute === 4) {
      await key(phone, '36.8').click()
      continue
    }
    await phone.page.getByRole('button', { name: '37.3+' }).click()
    await key(phone, '37.5').click()
    await key(phone, '继续').click()
    await phone.page.locator('.chip-retest', { hasText: '尾号1008' }).click()
    await key(phone, '36.6').click()
    await phone.page.locator('.last').getByText('36.6').waitFor()
  }
  await upload(phone)
  expect(await tallyOf(METRO)).toMatchObject({ in: 402, out: 0, measured: 402, atThreshold: 1, waiting: 0 })
})
