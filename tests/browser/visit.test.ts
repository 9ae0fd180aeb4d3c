import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../support/until'
import { violations } from './support/axe'
import { launchPhone } from './support/chromium'
import { aGate } from './support/community'
import { filmOf } from './support/fake-camera'
import { activate, countersOf, toGate } from './support/gate-page'
import { aServer, type TestServer } from './support/server'
import { codesOn } from './support/shown-codes'

let server: TestServer
let invite: string
const folders: string[] = []
const contexts: BrowserContext[] = []

beforeAll(async () => {
  server = await aServer()
  invite = await aGate(server.pool)
})
afterAll(async () => {
  for (const context of contexts) await context.close()
  await server?.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

async function aPage(film?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'gatepost-profile-'))
  folders.push(folder)
  const context = await launchPhone(folder, film)
  contexts.push(context)
  return context.newPage()
}

test('a visitor fills in the form on their own phone; nothing of it goes over a network; the gate scans the code', async () => {
  const visitor = await aPage()
  const complaints: string[] = []
  visitor.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  visitor.on('pageerror', (error) => complaints.push(error.message))
  await visitor.goto(`${server.url}/visit`)
  await visitor.getByRole('heading', { name: '来访登记' }).waitFor()
  await visitor.waitForLoadState('networkidle')
  const requests: string[] = []
  visitor.on('request', (request) => requests.push(request.url()))
  expect(await violations(visitor)).toEqual([])
  expect(await visitor.title()).toBe('来访登记')

  const make = visitor.getByRole('button', { name: '生成码' })
  await visitor.getByLabel('身份证号').scrollIntoViewIfNeeded()
  await make.click()
  await visitor.getByText('请回答这一项。').waitFor()
  // The name is the first of what is missing: from the foot of the form it comes into sight.
  await until(
    () => visitor.getByLabel('姓名').evaluate((field) => field === document.activeElement && field.getBoundingClientRect().top > 0),
    (isInSight) => isInSight,
  )
  await visitor.getByText('请填姓名。').waitFor()
  expect(await violations(visitor)).toEqual([])
  await visitor.getByLabel('姓名').fill('司徒远方')
  await visitor.getByText('请填姓名。').waitFor({ state: 'detached' })
  await visitor.getByLabel('手机号').fill('139')
  await visitor.getByLabel('去哪家').fill('3-2-105')
  await visitor.getByLabel('探亲访友').check()
  await visitor.getByRole('group', { name: '14天内到过重点地区吗？' }).getByLabel('否').check()
  await make.click()
  await visitor.getByText('手机号应是 11 位').waitFor()
  await visitor.getByLabel('手机号').fill('13900005678')
  await make.click()
  await visitor.getByText('请给值守志愿者扫这个码').waitFor()
  expect(await violations(visitor)).toEqual([])
  const pictures = await codesOn(visitor, 4)
  expect(requests).toEqual([])
  expect(complaints).toEqual([])
  expect(await visitor.evaluate(() => navigator.serviceWorker.getRegistrations().then((found) => found.length))).toBe(0)

  const gate = await aPage(filmOf(pictures))
  await activate(gate, server.url, invite)
  await toGate(gate, server.url)
  await gate.getByText('来访人自己填的，请核对').waitFor({ timeout: 30_000 })
  expect(await gate.getByLabel('姓名').inputValue()).toBe('司徒远方')
  expect(await gate.getByLabel('去哪家').inputValue()).toBe('3幢2单元105室')
  await gate.getByRole('button', { name: '去测温' }).click()
  await gate.getByText('来访 · 请测温').waitFor()
  await gate.getByRole('button', { name: '36.4', exact: true }).click()
  await gate.locator('.last').getByText('可通行').waitFor()
  await until(
    () => countersOf(gate),
    ({ waiting }) => waiting === 0,
  )
  const { rows } = await server.pool.query("select payload from operations where kind = 'check-in'")
  expect(rows.map(({ payload }) => payload)).toMatchObject([
    {
      way: 'form-code',
      subject: { kind: 'visitor', name: '司徒远方', phone: '13900005678', reason: '探亲访友', keyArea: false, address: { room: '105' } },
    },
  ])
}, 180_000)

test('in another language the page speaks it, without a network', async () => {
  const visitor = await aPage()
  await visitor.goto(`${server.url}/visit`)
  await visitor.waitForLoadState('networkidle')
  const requests: string[] = []
  visitor.on('request', (request) => requests.push(request.url()))
  await visitor.context().setOffline(true)
  await visitor.getByRole('button', { name: 'English' }).click()
  await visitor.getByRole('heading', { name: 'Visitor' }).waitFor()
  await visitor.getByRole('button', { name: 'Make the code' }).click()
  await visitor.getByText('Please give a name.').waitFor()
  expect(await visitor.evaluate(() => [document.documentElement.lang, document.title])).toEqual(['en', 'Visitor'])
  expect(await violations(visitor)).toEqual([])
  expect(requests).toEqual([])
})

test("what the gate shares with the visitor's page is kept on its phone; the visitor's page is not", () => {
  const worker = readFileSync('dist/app/service-worker.js', 'utf8')
  const left = readdirSync('dist/app/assets', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.js') && !worker.includes(`assets/${file}`),
  )
  expect(left).toEqual([expect.stringMatching(/^visit\/visit-[^/]+\.js$/)])
  expect(worker).not.toMatch(/["'`]visit\.html/)
})
