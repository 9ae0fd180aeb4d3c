import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { HouseholdId, ResidentId } from '../../src/domain/ids'
import type { RuleSet } from '../../src/domain/rules/rule-set'
import { BASE_RULES } from '../../src/domain/rules/rules'
import type { Day } from '../../src/domain/time'
import { sendNotice } from '../../src/server/database/notices'
import { observe, release } from '../../src/server/database/observations'
import { draftRuleSets, publishRuleSets } from '../../src/server/database/rule-sets'
import { anInvite, COMMUNITY, COMPOUND } from '../support/community'
import { until } from '../support/until'
import { violations } from './support/axe'
import { launchPhone } from './support/chromium'
import { aGate } from './support/community'
import { film, filmOf, filmOfEach } from './support/fake-camera'
import { activate, countersOf, openAt, toGate, turnGate } from './support/gate-page'
import { aServer, type TestServer } from './support/server'
import { codesOn } from './support/shown-codes'

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

async function open(): Promise<void> {
  await context?.close()
  context = await launchPhone(profile)
  page = await context.newPage()
}
async function atGate(): Promise<void> {
  await open()
  await toGate(page, server.url)
  await sync(page)
}

const button = (at: Page, name: string) => at.getByRole('button', { name, exact: true })
const key = (name: string) => button(page, name)

/** Sends and fetches, and waits until both are done. */
async function sync(at: Page): Promise<void> {
  await at.evaluate(() => dispatchEvent(new Event('online')))
  await until(
    () => countersOf(at),
    ({ waiting }) => waiting === 0,
  )
  await at.waitForTimeout(400)
}

async function choose(at: Page, room: number): Promise<void> {
  await button(at, '查住户').click()
  for (const digit of `3-2-${room}`) await button(at, digit).click()
  await at.locator('.found').first().click()
}
const countOf = async (kind: string) =>
  Number((await server.pool.query('select count(*) from operations where kind = $1', [kind])).rows[0].count)
const newest = async (kind: string) => {
  await sync(page)
  const { rows } = await server.pool.query('select payload from operations where kind = $1 order by seq desc limit 1', [kind])
  return rows[0]?.payload
}

const aSet = (part: Partial<RuleSet> & Pick<RuleSet, 'id' | 'parameters'>): RuleSet => ({
  title: part.id,
  scope: { level: 'city' },
  effectiveFrom: '2020-02-04T00:00:00+08:00',
  text: '',
  textFound: true,
  ...part,
})

async function publish(...sets: readonly RuleSet[]): Promise<void> {
  await draftRuleSets(server.pool, COMMUNITY.id, sets)
  await publishRuleSets(server.pool, COMMUNITY.id, 'test')
}

test('at the hour the verdict changes by itself, without a network: before it the permit is asked, after it not', async () => {
  const turn = Date.now() + 25_000
  await publish(
    aSet({ id: 'permit', parameters: { pass: 'required' } }),
    aSet({ id: 'n13', parameters: { pass: 'not-asked' }, effectiveFrom: new Date(turn).toISOString() }),
  )
  await atGate()
  await context.setOffline(true)
  await choose(page, 111)
  await page.getByText('请登记 · 出入证').waitFor()
  expect(Date.now()).toBeLessThan(turn)
  await key('没有带').click()
  await page.getByRole('heading', { name: '暂不能通行' }).waitFor()
  await page.getByText('没有出入证').waitFor()
  expect(await violations(page)).toEqual([])
  await key('例外放行').first().click()
  await key('认识，确是住户').click()
  await page.getByText('例外放行 · 请测温').waitFor()
  await key('36.4').click()
  await page.locator('.last').getByText('可通行').waitFor()
  await page.waitForTimeout(Math.max(0, turn + 300 - Date.now()))
  await choose(page, 112)
  await page.getByText('本小区住户 · 请测温').waitFor()
  await key('36.5').click()
  await page.locator('.last').getByText('可通行').waitFor()
  await context.setOffline(false)
  await sync(page)
  const { rows } = await server.pool.query("select payload from operations where kind = 'check-in' order by seq desc limit 2")
  const [after, before] = rows.map(({ payload }) => payload)
  expect(before).toMatchObject({
    rules: 'permit',
    answers: { pass: 'missing' },
    verdict: { kind: 'stop', why: 'no-pass' },
    exception: { kind: 'exception', reason: '认识，确是住户' },
  })
  expect(after).toMatchObject({ rules: 'n13' })
  expect(after.answers).toBeUndefined()
})

