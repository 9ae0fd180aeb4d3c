import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardIdOf, shortCodeOf } from '../../src/domain/card'
import type { CompoundId, HouseholdId, PostId } from '../../src/domain/ids'
import { addUnit } from '../../src/server/database/communities'
import { addPost } from '../../src/server/database/posts'
import { putRoster } from '../../src/server/database/rosters'
import { anInvite, aRoster, COMMUNITY } from '../support/community'
import { until } from '../support/until'
import { violations } from './support/axe'
import { launchPhone } from './support/chromium'
import { aCard, aGate, aRosterOf } from './support/community'
import { film } from './support/fake-camera'
import { activate, choosePin, countersOf, toGate, untilOfflineReady } from './support/gate-page'
import { aServer, type TestServer } from './support/server'

const VILLAGE = 'wantou'
const GATE = 'wantou-gate' as PostId
const CARD = cardIdOf(Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 1))

let server: TestServer
let profile: string
let context: BrowserContext
let page: Page

beforeAll(async () => {
  server = await aServer()
  await aGate(server.pool)
  await addUnit(server.pool, COMMUNITY.id, {
    id: VILLAGE,
    parentId: COMMUNITY.id,
    kind: 'compound',
    name: '湾头组',
    details: { management: 'village' },
  })
  await addPost(server.pool, COMMUNITY.id, { id: GATE, name: '村口', type: 'village-gate', parentId: VILLAGE })
  await server.pool.query(
    `insert into cards (community_id, card_id, short_code, kind, compound_id, issued_at, expires_at) values ($1, $2, $3, 'blank', $4, now(), now() + interval '90 days')`,
    [COMMUNITY.id, CARD, shortCodeOf(CARD), VILLAGE],
  )
  profile = mkdtempSync(join(tmpdir(), 'gatepost-village-'))
})
afterAll(async () => {
  await context?.close()
  await server?.close()
  rmSync(profile, { recursive: true, force: true })
})

const key = (name: string) => page.getByRole('button', { name, exact: true })

test('a village with no list and no signal: a blank card makes the first household, tiles do the rest, and the server hears of it all', async () => {
  context = await launchPhone(profile, film([await aCard(server.pool, CARD, { kind: 'blank' })]))
  page = await context.newPage()
  await page.goto(`${server.url}/activate#${await anInvite(server.pool, { unitId: GATE })}`)
  await key('激活').click()
  await choosePin(page)
  await page.getByRole('heading', { name: '检查手机' }).waitFor()
  await toGate(page, server.url)
  await untilOfflineReady(page)
  await page.getByText('还没有住户名单。').waitFor()
  server.fault = 'down'
  await key('更多').click()
  await page.getByRole('button', { name: '用摄像头扫卡' }).click()
  await page.locator('.problem-card').getByRole('button', { name: '绑定到住户' }).click({ timeout: 30_000 })
  for (const digit of '12') await key(digit).click()
  await page.getByRole('button', { name: '新建一户：12' }).click()
  await page.getByLabel('家里有谁').fill('王大爷 李大妈')
  await page.getByRole('dialog').getByRole('button', { name: '绑定到住户' }).click()
  await page.getByRole('button', { name: '王*爷' }).click()
  await key('36.3').click()
  await page.locator('.last').getByText('王*爷').waitFor()

  // The next day the camera stays off.
  await toGate(page, server.url)
  await page.getByText('12号').first().waitFor({ timeout: 30_000 })
  await key('返回').click()
  await page.getByRole('button', { name: '更多', exact: true }).click()
  await page.getByRole('button', { name: '不用摄像头（省电）' }).click()
  await page.locator('.people').getByRole('button', { name: '12号', exact: true }).click()
  await page.getByRole('button', { name: '李*妈' }).click()
  await key('36.2').click()
  await page.locator('.last').getByText('李*妈').waitFor()

  // A household without a card, and a member more.
  await page.locator('.people').getByRole('button', { name: '新建一户' }).click()
  await page.getByLabel('门牌或房号').fill('13')
  await page.getByLabel('家里有谁').fill('孙七')
  await page.getByRole('dialog').getByRole('button', { name: '建好，登记这家' }).click()
  await key('添加家人').click()
  await page.getByLabel('家里有谁').fill('孙老太')
  expect(await violations(page)).toEqual([])
  await key('添加').click()
  await page.getByRole('button', { name: '孙*太' }).click()
  await key('36.4').click()
  await page.locator('.last').getByText('孙*太').waitFor()

  server.fault = 'none'
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await until(
    () => countersOf(page),
    ({ waiting, rejected }) => waiting === 0 && rejected === 0,
    60_000,
  )
  const { rows } = await server.pool.query('select payload from roster_pages where compound_id = $1', [VILLAGE])
  expect(rows.flatMap(({ payload }) => payload.households)).toMatchObject([
    { address: { room: '12' }, residents: [{ name: '王大爷' }, { name: '李大妈' }], cards: [{ id: CARD }] },
    { address: { room: '13' }, residents: [{ name: '孙七' }, { name: '孙老太' }], cards: [] },
  ])
  const card = await server.pool.query('select household_id from cards where card_id = $1', [CARD])
  expect(card.rows[0].household_id).toBe(rows[0].payload.households[0].id)
}, 180_000)

