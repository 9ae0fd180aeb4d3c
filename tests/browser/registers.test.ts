import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { PostId } from '../../src/domain/ids'
import { addPost } from '../../src/server/database/posts'
import { anInvite, COMMUNITY } from '../support/community'
import { until } from '../support/until'
import { violations } from './support/axe'
import { launchPhone } from './support/chromium'
import { aCard, aGate, personCard } from './support/community'
import { film } from './support/fake-camera'
import { activate, choosePin, countersOf, openAt, toGate, turnGate, unlock, untilOfflineReady } from './support/gate-page'
import { aHand, type Hand } from './support/hand'
import { aServer, type TestServer } from './support/server'

let server: TestServer
let profile: string
let context: BrowserContext
let page: Page
let hand: Hand

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

async function open(shows?: string): Promise<void> {
  await context?.close()
  context = await launchPhone(profile, shows === undefined ? undefined : film([shows]))
  page = await context.newPage()
  hand = aHand(page)
}
async function atGate(shows?: string): Promise<void> {
  await open(shows)
  await toGate(page, server.url)
}

const key = (name: string) => page.getByRole('button', { name, exact: true })
const saved = (words: string) => page.locator('.last').getByText(words).waitFor()
const untilUploaded = () =>
  until(
    () => countersOf(page),
    ({ waiting }) => waiting === 0,
  )
const newest = async (kind: string, count = 1) => {
  await untilUploaded()
  // By time first: each phone of this file counts its own numbers from one.
  const { rows } = await server.pool.query(
    "select payload from operations where kind = $1 order by payload ->> 'deviceTime' desc, seq desc limit $2",
    [kind, count],
  )
  return rows.map(({ payload }) => payload).reverse()
}

test('a known resident: the card, and one tap; with large text, in the dark and without typing', async () => {
  await open(await aCard(server.pool, personCard(5)))
  await page.emulateMedia({ colorScheme: 'dark' })
  await openAt(page, `${server.url}/settings`)
  await page.getByRole('radio', { name: '大字' }).check()
  await page.goto(`${server.url}/`)
  await unlock(page)
  hand.begin()
  await page.getByText('本小区住户 · 请测温').waitFor({ timeout: 30_000 })
  const pad = await page.locator('.pad-key', { hasText: '36.5' }).boundingBox()
  expect(pad?.height).toBeGreaterThanOrEqual(48)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await hand.tap('36.5')
  await saved('可通行')
  expect(hand.taps()).toBe(1)
  await openAt(page, `${server.url}/settings`)
  await page.getByRole('radio', { name: '普通' }).check()
})

test('a new visitor is asked what the form asks, and one who came before is four taps', async () => {
  await atGate()
  await key('来访').click()
  await page.getByRole('heading', { name: '来访登记' }).waitFor()
  expect(await violations(page)).toEqual([])
  await key('去测温').click()
  await page.getByText('请填姓名。').waitFor()
  await page.getByText('请问一句再选。').waitFor()
  await page.getByLabel('姓名').fill('钱多多')
  // What was answered is asked for no more.
  await page.getByText('请填姓名。').waitFor({ state: 'detached' })
  await page.getByLabel('手机号').fill('1390000')
  // Who visits a hotel or a lane types words: a keyboard of digits has none.
  expect(await page.getByLabel('去哪家').getAttribute('inputmode')).toBe('text')
  await page.getByLabel('去哪家').fill('3-2-109')
  await page.locator('.unit-field button').first().click()
  await page.getByRole('group', { name: '14天内到过重点地区吗？' }).getByLabel('否').check()
  await key('去测温').click()
  await page.getByText('手机号应是 11 位').waitFor()
  await page.getByLabel('手机号').fill('139 0000 1234')
  await key('去测温').click()
  await page.getByText('来访 · 请测温').waitFor()
  await key('36.3').click()
  await saved('钱*多')
  expect(await newest('check-in')).toMatchObject([
    { subject: { kind: 'visitor', name: '钱多多', phone: '13900001234', householdId: 'home-8', keyArea: false }, way: 'written' },
  ])

  await atGate()
  hand.begin()
  await hand.tap('来访')
  await hand.tap(/钱\*多/)
  expect(await violations(page)).toEqual([])
  await hand.tap('已确认，没到过，去测温')
  await hand.tap('36.4')
  await saved('可通行')
  expect(hand.taps()).toBeLessThanOrEqual(4)
  const subject = { kind: 'visitor', name: '钱多多', hostConfirmed: true, keyArea: false }
  expect(await newest('check-in')).toMatchObject([{ subject, way: 'remembered' }])
  // What was answered then is asked anew, the form's other answers stand.
  await key('来访').click()
  await page.getByRole('button', { name: /钱\*多/ }).click()
  await key('没确认、到过，或有改动').click()
  expect(await page.getByLabel('手机号').inputValue()).toBe('13900001234')
  expect(await page.getByRole('radio', { checked: true }).count()).toBe(0)
})