test('where couriers stay outside, who must carry something in passes by an exception with its reason', async () => {
  await publish(aSet({ id: 'outside', parameters: { couriers: 'stay-outside' } }))
  await atGate()
  await key('快递').click()
  await page.getByText('不进小区，放在门口 · 请测温').waitFor()
  expect(await violations(page)).toEqual([])
  await key('例外放行').click()
  await key('买药买菜等急需').click()
  await page.getByText('例外放行 · 请测温').waitFor()
  await key('36.4').click()
  await page.locator('.last').getByText('可通行').waitFor()
  expect(await newest('check-in')).toMatchObject({
    subject: { kind: 'courier' },
    verdict: { kind: 'stop', why: 'courier-outside' },
    exception: { kind: 'exception', reason: '买药买菜等急需' },
  })
})

test('under observation: on the way out a wait like any other; its cause behind a tap; a medical exit never waits; released, it is over', async () => {
  const residentId = 'home-20-0' as ResidentId
  const until = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10) as Day
  await observe(
    server.pool,
    COMMUNITY.id,
    [{ residentId, householdId: 'home-20' as HouseholdId, compoundId: COMPOUND, kind: 'home', until }],
    'test',
  )
  await atGate()
  await context.setOffline(true)
  await turnGate(page, '出')
  await choose(page, 121)
  await page.getByRole('heading', { name: '请稍候' }).waitFor()
  expect(await page.locator('.gate').textContent()).not.toContain('观察')
  await key('查看处理办法').click()
  await page.getByText('居家观察').waitFor()
  await key('劝回，记一笔').click()
  await page.locator('.last').getByText('劝回 · 已记录').waitFor()
  await choose(page, 121)
  await key('查看处理办法').click()
  await key('就医，立即放行').click()
  await page.getByRole('heading', { name: '已放行' }).waitFor()
  await key('继续').click()
  await context.setOffline(false)
  expect(await newest('turned-back')).toMatchObject({ why: 'observation', direction: 'out' })
  expect(await newest('check-in')).toMatchObject({ exception: { kind: 'emergency', what: 'medical' }, subject: { residentId } })
  await release(server.pool, COMMUNITY.id, residentId, 'test')
  await sync(page)
  await choose(page, 121)
  await page.getByText('刚登记“出”').waitFor()
  await key('仍要登记一次').click()
  await page.getByText('本小区住户 · 请测温').waitFor()
  await key('返回').click()
  await turnGate(page, '进')
})

