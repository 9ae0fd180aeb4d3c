import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { shortCodeOf } from '../../src/domain/card'
import { anInvite, COMMUNITY, COMPOUND, SOUTH_GATE } from '../support/community'
import { until } from '../support/until'
import { launchPhone } from './support/chromium'
import { aCard, aGate, personCard } from './support/community'
import { film, filmOf } from './support/fake-camera'
import { activate, checkInByUnit, choosePin, countersOf, openAt, PIN, toGate, unlock, untilOfflineReady } from './support/gate-page'
import { aServer, type TestServer } from './support/server'
import { codesOn } from './support/shown-codes'

let server: TestServer
const folders: string[] = []
const contexts: BrowserContext[] = []

beforeAll(async () => {
  server = await aServer()
  await aGate(server.pool)
})
afterEach(async () => {
  server.fault = 'none'
  for (const context of contexts.splice(0)) await context.close().catch(() => undefined)
})
afterAll(async () => {
  await server?.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A phone; the same folder again is the same phone. */
async function aPhone(shows = film(['']), folder = mkdtempSync(join(tmpdir(), 'gatepost-profile-'))) {
  folders.push(folder)
  const context = await launchPhone(folder, shows)
  contexts.push(context)
  return { folder, context, page: await context.newPage() }
}

const key = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const untilUploaded = (page: Page) =>
  until(
    () => countersOf(page),
    ({ waiting }) => waiting === 0,
    30_000,
  )
const held = async (kind = 'check-in') =>
  Number((await server.pool.query('select count(*) from operations where kind = $1', [kind])).rows[0].count)

test('a wrong clock locks no volunteer out: three hours slow, the phone is activated, records and uploads', async () => {
  const { page } = await aPhone()
  // Only the date is wrong: timers are the machine's own, so that a busy one does not stop them.
  await page.addInitScript((slow) => {
    globalThis.Date = new Proxy(Date, {
      construct: (real, given) => Reflect.construct(real, given.length === 0 ? [real.now() - slow] : given),
      get: (real, name) => (name === 'now' ? () => real.now() - slow : Reflect.get(real, name)),
    })
  }, 3 * 3_600_000)
  await activate(page, server.url, await anInvite(server.pool))
  await checkInByUnit(page, 150)
  await untilUploaded(page)
  await page.getByText('手机时间慢了').waitFor()
}, 120_000)

test('a PIN that is too simple or not the same twice is not taken; a wrong one is said so, and five of them make it wait', async () => {
  const { page } = await aPhone()
  await page.goto(`${server.url}/activate#${await anInvite(server.pool)}`)
  await key(page, '激活').click()
  const type = async (pin: string) => {
    await page.locator('.pin-input').fill(pin)
    await page.keyboard.press('Enter')
  }
  await type('123456')
  await page.getByText('太容易猜了').waitFor()
  await type('907163')
  await page.getByLabel('再输一次').first().waitFor()
  await type('907164')
  await page.getByText('两次不一样').waitFor()
  await choosePin(page)
  await page.getByRole('heading', { name: '检查手机' }).waitFor()
  await page.goto(server.url)
  for (let i = 0; i < 4; i++) {
    await page.locator('.pin-input').waitFor()
    await type('111222')
    await page.getByText('PIN 不对').waitFor()
  }
  await type('111222')
  await page.getByText('请等').waitFor()
  // A kill gives no try back.
  await page.reload()
  await page.locator('.pin-input').waitFor()
  await type(PIN)
  await page.getByText('请等').waitFor()
}, 120_000)

test('the log is locked after two minutes while the gate works on; locked by hand, what waits goes up sealed', async () => {
  const { page } = await aPhone()
  await page.clock.install()
  await activate(page, server.url, await anInvite(server.pool))
  await untilOfflineReady(page)
  await checkInByUnit(page, 151)
  await page.locator('a[href="/log"]').click()
  await page.getByText('151室').waitFor()
  await page.clock.fastForward(121_000)
  await page.getByRole('heading', { name: '看记录要 PIN' }).waitFor()
  expect(await page.getByText('151室').count()).toBe(0)
  await page.locator('a[href="/"]').first().click()
  await checkInByUnit(page, 152)
  await page.locator('a[href="/log"]').click()
  await page.getByRole('heading', { name: '看记录要 PIN' }).waitFor()
  await unlock(page)
  await page.getByText('152室').waitFor()
  await untilUploaded(page)
  server.fault = 'down'
  const before = await held()
  await page.locator('a[href="/"]').first().click()
  await checkInByUnit(page, 153)
  await page.locator('.strip').click()
  await page.locator('a[href="/lock"]').click()
  await key(page, '现在锁上').click()
  await page.getByRole('heading', { name: '已锁定' }).waitFor()
  server.fault = 'none'
  await page.clock.fastForward(400_000)
  await until(held, (count) => count === before + 1, 30_000)
  expect(await page.getByRole('heading', { name: '已锁定' }).count()).toBe(1)
  const { rows } = await server.pool.query(
    "select payload->'subject' as subject from operations where kind = 'check-in' order by received_at desc limit 1",
  )
  expect(rows[0].subject.residentId).toMatch(/^home-52-/)
}, 180_000)

test('what a copied storage shows: no name, phone, unit, operator or reading, in no file of the profile', async () => {
  const { folder, context, page } = await aPhone()
  await activate(page, server.url, await anInvite(server.pool))
  await untilOfflineReady(page)
  await openAt(page, `${server.url}/settings`)
  await page.getByLabel('加一个姓名').fill('慕容PLANTEDOPERATOR')
  await key(page, '加上').click()
  await toGate(page, server.url)
  server.fault = 'down'
  await checkInByUnit(page, 154, '36.7')
  await key(page, '更多').click()
  await key(page, '未列入名单').click()
  await page.getByLabel('姓名或称呼').fill('司徒PLANTEDVISITOR')
  await key(page, '去测温').click()
  await page.getByRole('button', { name: '36.8', exact: true }).click()
  await page.locator('.last').getByText('可通行').waitFor()
  await page.locator('a[href="/log"]').click()
  await page.getByText('154室').waitFor()
  // The same search finds what does lie there in the clear.
  await page.evaluate(
    () =>
      new Promise<void>((done, failed) => {
        const open = indexedDB.open('control', 1)
        open.onupgradeneeded = () => open.result.createObjectStore('rows')
        open.onerror = () => failed(open.error)
        open.onsuccess = () => {
          const writing = open.result.transaction('rows', 'readwrite')
          writing.objectStore('rows').put({ name: '欧阳CONTROLNAME', ascii: 'CONTROLASCII' }, 1)
          writing.oncomplete = () => done()
        }
      }),
  )
  await page.goto(server.url)
  await page.getByRole('heading', { name: '已锁定' }).waitFor()
  await context.close()
  server.fault = 'none'
  const files = filesBelow(folder)
  const found = (text: string) =>
    files.filter(({ bytes }) => ['utf8', 'utf16le'].some((form) => bytes.includes(Buffer.from(text, form as BufferEncoding))))
  expect(found('CONTROLASCII').length).toBeGreaterThan(0)
  expect(found('欧阳CONTROLNAME').length).toBeGreaterThan(0)
  const planted = [
    'PLANTEDOPERATOR',
    'PLANTEDVISITOR',
    '慕容',
    '司徒',
    '建华',
    '139000000',
    '154室',
    '"room":"154"',
    'celsius',
    'residentId',
  ]
  for (const text of planted) expect([text, found(text).map(({ path }) => path)]).toEqual([text, []])
}, 180_000)

function filesBelow(folder: string): { path: string; bytes: Buffer }[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return filesBelow(path)
    // The app's own code and pages are no secret, and speak of thermometers.
    return statSync(path).isFile() && !/CacheStorage|Code Cache|[\\/]Cache[\\/]|ScriptCache|GPUCache|component_crx/.test(path)
      ? [{ path, bytes: readFileSync(path) }]
      : []
  })
}