test('a courier is two taps; one with a name and a plate is offered again', async () => {
  await atGate()
  hand.begin()
  await hand.tap('快递')
  await hand.tap('36.2')
  await saved('快递外卖')
  expect(hand.taps()).toBe(2)
  await key('快递').click()
  await key('登记公司、车牌').click()
  await page.getByLabel('公司').fill('顺丰')
  await page.getByLabel('姓名').fill('马师傅')
  await key('去测温').click()
  await key('36.1').click()
  await saved('顺丰')
  await atGate()
  await key('快递').click()
  await page.getByRole('button', { name: /现在是“进”/ }).click()
  await page.getByRole('button', { name: /顺丰/ }).click()
  await key('36.0').click()
  await saved('顺丰')
  expect(await newest('check-in', 3)).toMatchObject([
    { subject: { kind: 'courier' }, way: 'written' },
    { subject: { kind: 'courier', company: '顺丰', name: '马师傅' }, way: 'written' },
    { subject: { kind: 'courier', company: '顺丰' }, way: 'remembered', direction: 'out' },
  ])
})

test('a car with two known people is eight taps, each with a reading, and counts as one vehicle', async () => {
  await atGate()
  hand.begin()
  await hand.tap('车辆')
  for (const sign of '23') await hand.tap(sign)
  await hand.tapOn('.tile', 0)
  await hand.tap('36.5')
  await page.getByText('还有谁？').waitFor()
  await hand.tapOn('.tile:not([disabled])', 0)
  await hand.tap('36.6')
  await page.getByText('已登记：').waitFor()
  await hand.tap('这辆车完成')
  expect(hand.taps()).toBeLessThanOrEqual(8)
  const [driver, passenger] = await newest('check-in', 2)
  expect(driver.vehicle).toMatchObject({ plate: '苏A81234', role: 'driver' })
  expect(passenger.vehicle).toEqual({ ...driver.vehicle, role: 'passenger' })
  expect(driver.subject.residentId).not.toBe(passenger.subject.residentId)
})

test('a plate of a driving school has its key, and what has none is typed by the keyboard', async () => {
  await atGate()
  await key('车辆').click()
  await key('省').click()
  for (const sign of '苏A1234') await key(sign).click()
  await key('学警挂…').click()
  expect(await violations(page)).toEqual([])
  await key('学').click()
  await page.getByText('苏A1234学').waitFor()
  await key('车上是谁').click()
  await page.getByText('谁开车？').waitFor()
  await key('返回').click()
  await key('用键盘').click()
  await page.getByRole('textbox', { name: '车牌' }).fill('WJ江苏1234')
  await key('车上是谁').click()
  await page.getByText('“WJ江苏1234”不像完整车牌').waitFor()
  await key('就按这样登记').click()
  await page.getByText('谁开车？').waitFor()
})

