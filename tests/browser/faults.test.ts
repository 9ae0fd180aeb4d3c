import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../support/until'
import { launchPhone } from './support/chromium'
import { aGate } from './support/community'
import { activate, checkInByUnit, countersOf, openAt, toGate, untilOfflineReady } from './support/gate-page'
import { aServer, type Fault, type TestServer } from './support/server'

let server: TestServer
let profile: string
let context: BrowserContext
let page: Page
let room = 110

beforeAll(async () => {
  server = await aServer()
  const code = await aGate(server.pool)
  profile = mkdtempSync(join(tmpdir(), 'gatepost-profile-'))
  context = await launchPhone(profile)
  page = await context.newPage()
  await activate(page, server.url, code)
  await untilOfflineReady(page)
})
afterAll(async () => {
  await context?.close()
  await server?.close()
  rmSync(profile, { recursive: true, force: true })
})

const held = async () => Number((await server.pool.query('select count(*) from operations')).rows[0].count)

async function sendNow(): Promise<void> {
  await openAt(page, `${server.url}/status`)
  await page.getByRole('button', { name: '立即上传' }).click()
}

/** The phone's and the server's truth, when nothing is left to send. */
async function untilAllUploaded(): Promise<void> {
  server.fault = 'none'
  await sendNow()
  await until(
    () => countersOf(page),
    ({ waiting }) => waiting === 0,
  )
  const { accepted, rejected, lastSeq } = await countersOf(page)
  expect(accepted + rejected).toBe(lastSeq)
  expect(await held()).toBe(accepted)
}

test.each<[Fault, string]>([
  ['drop-answer', 'the answer dropped after the commit'],
  ['html', 'a captive portal'],
  ['down', 'no connection'],
  [429, 'too many requests'],
  [500, 'a failing server'],
])('%s: %s loses nothing and doubles nothing', async (fault) => {
  const before = await held()
  server.fault = fault
  const { pushes } = server
  await toGate(page, server.url)
  await checkInByUnit(page, room++)
  await until(
    () => server.pushes,
    (count) => count > pushes,
  )
  expect(await countersOf(page)).toMatchObject({ waiting: 1 })
  await untilAllUploaded()
  expect(await held()).toBe(before + 1)
})

test.each<[Fault]>([[400], [403], [404], [409], [413]])(
  '%i for whatever is sent: each record is sent back with its reason, and accepted when sent again',
  async (fault) => {
    const before = await countersOf(page)
    server.fault = fault
    await toGate(page, server.url)
    await checkInByUnit(page, room++)
    await until(
      () => countersOf(page),
      ({ rejected }) => rejected === 1,
    )
    await openAt(page, `${server.url}/returned`)
    await page.getByRole('heading', { name: /通行登记/ }).waitFor()
    server.fault = 'none'
    await page.getByRole('button', { name: '原样重发' }).click()
    await until(
      () => countersOf(page),
      ({ waiting, rejected }) => waiting === 0 && rejected === 0,
    )
    expect(await countersOf(page)).toMatchObject({ accepted: before.accepted + 1 })
    expect(await held()).toBe(before.accepted + 1)
  },
)

test('a record for a post that was closed is sent back with the reason, the others go on', async () => {
  await server.pool.query("update units set closed_at = '2020-01-01' where unit_id = 'post-south-gate'")
  await toGate(page, server.url)
  await checkInByUnit(page, room++)
  await openAt(page, `${server.url}/returned`)
  await page.getByText('这个值守点已经撤销').waitFor()
  await server.pool.query("update units set closed_at = null where unit_id = 'post-south-gate'")
  await toGate(page, server.url)
  await checkInByUnit(page, room++)
  await until(
    () => countersOf(page),
    ({ waiting, rejected }) => waiting === 0 && rejected === 1,
  )
  await page.getByText('退回 1').first().waitFor()
  await openAt(page, `${server.url}/returned`)
  await page.getByRole('button', { name: '原样重发' }).click()
  await page.getByText('没有退回的记录').waitFor()
  await untilAllUploaded()
})