test('a forgotten PIN: the lead phone gives it back by two codes, with no network, and nothing that waits is lost', async () => {
  const lead = await aPhone()
  await activate(lead.page, server.url, await anInvite(server.pool, { role: 'lead', unitId: COMPOUND }))
  await untilOfflineReady(lead.page)
  await lead.context.close()
  const shows = film([''])
  const own = await aPhone(shows)
  await activate(own.page, server.url, await anInvite(server.pool))
  await untilOfflineReady(own.page)
  server.fault = 'down'
  await own.page.goto(server.url)
  await unlock(own.page)
  await checkInByUnit(own.page, 155)
  await own.page.goto(server.url)
  await key(own.page, '忘记 PIN').click()
  await own.page.locator('.choice-option').first().click()
  const question = await codesOn(own.page, 4)
  expect(question[0]?.length).toBeGreaterThan(21)

  const helping = await aPhone(filmOf(question), lead.folder)
  await openAt(helping.page, `${server.url}/manage/reset`)
  await key(helping.page, '帮他重设').click({ timeout: 30_000 })
  const answer = await codesOn(helping.page, 4)
  await helping.context.close()

  // Chromium plays the film from its file, over and over: written over in place, it shows the lead's answer.
  writeFileSync(shows, readFileSync(filmOf(answer)), { flag: 'r+' })
  await key(own.page, '扫组长的码').click()
  await own.page.getByLabel('新的 PIN').first().waitFor({ timeout: 30_000 })
  await choosePin(own.page, '551902')
  await own.page.locator('.gate').waitFor()
  expect(await countersOf(own.page)).toMatchObject({ waiting: 1, rejected: 0 })
  server.fault = 'none'
  await own.page.goto(server.url)
  await unlock(own.page, '551902')
  await untilUploaded(own.page)
}, 180_000)