test('a form that is put aside for the queue survives a kill, and goes on where it was', async () => {
  await atGate()
  await key('来访').click()
  await page.getByLabel('姓名').fill('赵四海')
  await key('稍后继续').click()
  await page.getByText('继续 赵*海').waitFor()
  await atGate()
  await page.getByRole('button', { name: '继续 赵*海' }).click()
  expect(await page.getByLabel('姓名').inputValue()).toBe('赵四海')
  await page.getByRole('group', { name: '14天内到过重点地区吗？' }).getByLabel('否').check()
  await key('去测温').click()
  await page.getByText('来访 · 请测温').waitFor()
  // Killed at the pad, or somebody went back from it: what was typed is there.
  await atGate()
  await page.getByRole('button', { name: '继续 赵*海' }).click()
  await key('去测温').click()
  await key('返回').click()
  expect(await page.getByLabel('姓名').inputValue()).toBe('赵四海')
  await key('去测温').click()
  await key('36.3').click()
  await saved('赵*海')
  expect(await page.getByText('继续 赵*海').count()).toBe(0)
})

test('what is typed is kept while it is typed: killed without a tap it goes on; 返回 leaves nothing of it', async () => {
  await atGate()
  await key('来访').click()
  await page.getByLabel('姓名').fill('钱半句')
  await page.getByLabel('手机号').fill('1381234')
  await page.waitForTimeout(1_500) // a second without a key, and the write
  await atGate()
  await page.getByRole('button', { name: '继续 钱*句' }).click()
  expect(await page.getByLabel('姓名').inputValue()).toBe('钱半句')
  expect(await page.getByLabel('手机号').inputValue()).toBe('1381234')
  await key('不要了，丢弃这张表').click()
  await key('丢弃').click()
  await key('返宁').click()
  await page.getByLabel('姓名').fill('李另说')
  await page.waitForTimeout(1_500)
  await key('返回').click()
  await key('快递').waitFor()
  expect(await page.getByText('继续 ').count()).toBe(0)
  // What is told to be missing is kept at once, before the second is over.
  await key('返宁').click()
  await page.getByLabel('姓名').fill('吴心急')
  await key('去测温').click()
  await page.waitForTimeout(300)
  await atGate()
  await page.getByRole('button', { name: '继续 吴*急' }).click()
  await key('不要了，丢弃这张表').click()
  await key('丢弃').click()
  // Another place of the app is no 返回: what was typed last is there afterwards.
  await key('返宁').click()
  await page.getByLabel('姓名').fill('周赶路')
  await key('整车登记（企业返岗）').click()
  await key('返回').click()
  await page.getByRole('button', { name: '继续 周*路' }).click()
  await key('不要了，丢弃这张表').click()
  await key('丢弃').click()
})

test('a form that was put aside and is not wanted is thrown away after a question', async () => {
  await atGate()
  await key('快递').click()
  await key('登记公司、车牌').click()
  await page.getByLabel('公司').fill('京东')
  await key('稍后继续').click()
  await page.getByRole('button', { name: '继续 京东' }).click()
  await key('不要了，丢弃这张表').click()
  await key('留着').click()
  expect(await page.getByLabel('公司').inputValue()).toBe('京东')
  await key('不要了，丢弃这张表').click()
  expect(await violations(page)).toEqual([])
  await key('丢弃').click()
  await page.locator('.chip-emergency').waitFor()
  expect(await page.getByText('继续 京东').count()).toBe(0)
})

test('an ambulance passes with one tap; its details come later, and it stands in the trail', async () => {
  await atGate()
  hand.begin()
  await hand.tap('紧急放行')
  await saved('紧急放行已记录')
  expect(hand.taps()).toBe(1)
  await page.waitForTimeout(10_500)
  await key('更正').click()
  await page.getByLabel('是谁、去哪里').fill('3-2-501，去鼓楼医院')
  await key('保存更正').click()
  const [passed] = await newest('check-in')
  expect(passed).toMatchObject({ exception: { kind: 'emergency', what: 'ambulance' }, measured: { reason: 'emergency' } })
  expect(await newest('amend')).toMatchObject([{ target: passed.key, note: '3-2-501，去鼓楼医院' }])
  const { rows } = await server.pool.query("select about from trail where what = 'exception-made'")
  expect(rows).toEqual([{ about: passed.key }])
})

