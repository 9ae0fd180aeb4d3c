import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aCommunity, anInvite, COMPOUND, SOUTH_GATE } from '../support/community'
import { until } from '../support/until'
import { violations } from './support/axe'
import { launchPhone } from './support/chromium'
import { choosePin, countersOf, openAt, toGate, untilOfflineReady } from './support/gate-page'
import { aServer, type TestServer } from './support/server'

let server: TestServer
let profile: string
let context: BrowserContext
let page: Page

beforeAll(async () => {
  server = await aServer()
  await aCommunity(server.pool)
  profile = mkdtempSync(join(tmpdir(), 'gatepost-profile-'))
  context = await launchPhone(profile)
  page = await context.newPage()
})
afterAll(async () => {
  await context?.close()
  await server?.close()
  rmSync(profile, { recursive: true, force: true })
})

const key = (name: string) => page.getByRole('button', { name, exact: true })

test('with no server reachable a post is set up and works at once', async () => {
  await page.goto(server.url)
  await untilOfflineReady(page)
  server.fault = 'down'
  await page.goto(`${server.url}/local`)
  await key('建好，开始登记').click()
  expect(await page.getByText('这一项要填').count()).toBeGreaterThan(0)
  await page.getByLabel('值守点名称').fill('南门')
  await page.getByLabel('小区或村名（可以不填）').fill('梧桐苑')
  await page.getByLabel('收集单位').fill('石榴坊社区居委会')
  await page.getByLabel('联系方式').fill('025-00000000')
  await page.getByLabel('无物业').check()
  await page.getByLabel('不封闭').check()
  await page.getByLabel('责任人（姓名、电话）').fill('陈立新 13800000000')
  await page.getByLabel('南京2020年2月通告').check()
  expect(await violations(page)).toEqual([])
  await key('建好，开始登记').click()
  await choosePin(page)
  await page.getByRole('heading', { name: '检查手机' }).waitFor()
  await toGate(page, server.url)
  await page.getByText('责任人 陈立新 13800000000').waitFor()
  await openAt(page, `${server.url}/status`)
  await page.getByText('2月21日起：无物业小区').first().waitFor()
  await page.getByRole('link', { name: '打印值守点公示' }).click()
  await page.getByText('本小区责任人：陈立新 13800000000').waitFor()
  // No page of this post can be reached by a visitor's phone yet.
  expect(await page.locator('.poster-visit').count()).toBe(0)
})

test('a forwarded list becomes the roster of the post: faulty rows are told, nothing is half done', async () => {
  const file = join(profile, '名单.csv')
  writeFileSync(file, '姓名,房号,手机\n张建华,3-2-501,13812345678\n王芳,3-2-502,13900001111\n无名,某处,\n')
  await openAt(page, `${server.url}/roster`)
  await page.locator('input[type=file]').setInputFiles(file)
  await page
    .getByText(/某处|第 ?4 ?行/)
    .first()
    .waitFor()
  expect(await countersOf(page)).toMatchObject({ lastSeq: 0 })
  writeFileSync(file, '姓名,房号,手机\n张建华,3-2-501,13812345678\n王芳,3-2-502,13900001111\n')
  await openAt(page, `${server.url}/roster`)
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('button', { name: /导入/ }).last().click()
  await until(
    () => countersOf(page),
    ({ waiting }) => waiting === 1,
  )
})

test('residents of that list are found by pinyin, and their passages kept', async () => {
  await toGate(page, server.url)
  await key('查住户').click()
  await page.getByRole('textbox').fill('zjh')
  await page.locator('.found').first().click()
  await key('36.4').click()
  await page.locator('.last').getByText('可通行').waitFor()
  expect(await countersOf(page)).toMatchObject({ waiting: 2 })
})

test('joined later, every record is on the server, at the post that the local one has become', async () => {
  server.fault = 'none'
  const code = await anInvite(server.pool, { role: 'lead', unitId: SOUTH_GATE })
  await openAt(page, `${server.url}/activate#${code}`)
  await key('激活，并入社区').click()
  await until(
    () => countersOf(page),
    ({ waiting, rejected, accepted }) => waiting === 0 && rejected === 0 && accepted === 2,
  )
  const { rows } = await server.pool.query('select kind, post_id from operations order by seq')
  expect(rows).toEqual([
    { kind: 'roster-import', post_id: SOUTH_GATE },
    { kind: 'check-in', post_id: SOUTH_GATE },
  ])
  const roster = await server.pool.query('select payload from roster_pages where compound_id = $1', [COMPOUND])
  expect(roster.rows[0].payload.households).toHaveLength(2)
})