test('an incident is on every phone of the post until it is closed, on whichever', async () => {
  const other = mkdtempSync(join(tmpdir(), 'gatepost-second-'))
  await atGate()
  await choose(page, 130)
  for (const celsius of ['37.6', '37.5', '37.8']) {
    await page.getByRole('button', { name: '37.3+' }).click()
    await key(celsius).click()
    if (celsius === '37.8') break
    await key('继续').click()
    await page.locator('.chip-retest').click()
  }
  await page.getByRole('link', { name: '打开异常处置' }).click()
  await page.getByRole('button', { name: '保持距离，本人戴好口罩' }).click()
  await page.locator('.check-item[aria-pressed="true"]').waitFor()
  expect(await violations(page)).toEqual([])
  await sync(page)

  const secondContext = await launchPhone(other)
  const second = await secondContext.newPage()
  await activate(second, server.url, await anInvite(server.pool))
  await second.getByText('异常处置 陈*华').click()
  await second.getByText('额温 37.6 → 颈温 37.5 → 腋温 37.8').waitFor()
  await second.locator('.check-item[aria-pressed="true"]').waitFor()
  const call = second.getByRole('link', { name: /^社区值班/ })
  expect(await call.getAttribute('href')).toBe(`tel:${COMMUNITY.contact}`)
  // This machine has nothing that calls: Chromium would ask for it, and take no more input.
  await second.evaluate(() => addEventListener('click', (event) => event.preventDefault(), { once: true }))
  await call.click()
  await second.getByText(/^\d\d:\d\d 社区值班$/).waitFor()
  const ambulance = second.getByRole('link', { name: '急救 120' })
  expect(await ambulance.getAttribute('href')).toBe('tel:120')
  await second.evaluate(() => addEventListener('click', (event) => event.preventDefault(), { once: true }))
  await ambulance.click()
  await second.getByText(/社区值班；\d\d:\d\d 急救 120$/).waitFor()
  await second.getByLabel('谁接手').fill('李医生')
  await button(second, '确认交接').click()
  await second.getByText('由李医生接手').waitFor()
  const close = async () => {
    await second.getByLabel('发热门诊').check()
    await button(second, '结案').click()
    await button(second, '确认结案').click()
    await second.getByText('已结案').waitFor()
  }
  await close()
  // Closed by mistake, and a tick by mistake: both are taken back, and nothing is lost of it.
  await second.getByLabel('为什么重新打开').fill('点错了')
  await button(second, '重新打开').click()
  await second.getByText('未结案').waitFor()
  const distance = second.getByRole('button', { name: '保持距离，本人戴好口罩' })
  await distance.click()
  await until(
    () => distance.getAttribute('aria-pressed'),
    (pressed) => pressed === 'false',
  )
  await second.getByText('由李医生接手').waitFor()
  await close()
  await sync(second)
  await second.getByRole('link', { name: '返回' }).click()
  await second.locator('.gate').waitFor()
  expect(await second.getByText('异常处置 陈*华').count()).toBe(0)
  await secondContext.close()
  rmSync(other, { recursive: true, force: true })

  await sync(page)
  await page.getByText('已结案').waitFor()
  await atGate()
  expect(await page.getByText('异常处置 陈*华').count()).toBe(0)
})

test('a notice is read offline, and the community hears of it', async () => {
  await sendNotice(
    server.pool,
    COMMUNITY.id,
    { id: 'notice-1', title: '今晚消杀', text: '20点到21点从北门进出。\n请转告住户。', publishedAt: new Date().toISOString() },
    'test',
  )
  await atGate()
  await context.setOffline(true)
  await page.getByText('新通告 1').click()
  const text = page.getByText('20点到21点从北门进出。')
  expect(await text.textContent()).toContain('\n')
  expect(await text.evaluate((element) => getComputedStyle(element).whiteSpace)).toBe('pre-line')
  expect(await violations(page)).toEqual([])
  await key('标为已读').dblclick()
  await page.getByText('社区会收到').waitFor()
  await context.setOffline(false)
  expect(await newest('notice-read')).toMatchObject({ noticeId: 'notice-1' })
  expect(await countOf('notice-read')).toBe(1)
  await atGate()
  expect(await page.getByText('新通告 1').count()).toBe(0)
})