test('a request is two taps; a tip too, and once delivered it is nowhere on the phone', async () => {
  await atGate()
  hand.begin()
  await hand.tap('更多')
  await hand.tap('代买菜')
  await saved('居民诉求：代买菜')
  expect(hand.taps()).toBe(2)
  expect(await newest('request')).toMatchObject([{ topic: 'groceries' }])
  await context.setOffline(true)
  hand.begin()
  await hand.tap('更多')
  await hand.tap('聚集')
  await saved('线索')
  expect(hand.taps()).toBe(2)
  expect(await factsOf('tip')).toBe(1)
  await context.setOffline(false)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await untilUploaded()
  expect(await factsOf('tip')).toBe(0)
  expect(await newest('tip')).toMatchObject([{ topic: 'gathering' }])
})

test('a bus of twenty, killed before the last of them: an arrival and a passage each; one at the threshold waits; undone as a whole', async () => {
  const others = Array.from({ length: 17 }, (_, i) => `返岗${i + 4}`)
  await atGate()
  await key('返宁').click()
  await key('整车登记（企业返岗）').click()
  await key('保存 0 人').click()
  await page.getByText('名单还是空的。').waitFor()
  expect(await page.getByText('请回答这一项。').count()).toBe(3)
  await page.getByLabel('全车已登记').check()
  await page.getByLabel('全车都没有').check()
  await page.getByLabel('从哪里来').fill('安徽省滁州市来安县')
  await page.getByLabel('名单').fill(`孙一\n周二，吴三，错字\n${others.join('\n')}`)
  await key('保存 0 人').click()
  await page.getByText('“名单”里的名字还没有加入').waitFor()
  await key('加入名单').click()
  await key('错字：更多').click()
  await key('名字录错，移出名单').click()
  await key('保存 20 人').click()
  await page.getByText('还没有测温：1 孙一、2 周二、3 吴三').waitFor()
  await key('吴三：更多').click()
  await page.getByRole('group', { name: '本人已在“宁归来”登记？' }).getByLabel('否').check()
  expect(await violations(page)).toEqual([])
  await key('好了').click()
  await page.getByLabel('1 孙一').fill('36.5')
  await page.getByLabel('2 周二').fill('37.6')
  for (const [i, name] of others.entries()) await page.getByLabel(`${i + 4} ${name}`, { exact: true }).fill('36.4')
  await page.waitForTimeout(1_500) // a second without a key, and the write
  await atGate()
  await page.getByRole('button', { name: '继续 整车 20 人' }).click()
  await page.getByLabel('3 吴三').fill('366')
  await key('保存 20 人').click()
  await page.getByText('体温应在').waitFor()
  await page.getByLabel('3 吴三').fill('36.6')
  await key('保存 20 人').click()
  await saved('整车 20 人')
  expect(await page.getByText('继续 ').count()).toBe(0)
  await page.locator('.chip-retest', { hasText: '周*' }).waitFor()
  const arrived = await newest('arrival', 20)
  expect(new Set(arrived.map(({ name }) => name)).size).toBe(20)
  expect(arrived.slice(0, 3)).toMatchObject([
    { name: '孙一', means: 'coach', platform: 'registered', keyArea: false },
    { name: '周二', platform: 'registered' },
    { name: '吴三', platform: 'not-registered' },
  ])
  await page.getByRole('button', { name: /撤销/ }).click()
  await saved('已撤销')
  await page.locator('.chip-retest').waitFor({ state: 'detached' })
  const voids = await newest('void', 40)
  expect(new Set(voids.map(({ target }) => target)).size).toBe(40)
})