test("the phone's own lock instead of a PIN: its secret opens, and no PIN is left on the phone", async () => {
  const { context, page } = await aPhone()
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await activate(page, server.url, await anInvite(server.pool))
  await openAt(page, `${server.url}/lock`)
  await key(page, '改用指纹或手机密码').click()
  await page.locator('.pin-input').fill(PIN)
  await page.keyboard.press('Enter')
  await page.getByText('以后用手机自己的锁解锁').waitFor()
  await page.goto(server.url)
  await key(page, '用指纹或手机密码解锁').click()
  await page.locator('.gate').waitFor()
  const lock = await page.evaluate(
    () =>
      new Promise<object>((done) => {
        const open = indexedDB.open('gatepost-identity')
        open.onsuccess = () => {
          const asked = open.result.transaction('values').objectStore('values').get('lock')
          asked.onsuccess = () => done(Object.keys(asked.result))
        }
      }),
  )
  expect(lock).not.toContain('pin')
  expect(lock).toContain('platform')
}, 120_000)

test('a phone that is switched off hands in what it holds, shows that it was cleared, and the admin takes the records in', async () => {
  const admin = await aPhone()
  await activate(admin.page, server.url, await anInvite(server.pool, { role: 'admin', unitId: COMMUNITY.id }))
  const lost = await aPhone()
  await activate(lost.page, server.url, await anInvite(server.pool))
  const name = await lost.page.evaluate(
    () =>
      new Promise<string>((done) => {
        const open = indexedDB.open('gatepost-identity')
        open.onsuccess = () => {
          const asked = open.result.transaction('values').objectStore('values').get('identity')
          asked.onsuccess = () => done(asked.result.deviceId)
        }
      }),
  )
  await untilUploaded(lost.page)
  server.fault = 500
  await checkInByUnit(lost.page, 156)
  const before = await held()
  // Switched off before the phone has tried again.
  await openAt(admin.page, `${server.url}/manage/phones`)
  const row = admin.page.locator('.phones > li', { hasText: name.slice(0, 6) })
  await row.getByRole('button', { name: '停用' }).click()
  await admin.page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  await row.getByText('停用，记录还没有交完').waitFor()
  server.fault = 'none'
  await openAt(lost.page, server.url)
  await lost.page.getByRole('heading', { name: '这部手机已清空' }).waitFor({ timeout: 60_000 })
  expect(await lost.page.evaluate(async () => (await indexedDB.databases()).map((each) => each.name))).not.toContain('gatepost')
  expect(await held()).toBe(before)
  await openAt(admin.page, `${server.url}/manage/phones`)
  await row.getByText('已清空').waitFor()
  await row.getByRole('link').click()
  await admin.page.getByRole('button', { name: /都收下/ }).click()
  await until(held, (count) => count === before + 1, 10_000)
  await admin.page.getByText('没有要核对的记录').waitFor()
  await openAt(admin.page, `${server.url}/manage/trail`)
  await admin.page.getByText('收下停用手机的记录').waitFor()
  await lost.page.getByRole('button', { name: '重新激活' }).click()
  await key(lost.page, '激活').waitFor()
}, 180_000)