test('a shift is opened with a thermometer check and handed over with its counts, open cases and unsent records', async () => {
  await atGate()
  await page.getByText('开班').first().click()
  await page.getByLabel('它的读数').fill('36.2')
  await key('开班').click()
  await page.getByText('两个读数都要填').waitFor()
  await page.getByLabel('体温计读数').fill('36.5')
  await key('开班').dblclick()
  await page.getByText('偏差 +0.3，只记录不改数').waitFor()
  await key('签到').click()
  await page.getByLabel('姓名').fill('王志愿')
  await page.getByRole('dialog').getByRole('button', { name: '签到' }).dblclick()
  await page.getByRole('button', { name: '王志愿 · 志愿者', exact: true }).waitFor()
  await page.getByText('1 人次 · 已 0.0 小时，在岗').waitFor()
  expect(await violations(page)).toEqual([])
  expect(await newest('shift-opening')).toMatchObject({ thermometers: [{ thermometer: '额温枪1', offset: 0.3 }] })

  await openAt(page, `${server.url}/`)
  await choose(page, 140)
  await key('36.6').click()
  await page.locator('.last').getByText('可通行').waitFor()
  expect(await newest('check-in')).toMatchObject({ operator: '王志愿', measured: { celsius: 36.6, thermometer: '额温枪1' } })
  await choose(page, 141)
  await page.getByRole('button', { name: '37.3+' }).click()
  await key('37.4').click()
  await sync(page)
  await context.setOffline(true)
  await key('继续').click()
  await choose(page, 142)
  await key('36.6').click()
  await page.locator('.last').getByText('可通行').waitFor()
  await page.getByRole('button', { name: '更多', exact: true }).click()
  await page.getByRole('link', { name: '班次 · 换人' }).click()
  await page.getByRole('link', { name: '交接班' }).click()
  await page.getByText('未结：异常 0，等待复测 1').waitFor()
  await page.getByText(/3幢2单元141室 .* · 等待复测/).waitFor()
  await page.getByText('1 条', { exact: true }).waitFor()
  expect(await violations(page)).toEqual([])
  await key('双方确认，交班').click()
  const missing = page.getByText('请写接班人，或点“无人接班”。')
  await missing.waitFor()
  // The button stands at the foot wherever the page is; what it asks for is brought into sight, above it.
  const isInSight = async () => {
    const [told, foot] = await Promise.all([missing.boundingBox(), page.locator('.screen-foot').boundingBox()])
    return told !== null && foot !== null && told.y > 0 && told.y + told.height < foot.y
  }
  await until(isInSight, (seen) => seen)
  await page.getByLabel('口罩（只）').fill('40')
  await page.getByLabel('接班', { exact: true }).fill('李物业')
  await page.getByRole('group', { name: '身份' }).getByLabel('物业').check()
  expect(await violations(page)).toEqual([])
  await key('双方确认，交班').dblclick()
  await page.getByText('从现在起，登记人是李物业。').waitFor()
  await page.getByRole('link', { name: '把 1 件未结事项交给下一部手机' }).waitFor()
  await context.setOffline(false)
  const handed = await newest('hand-over')
  expect(handed).toMatchObject({
    from: '王志愿',
    to: '李物业',
    counts: { in: 3, out: 0, measured: 3, openRetests: 1, unsent: 1, personTimes: 1 },
    supplies: { masks: 40 },
    open: [{ kind: 'retest', place: '3幢2单元141室' }],
  })
  expect(await newest('attendance')).toMatchObject({ name: '李物业', as: 'property', direction: 'in' })
  // A glove taps twice: each is on record once; in, and out, and in.
  expect([await countOf('shift-opening'), await countOf('hand-over'), await countOf('attendance')]).toEqual([1, 1, 3])
})

test('where nobody takes over, the phone locks itself after it has said that it is signed', async () => {
  await open()
  await openAt(page, `${server.url}/shift`)
  await key('开班').click()
  await page.getByRole('link', { name: '交接班' }).click()
  await page.getByLabel('交班', { exact: true }).fill('李物业')
  await key('无人接班').click()
  await key('双方确认，交班').click()
  await page.getByText('15 秒后手机自动锁上。').waitFor()
  await page.getByRole('heading', { name: '已锁定' }).waitFor()
})

