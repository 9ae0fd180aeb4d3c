import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anInvite, COMMUNITY } from '../support/community'
import { violations } from './support/axe'
import { launchPhone } from './support/chromium'
import { aCard, aGate, personCard } from './support/community'
import { film } from './support/fake-camera'
import { activate, openAt, toGate, untilOfflineReady } from './support/gate-page'
import { aServer, type TestServer } from './support/server'

let server: TestServer
let profile: string
let context: BrowserContext
let page: Page
const requested = new Set<string>()
const complaints: string[] = []

beforeAll(async () => {
  server = await aServer()
  await aGate(server.pool)
  profile = mkdtempSync(join(tmpdir(), 'gatepost-profile-'))
  context = await launchPhone(profile, film([await aCard(server.pool, personCard(7))]))
  // Of pages, workers and the service worker alike.
  context.on('request', (request) => requested.add(new URL(request.url()).origin))
  page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content.Security|Trusted|Refused/i.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
})
afterAll(async () => {
  await context?.close()
  await server?.close()
  rmSync(profile, { recursive: true, force: true })
})

test('the whole app runs under its policy: a card is read, every place opens, nothing is refused', async () => {
  await activate(page, server.url, await anInvite(server.pool, { role: 'admin', unitId: COMMUNITY.id }))
  await untilOfflineReady(page)
  await toGate(page, server.url)
  await page.getByText('本小区住户 · 请测温').waitFor({ timeout: 30_000 })
  await page.getByRole('button', { name: '36.5', exact: true }).click()
  await page.locator('.last').getByText('可通行').waitFor()
  for (const path of [
    '/log',
    '/returned',
    '/status',
    '/settings',
    '/check',
    '/roster',
    '/lock',
    '/manage',
    '/shift',
    '/shift/hand-over',
    '/shift/give',
    '/shift/take',
    '/notices',
    '/incident/none',
    '/manage/phones',
    '/manage/invite',
    '/manage/cards',
    '/manage/poster',
    '/manage/trail',
  ]) {
    await openAt(page, server.url + path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForTimeout(300)
    expect([path, ...(await violations(page))]).toEqual([path])
  }
  await page.goto(server.url)
  await page.getByRole('heading', { name: '已锁定' }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: '忘记 PIN' }).click()
  await page.waitForTimeout(300)
  expect(await violations(page)).toEqual([])
  expect(complaints).toEqual([])
}, 180_000)

test('no request ever went to a third party', () => {
  expect([...requested].filter((origin) => origin !== 'null')).toEqual([new URL(server.url).origin])
})

test('the policy holds: no script by text, no script of others, no worker by a plain address, no inline script', async () => {
  const refused = await page.evaluate(async () => {
    const tried: Record<string, boolean> = {}
    const attempt = (name: string, run: () => unknown) => {
      try {
        run()
        tried[name] = false
      } catch (cause) {
        tried[name] = cause instanceof TypeError || cause instanceof DOMException || cause instanceof EvalError
      }
    }
    attempt('innerHTML', () => {
      document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>'
    })
    attempt('script address', () => {
      document.createElement('script').src = '/assets/other.js'
    })
    attempt('worker', () => new Worker('/service-worker.js'))
    const inline = document.createElement('script')
    inline.append('globalThis.inlineRan = true')
    try {
      document.head.append(inline)
    } catch {
      // Refused even earlier.
    }
    tried['inline script'] = !Reflect.get(globalThis, 'inlineRan')
    tried['third party'] = await fetch('https://example.org/').then(
      () => false,
      () => true,
    )
    return tried
  })
  expect(refused).toEqual({ innerHTML: true, 'script address': true, worker: true, 'inline script': true, 'third party': true })
})

test('another site cannot put the gate into a frame', async () => {
  const site = createServer((_asked, answer) => answer.setHeader('content-type', 'text/html').end(`<iframe src="${server.url}/"></iframe>`))
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done))
  const other = await context.newPage()
  await other.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
  await other.waitForTimeout(1500)
  const framed = other.frames().filter((frame) => frame !== other.mainFrame())
  const texts = await Promise.all(framed.map((frame) => frame.evaluate(() => document.body?.textContent ?? '').catch(() => '')))
  expect(texts.join('')).not.toMatch(/值守|PIN/)
  await other.close()
  site.closeAllConnections()
  await new Promise((done) => site.close(done))
})