test('what a register wrote down is corrected from the log; what was written first stays on record', async () => {
  await atGate()
  await key('来访').click()
  await page.getByLabel('姓名').fill('孙小路')
  await page.getByLabel('手机号').fill('13900005678')
  await page.getByLabel('去哪家').fill('3-2-109')
  await page.locator('.unit-field button').first().click()
  await page.getByRole('group', { name: '14天内到过重点地区吗？' }).getByLabel('否').check()
  await key('去测温').click()
  await key('36.2').click()
  await saved('孙*路')
  const [visit] = await newest('check-in')

  await openAt(page, `${server.url}/log`)
  await page.getByRole('link', { name: /孙\*路/ }).click()
  await key('更正登记内容').click()
  expect(await page.getByLabel('姓名').inputValue()).toBe('孙小路')
  expect(await page.getByLabel('去哪家').inputValue()).toContain('109')
  expect(await violations(page)).toEqual([])
  await page.getByLabel('手机号').fill('1390000')
  await key('保存更正').click()
  await page.getByText('手机号应是 11 位').waitFor()
  await page.getByLabel('手机号').fill('13900008765')
  await key('保存更正').click()
  await page.getByText('请选择或填写原因。').waitFor()
  await key('点错了').click()
  await key('保存更正').dblclick()
  await page.getByRole('heading', { name: '更正登记内容' }).waitFor({ state: 'detached' })
  const [look] = await newest('access')
  expect(look).toMatchObject({ what: 'record-revealed', about: visit.key })
  const amends = (await newest('amend', 5)).filter(({ target }) => target === visit.key)
  expect(amends).toMatchObject([
    { reason: '点错了', subject: { kind: 'visitor', name: '孙小路', phone: '13900008765', householdId: 'home-8' } },
  ])
  expect(await newest('check-in')).toMatchObject([{ key: visit.key, subject: { phone: '13900005678' } }])
})

test('an arrival who has registered since is corrected from the log', async () => {
  await atGate()
  // Whichever way the gate has counted last: who arrives comes in.
  await turnGate(page, '出')
  await key('返宁').click()
  await page.getByLabel('姓名').fill('周晓东')
  await page.getByLabel('从哪里来').fill('安徽省滁州市来安县')
  await page.getByRole('group', { name: '怎么来的' }).getByLabel('火车').check()
  await page.getByRole('group', { name: '“宁归来”登记' }).getByLabel('未登记').check()
  await page
    .getByRole('group', { name: /住过重点地区/ })
    .getByLabel('否')
    .check()
  await key('去测温').click()
  await key('36.4').click()
  await saved('周*东')
  expect(await page.getByText('继续 ').count()).toBe(0)
  const [arrival] = await newest('arrival')
  expect(await newest('check-in')).toMatchObject([{ subject: { name: '周晓东' }, direction: 'in' }])
  await atGate()
  await turnGate(page, '进')

  await openAt(page, `${server.url}/log`)
  await page.getByRole('button', { name: /周\*东/ }).click()
  await page.getByRole('group', { name: '“宁归来”登记' }).getByLabel('已登记', { exact: true }).check()
  expect(await violations(page)).toEqual([])
  await page.getByLabel('原因').fill('刚在手机上登记了')
  await key('保存更正').click()
  await page.getByRole('heading', { name: '更正登记内容' }).waitFor({ state: 'detached' })
  const amends = (await newest('amend', 5)).filter(({ target }) => target === arrival.key)
  expect(amends).toMatchObject([{ reason: '刚在手机上登记了', arrival: { platform: 'registered' } }])
})