test('without the camera there are tiles: who passed last, and the households', async () => {
  await atGate()
  await choose(page, 149)
  await key('36.1').click()
  await page.locator('.last').getByText('可通行').waitFor()
  await page.getByRole('button', { name: '更多', exact: true }).click()
  await page.getByRole('button', { name: '不用摄像头（省电）' }).click()
  await page.getByRole('heading', { name: '最近通行' }).waitFor()
  await page.locator('.people .tile', { hasText: '3幢2单元150室' }).click()
  await page.getByText('谁要通行？').waitFor()
  await page.locator('.tile').first().click()
  await key('36.2').click()
  await page.locator('.last').getByText('可通行').waitFor()
  expect(await newest('check-in')).toMatchObject({ way: 'tile' })
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: '更多', exact: true }).click()
  await page.getByRole('button', { name: '用摄像头扫卡' }).click()
  await page.locator('.viewfinder').waitFor()
})

test('what the rules ask is what the gate does: in range by one tap, no reading on the way out, visitors barred, a quota', async () => {
  const later = { effectiveFrom: '2020-03-01T00:00:00+08:00' }
  await publish(
    aSet({ id: 'ranges', parameters: { reading: 'in-range', readingOn: 'in', visitors: 'barred', vehicles: 'free' }, ...later }),
  )
  await atGate()
  await choose(page, 160)
  await key('已测，正常').click()
  await page.locator('.last').getByText('已测正常').waitFor()
  expect(await newest('check-in')).toMatchObject({
    measured: { inRange: true, site: 'forehead' },
    rules: expect.stringContaining('ranges'),
  })

  await turnGate(page, '出')
  await choose(page, 161)
  await page.locator('.last').getByText('未测温 出').waitFor()
  expect(await newest('check-in')).toMatchObject({ measured: { reason: 'rule-asks-none' }, direction: 'out' })
  await turnGate(page, '进')

  // Cars are free; who sits in one is asked what a visitor on foot is.
  await key('车辆').click()
  await key('来访登记').click()
  await page.getByLabel('姓名').fill('冯生人')
  await page.getByRole('group', { name: '14天内到过重点地区吗？' }).getByLabel('否').check()
  await key('去测温').click()
  await page.getByText('现行规定不让外来人员进入').waitFor()
  await key('劝回，记一笔').click()
  await page.locator('.last').getByText('冯*人 劝回').waitFor()
  expect(await newest('turned-back')).toMatchObject({ why: 'visitors-barred', subject: { kind: 'visitor', name: '冯生人' } })

  await publish(aSet({ id: 'quota', parameters: { outingQuota: { people: 1, days: 2 } }, ...later }))
  await sync(page)
  await turnGate(page, '出')
  await key('查住户').click()
  for (const digit of '3-2-161') await key(digit).click()
  await page.locator('.found').nth(1).click()
  await page.getByText('这户的外出次数已用完').waitFor()
  await page.getByText('每户每 2 天可外出 1 人次').waitFor()
  await key('返回').click()
  await turnGate(page, '进')
  await publish(
    aSet({
      id: 'usual',
      parameters: { reading: 'tenth', readingOn: 'in-and-out', visitors: 'register', vehicles: 'register', outingQuota: 'off' },
      effectiveFrom: '2020-03-02T00:00:00+08:00',
    }),
  )
})