test('an invite made on a lead phone lets one more phone in', async () => {
  const lead = await aPhone()
  await activate(lead.page, server.url, await anInvite(server.pool, { role: 'lead', unitId: COMPOUND }))
  await openAt(lead.page, `${server.url}/manage/invite`)
  await lead.page.getByRole('radio', { name: /北门/ }).check()
  await key(lead.page, '生成激活码').click()
  const code = ((await lead.page.locator('.invite-code').textContent()) ?? '').replaceAll('-', '')
  const volunteer = await aPhone()
  await activate(volunteer.page, server.url, code)
  await volunteer.page.getByText('北门').first().waitFor()
}, 120_000)

test('a blank card is given to a household offline, and holds at once; lost, it holds no longer; the server hears of both later', async () => {
  const id = personCard(4100)
  await server.pool.query(
    `insert into cards (community_id, card_id, short_code, kind, compound_id, issued_at, expires_at) values ($1, $2, $3, 'blank', $4, now(), now() + interval '90 days')`,
    [COMMUNITY.id, id, 'BLANK001', COMPOUND],
  )
  const { page } = await aPhone(film([await aCard(server.pool, id, { kind: 'blank' })]))
  await activate(page, server.url, await anInvite(server.pool))
  await untilOfflineReady(page)
  server.fault = 'down'
  await toGate(page, server.url)
  await page.locator('.problem-card').getByRole('button', { name: '绑定到住户' }).click({ timeout: 30_000 })
  for (const digit of '3-2-160') await key(page, digit).click()
  await page.locator('.found').first().click()
  await page.getByRole('dialog').getByRole('button', { name: '绑定到住户' }).click()
  await page.locator('.tile').first().waitFor()
  await toGate(page, server.url)
  await page.getByRole('heading', { name: '3幢2单元160室' }).waitFor({ timeout: 30_000 })
  await key(page, '卡丢了，停用旧卡').click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(shortCodeOf(id)) })
    .click()
  await page.getByText(`卡 ${shortCodeOf(id)} 已停用`).waitFor()
  await toGate(page, server.url)
  await page.getByRole('alert').getByText('这张卡已停用').waitFor({ timeout: 30_000 })
  server.fault = 'none'
  await openAt(page, `${server.url}/status`)
  await key(page, '立即上传').click()
  await until(
    () => held('card-binding'),
    (count) => count === 1,
    30_000,
  )
  const { rows } = await server.pool.query('select household_id, revoked_at from cards where card_id = $1', [id])
  expect(rows[0]).toMatchObject({ household_id: 'home-59', revoked_at: expect.any(Date) })
}, 120_000)

test('cards and poster are printed from the phone that may', async () => {
  const { page } = await aPhone()
  await activate(page, server.url, await anInvite(server.pool, { role: 'admin', unitId: COMMUNITY.id }))
  await openAt(page, `${server.url}/manage/cards`)
  await page.getByLabel('几张').fill('9')
  await key(page, '生成并排版').click()
  await page.locator('.sheet-card').nth(8).waitFor()
  const sheet = await page.pdf({ format: 'A4', printBackground: true })
  expect((sheet.toString('latin1').match(/\/Type \/Page[^s]/g) ?? []).length).toBe(2)
  await openAt(page, `${server.url}/manage/poster`)
  await page.getByText(COMMUNITY.collectingBody).first().waitFor()
  expect(SOUTH_GATE).toBeTruthy()
}, 120_000)