test('from paper: the paper’s own time is kept, the record is marked, and the future is refused', async () => {
  await atGate()
  await key('更多').click()
  await key('补录').click()
  await page.getByLabel('时间').fill('25:00')
  await page.getByLabel('谁').fill('郑老太 12号')
  await key('保存').click()
  await page.getByText('请填纸上的日期和时间').waitFor()
  await page.getByLabel('日期').fill('2026-01-02')
  await page.getByLabel('时间').fill('731')
  await key('保存').click()
  await page.getByText('请回答这一项。').waitFor()
  await page.getByLabel('纸上没写').check()
  await key('保存').click()
  await page.getByText('已补录 07:31').waitFor()
  expect(await newest('check-in')).toMatchObject([
    { occurredAt: '2026-01-02T07:31:00.000+08:00', measured: { reason: 'not-written' }, subject: { kind: 'written', name: '郑老太' } },
  ])
  // The next line is a courier's, whose name nobody wrote.
  await page.getByRole('radio', { name: '快递外卖' }).check()
  expect(await violations(page)).toEqual([])
  await page.getByLabel('时间').fill('9:05')
  await page.getByLabel('体温').fill('36.4')
  await key('保存').click()
  await page.getByText('已补录 09:05').waitFor()
  expect(await newest('check-in')).toMatchObject([{ subject: { kind: 'courier' }, measured: { celsius: 36.4 } }])
})

test('a metro exit: a batch of five is one tap; who is held gets a real reading', async () => {
  await atPost({ id: 'metro' as PostId, name: '1号口', type: 'metro-exit', parentId: COMMUNITY.id }, async () => {
    hand.begin()
    await hand.tap('+5')
    await saved('5 人 进')
    expect(hand.taps()).toBe(1)
    for (let i = 0; i < 3; i++) await hand.tap('+1')
    await page.getByText('每分钟 8').waitFor()
    await hand.tap('留下一位，测温')
    await key('返回').click()
    // It comes back with its number, not with a nought that counts up.
    expect(await page.locator('.counter-pace b').textContent()).toBe('8')
    await hand.tap('留下一位，测温')
    await page.getByLabel('手机尾号四位').fill('56')
    await key('去测温').click()
    await page.getByText('请填四位数字').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByLabel('手机尾号四位').fill('5678')
    await key('去测温').click()
    await page.getByRole('button', { name: '37.3+' }).click()
    await key('37.5').click()
    await page.getByRole('heading', { name: '请稍候' }).waitFor()
    await key('继续').click()
    await hand.tap('+1')
    await page.locator('.chip-retest', { hasText: '尾号5678' }).waitFor()
    await page.getByText('今日本机').waitFor()
    await until(
      () => page.locator('.counter-pace b').textContent(),
      (total) => total === '9',
    )
    const counts = await until(
      () => newest('count', 5),
      ({ length }) => length === 5,
    )
    expect(counts.map(({ people }) => people)).toEqual([5, 1, 1, 1, 1])
    expect((await newest('count')).every(({ measured }) => measured.inRange)).toBe(true)
    expect(await violations(page)).toEqual([])

    // A batch tapped by mistake is found in the log, and voided there.
    await page.getByRole('link', { name: '记录' }).click()
    await page.getByRole('button', { name: /5 人 进/ }).click()
    await page.getByLabel('原因').fill('多按了一次')
    await key('确认作废').click()
    await page.locator('.log-row-voided').waitFor()
    await until(
      () => newest('void'),
      ([last]) => last?.reason === '多按了一次',
    )
    expect(await violations(page)).toEqual([])
  })
})