test('the open cases go to the next phone by codes, with no network', async () => {
  await atGate()
  await choose(page, 170)
  await page.getByRole('button', { name: '37.3+' }).click()
  await key('37.9').click()
  await page.getByRole('heading', { name: '请稍候' }).waitFor()
  await sync(page)
  await context.close()

  const other = mkdtempSync(join(tmpdir(), 'gatepost-next-'))
  const shown = film([''])
  const nextContext = await launchPhone(other, shown)
  const next = await nextContext.newPage()
  await activate(next, server.url, await anInvite(server.pool, { unitId: 'post-north-gate' }))
  await next.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  server.fault = 'down'
  await openAt(next, `${server.url}/shift/take`)
  const asking = await codesOn(next, 4)

  context = await launchPhone(profile, filmOf(asking))
  page = await context.newPage()
  await openAt(page, `${server.url}/shift/give`)
  // The next phone is a volunteer's, on no list that this one has: both show the same number.
  await page.getByText('这部手机不在名单上').waitFor({ timeout: 30_000 })
  const number = await next.getByText('这部手机的编号：').textContent()
  await page.getByText(`编号 ${number?.slice(-4)}`).waitFor()
  await page.getByRole('button', { name: /^是，交 \d+ 件$/ }).click()
  await page.getByText('把屏幕对着下一部手机').waitFor({ timeout: 30_000 })
  const parts = await codesOn(page, 32)

  writeFileSync(shown, readFileSync(filmOfEach(parts)), { flag: 'r+' })
  await button(next, '对方已扫，开始接收').click()
  await next.getByText(/来自 梧桐苑 南门 .*，不在名单上/).waitFor({ timeout: 60_000 })
  await next.getByRole('button', { name: /^是，接收 \d+ 件$/ }).click()
  await next.getByText(/已接收 \d+ 件/).waitFor()
  expect(await openCasesOn(next)).toBeGreaterThan(0)
  server.fault = 'none'
  await nextContext.close()
  rmSync(other, { recursive: true, force: true })
}, 180_000)

/** How many open cases of other phones lie on this one. */
const openCasesOn = (at: Page) =>
  at.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const open = indexedDB.open('gatepost')
        open.onerror = () => reject(open.error)
        open.onsuccess = () => {
          const counted = open.result.transaction('cases').objectStore('cases').index('open').count(1)
          counted.onsuccess = () => {
            open.result.close()
            resolve(counted.result)
          }
        }
      }),
  )

test('what else the rules ask is asked: a mask, an identity number, the platform, a wait of its own length, a band of its own', async () => {
  const parameters = {
    mask: 'required',
    visitorId: 'asked',
    unregistered: 'send-to-platform',
    retestAfter: 600_000,
    duplicateWindow: 0,
    bands: { ...BASE_RULES.bands, forehead: { ...BASE_RULES.bands.forehead, threshold: 37.0 } },
  } as const
  await publish(aSet({ id: 'strict', parameters, effectiveFrom: '2020-03-03T00:00:00+08:00' }))
  await atGate()
  await choose(page, 180)
  await key('未戴口罩').click()
  await key('36.5').click()
  await page.locator('.last').getByText('可通行').waitFor()
  expect(await newest('check-in')).toMatchObject({ noMask: true, rules: expect.stringContaining('strict') })
  // With no window the same person is measured again at once, and not asked whether they were just registered.
  await choose(page, 180)
  await key('36.6').click()
  await page.locator('.last').getByText('36.6').waitFor()

  await choose(page, 181)
  await page.getByRole('button', { name: '37.0+' }).click()
  await key('37.1').click()
  await page.getByRole('heading', { name: '请稍候' }).waitFor()
  await key('继续').click()
  // Ten minutes, not five.
  await page.locator('.chip-retest', { hasText: /9:\d\d|10:00/ }).waitFor()

  await key('来访').click()
  await page.getByLabel('身份证号').waitFor()
  await key('返回').click()
  // So is a stranger in a car that comes in.
  await turnGate(page, '进')
  await key('车辆').click()
  for (const sign of 'A98765') await key(sign).click()
  await key('车上是谁').click()
  await key('就按这样登记').click()
  await key('其他人').click()
  await page.getByLabel('身份证号').waitFor()
  await key('返回').click()
  await key('返回').click()
  await key('返回').click()
  await key('返宁').click()
  await page.getByRole('group', { name: '“宁归来”登记' }).getByLabel('未登记', { exact: true }).check()
  await page.getByText('请先到“宁归来”登记').waitFor()
  await publish(
    aSet({
      id: 'usual-again',
      parameters: {
        mask: 'not-asked',
        visitorId: 'not-asked',
        unregistered: 'note',
        retestAfter: 300_000,
        duplicateWindow: 60_000,
        bands: BASE_RULES.bands,
      },
      effectiveFrom: '2020-03-04T00:00:00+08:00',
    }),
  )
})