test('a village of more households than fit says how many more there are; unseen by its server for a week it says why there is no list, and how people pass', async () => {
  const households = Array.from({ length: 70 }, (_, i) => ({
    id: `v-${i}` as HouseholdId,
    address: { building: '', unit: '', room: String(i + 1) },
    plates: [],
    residents: [],
    cards: [],
  }))
  await putRoster(server.pool, COMMUNITY.id, VILLAGE as CompoundId, [{ compoundId: VILLAGE as CompoundId, page: 0, households }])
  await toGate(page, server.url)
  await page.getByRole('button', { name: '还有 10 户，按号查找' }).click({ timeout: 30_000 })
  for (const digit of '70') await key(digit).click()
  await page.locator('.found').getByText('70号').waitFor()

  server.fault = 'down'
  await context.close()
  context = await launchPhone(profile)
  await context.addInitScript(() => {
    const real = Date.now
    Date.now = () => real() + 8 * 86_400_000
  })
  page = await context.newPage()
  await toGate(page, server.url)
  await page.getByText('住户名单暂不显示').waitFor()
  expect(await violations(page)).toEqual([])
  await page.locator('.people').getByRole('button', { name: '未列入名单' }).click()
  await page.getByLabel('姓名或称呼').waitFor()
  server.fault = 'none'
}, 120_000)

test('a resident whom the roster says to be away is asked about the journey once; from a key area, isolation is proposed and nobody decides it', async () => {
  const away = aRosterOf(3)
  const [home, ...others] = away.households
  if (!home) throw new Error('no household')
  const [first, ...family] = home.residents
  if (!first) throw new Error('no resident')
  await aRoster(server.pool, [{ ...away, households: [{ ...home, residents: [{ ...first, away: true }, ...family] }, ...others] }])
  const folder = mkdtempSync(join(tmpdir(), 'gatepost-away-'))
  await context.close()
  context = await launchPhone(folder)
  page = await context.newPage()
  await activate(page, server.url, await anInvite(server.pool))
  const choose = async () => {
    await key('查住户').click()
    for (const digit of '3-2-101') await key(digit).click()
    await page.locator('.found').first().click()
  }
  await choose()
  await page.getByText('请登记 · 近期是否离宁？').waitFor()
  await key('离宁返回，填登记表').click()
  await page.getByText('张*华').waitFor()
  await page.getByLabel('从哪里来').fill('湖北省黄冈市黄梅县')
  await page.getByLabel('自驾').check()
  await page.getByRole('group', { name: '“宁归来”登记' }).getByLabel('未登记').check()
  await page.getByRole('group', { name: '住过重点地区，或接触过那里来的人？' }).getByLabel('是').check()
  await page.getByText('会建议社区安排隔离观察').waitFor()
  await key('去测温').click()
  await page.getByText('本小区住户 · 请测温').waitFor()
  await key('36.4').click()
  await page.locator('.last').getByText('可通行').waitFor()
  await choose()
  await page.getByText('同一个人 60 秒内不重复登记。').waitFor()
  await key('仍要登记一次').click()
  await page.getByText('本小区住户 · 请测温').waitFor()
  const { rows } = await until(
    () => server.pool.query("select payload from operations where kind = 'arrival'"),
    ({ rowCount }) => rowCount === 1,
  )
  expect(rows.map(({ payload }) => payload)).toMatchObject([
    { name: '张建华', residentId: first.id, platform: 'not-registered', keyArea: true, means: 'car', source: 'post' },
  ])
  await context.close()
  rmSync(folder, { recursive: true, force: true })
}, 120_000)