test('signing out is refused while something is unsent; then it leaves nothing, and says so to the server', async () => {
  const { page } = await aPhone()
  await activate(page, server.url, await anInvite(server.pool))
  server.fault = 500
  await checkInByUnit(page, 157)
  await page.locator('.strip').click()
  await page.locator('a[href="/lock"]').click()
  const clear = async () => {
    await key(page, '退出并清空这部手机').click()
    await page.getByRole('dialog').getByRole('button', { name: '清空', exact: true }).click()
  }
  await clear()
  await page.getByText('还有 1 条没有上传').waitFor()
  server.fault = 'none'
  await openAt(page, `${server.url}/status`)
  await key(page, '立即上传').click()
  await untilUploaded(page)
  await page.locator('a[href="/lock"]').click()
  const wiped = async () => Number((await server.pool.query('select count(*) from devices where wiped_at is not null')).rows[0].count)
  const before = await wiped()
  await clear()
  await page.getByRole('heading', { name: '这部手机已清空' }).waitFor()
  expect(await wiped()).toBe(before + 1)
  await page.reload()
  await page.getByLabel('激活码').first().waitFor()
}, 120_000)

test('masked until asked: name and phone show for ten seconds, and that somebody looked is on record', async () => {
  const { page } = await aPhone()
  await page.clock.install()
  await activate(page, server.url, await anInvite(server.pool))
  await checkInByUnit(page, 158)
  await page.locator('a[href="/log"]').click()
  await page.getByText('158室').click()
  await page.getByRole('button', { name: /显示全名和电话/ }).waitFor()
  expect(await page.locator('main').textContent()).not.toMatch(/建华|139\d{8}/)
  const before = await held('access')
  await page.getByRole('button', { name: /显示全名和电话/ }).click()
  await page.getByText(/.建华 139\d{8}/).waitFor()
  await page.clock.fastForward(10_100)
  await page.getByText(/.建华 139\d{8}/).waitFor({ state: 'detached' })
  await until(
    () => held('access'),
    (count) => count === before + 1,
    30_000,
  )
  const { rows } = await server.pool.query('select what, about from trail order by entry_no desc limit 1')
  expect(rows[0]).toMatchObject({ what: 'record-revealed', about: expect.stringMatching(/^[0-9a-f-]{36}$/) })
}, 120_000)

test('away from the gate for half an hour, the phone locks itself fully; a week unseen, it shows no names until it was seen again', async () => {
  const { page } = await aPhone()
  await page.clock.install()
  await activate(page, server.url, await anInvite(server.pool))
  await untilOfflineReady(page)
  await page.locator('.strip').click()
  await page.clock.fastForward(31 * 60_000)
  await page.getByRole('heading', { name: '已锁定' }).waitFor()
  server.fault = 'down'
  await page.clock.fastForward(8 * 86_400_000)
  await toGate(page, server.url)
  await key(page, '查住户').click()
  await page.getByText('住户名单暂不显示').waitFor()
  await page.getByRole('textbox').fill('3-2-1')
  expect(await page.locator('.found').count()).toBe(0)
  server.fault = 'none'
  await openAt(page, `${server.url}/status`)
  await page.clock.fastForward(400_000)
  await key(page, '立即上传').click()
  await page.locator('a[href="/"]').first().click()
  await key(page, '查住户').click()
  await page.getByRole('textbox').fill('3-2-159')
  await page.locator('.found').first().waitFor({ timeout: 30_000 })
}, 120_000)

test('with the app closed, the browser wakes the service worker: what waits goes up sealed', async () => {
  const { context, page } = await aPhone()
  await activate(page, server.url, await anInvite(server.pool))
  await untilOfflineReady(page)
  const devtools = await context.newCDPSession(page)
  let registrationId = ''
  devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    registrationId = registrations[0]?.registrationId ?? registrationId
  })
  await devtools.send('ServiceWorker.enable')
  await toGate(page, server.url)
  server.fault = 500
  await checkInByUnit(page, 159)
  const before = await held()
  await page.goto(`${server.url}/healthz`)
  server.fault = 'none'
  await until(
    async () => registrationId,
    (id) => id !== '',
    5_000,
  )
  await devtools.send('ServiceWorker.dispatchSyncEvent', { origin: server.url, registrationId, tag: 'gatepost-push', lastChance: false })
  await until(held, (count) => count === before + 1, 30_000)
}, 120_000)