test('a road check begins with the plate, offline; who was in the car is on record after a kill', async () => {
  await atPost({ id: 'road' as PostId, name: '县道卡口', type: 'road-check', parentId: COMMUNITY.id }, async (reopen) => {
    await untilOfflineReady(page)
    server.fault = 'down'
    await page.getByRole('heading', { name: '车辆' }).waitFor()
    expect(await violations(page)).toEqual([])
    await key('省').click()
    for (const sign of '皖A23') await key(sign).click()
    await key('车上是谁').click()
    // A tail is no plate: it is not taken for one without a word.
    await page.getByText('“皖A23”不像完整车牌').waitFor()
    await key('补全车牌').click()
    for (const sign of '456') await key(sign).click()
    await key('车上是谁').click()
    await key('其他人').click()
    expect(await violations(page)).toEqual([])
    await key('没有到过，去测温').click()
    await key('返回').click()
    await key('没有到过，去测温').click()
    await key('36.4').click()
    await page.getByText('已登记：车上人员1').waitFor()
    await reopen()
    await page.locator('.plate-keys').waitFor()
    await page.getByRole('button', { name: '继续 皖***56' }).click()
    await page.getByText('已登记：车上人员1').waitFor()
    // A passenger's form that is put aside, or was when the phone was killed at the pad, is still of this car.
    await key('其他人').click()
    await key('填来访登记表').click()
    await page.getByLabel('姓名').fill('赵四海')
    await page.getByRole('group', { name: '14天内到过重点地区吗？' }).getByLabel('否').check()
    await key('稍后继续').click()
    await page.getByText('已登记：车上人员1').waitFor()
    await reopen()
    await page.getByRole('button', { name: '继续 赵*海' }).click()
    await key('去测温').click()
    await page.getByText('来访 · 请测温').waitFor()
    await reopen()
    await page.getByRole('button', { name: '继续 赵*海' }).click()
    await key('去测温').click()
    await key('36.5').click()
    await page.getByText('已登记：车上人员1、赵*海').waitFor()
    await key('这辆车完成').click()
    await page.locator('.plate-keys').waitFor()
    expect(await page.getByText('继续 ').count()).toBe(0)
    server.fault = 'none'
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await untilUploaded()
    const { rows } = await server.pool.query("select payload from operations where kind = 'check-in' and post_id = 'road' order by seq")
    expect(rows).toMatchObject([
      { payload: { subject: { keyArea: false }, measured: { celsius: 36.4 }, vehicle: { plate: '皖A23456', role: 'driver' } } },
      { payload: { subject: { name: '赵四海' }, vehicle: { plate: '皖A23456', role: 'passenger' } } },
    ])
  })
})

test('a service point begins with the arrival form', async () => {
  await atPost({ id: 'service' as PostId, name: '返宁服务点', type: 'service-point', parentId: COMMUNITY.id }, async () => {
    await page.getByRole('button', { name: '来宁返宁登记' }).first().waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '来宁返宁登记' }).first().click()
    await page.getByLabel('姓名').waitFor()
  })
})

type NewPost = Parameters<typeof addPost>[2]

/** A phone of its own at a post of another type; `reopen`: after a kill. */
async function atPost(post: NewPost, run: (reopen: () => Promise<void>) => Promise<void>): Promise<void> {
  await addPost(server.pool, COMMUNITY.id, post)
  const own = mkdtempSync(join(tmpdir(), `gatepost-${post.id}-`))
  const begin = async () => {
    await context.close()
    context = await launchPhone(own)
    page = await context.newPage()
    hand = aHand(page)
  }
  await begin()
  // No roster comes to a post that is no compound's.
  await page.goto(`${server.url}/activate#${await anInvite(server.pool, { unitId: post.id })}`)
  await key('激活').click()
  await choosePin(page)
  await page.getByRole('heading', { name: '检查手机' }).waitFor()
  await toGate(page, server.url)
  await run(async () => {
    await begin()
    await toGate(page, server.url)
  })
  await context.close()
  rmSync(own, { recursive: true, force: true })
}

/** How many facts of a kind lie in the phone's database. */
function factsOf(kind: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve, reject) => {
        const opened = indexedDB.open('gatepost')
        opened.onerror = () => reject(opened.error)
        opened.onsuccess = () => {
          const all = opened.result.transaction('facts').objectStore('facts').getAll()
          all.onsuccess = () => {
            opened.result.close()
            resolve(all.result.filter((row) => row.kind === wanted).length)
          }
        }
      }),
    kind,
  )
}
