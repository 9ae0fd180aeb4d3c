import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { toBase64url } from '../../src/trust/base64url'
import { askingText, checkCodeOf } from '../../src/vault/pass-on'
import { anInvite, COMPOUND } from '../support/community'
import { until } from '../support/until'
import { launchPhone } from './support/chromium'
import { aGate } from './support/community'
import { film } from './support/fake-camera'
import { activate, checkInByUnit, countersOf, openAt, PIN, toGate, untilOfflineReady, wholeDay } from './support/gate-page'
import { aServer, type TestServer } from './support/server'

let server: TestServer
let folder = ''
let context: BrowserContext
let page: Page
let stranger: string
let leadId: string

beforeAll(async () => {
  server = await aServer()
  const code = await aGate(server.pool)
  folder = mkdtempSync(join(tmpdir(), 'gatepost-give-'))
  // Somebody whom no list names shows a code of their own.
  const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])
  stranger = toBase64url(new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)))
  const lead = mkdtempSync(join(tmpdir(), 'gatepost-give-lead-'))
  context = await launchPhone(lead)
  await activate(await context.newPage(), server.url, await anInvite(server.pool, { role: 'lead', unitId: COMPOUND }))
  await context.close()
  rmSync(lead, { recursive: true, force: true })
  const { rows } = await server.pool.query("select device_id from devices where role = 'lead'")
  leadId = rows[0].device_id
  context = await launchPhone(folder)
  page = await context.newPage()
  await activate(page, server.url, code)
  await untilOfflineReady(page)
  await checkInByUnit(page, 101)
  await context.close()
  context = await launchPhone(folder, film([askingText(stranger)]))
  page = await context.newPage()
})
afterEach(async () => {
  await page.close()
  page = await context.newPage()
})
afterAll(async () => {
  await context?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

const key = (name: string) => page.getByRole('button', { name, exact: true })
const given = () => page.evaluate<readonly { name: string; type: string }[]>(() => Reflect.get(window, 'given') ?? [])

/** A share sheet as phones have it: headless Chromium has none. `how`: what it says to each file; Chromium's own `canShare` agrees to any. */
function shareSheet(how: 'takes' | 'refuses' | 'is-closed'): Promise<void> {
  return page.evaluate((says) => {
    const taken: { name: string; type: string }[] = []
    Reflect.set(window, 'given', taken)
    const share = async ({ files = [] }: ShareData) => {
      if (says === 'is-closed') throw new DOMException('', 'AbortError')
      if (says === 'refuses') throw new DOMException('Permission denied', 'NotAllowedError')
      for (const { name, type } of files) taken.push({ name, type })
    }
    Object.defineProperty(navigator, 'canShare', { value: () => true, configurable: true })
    Object.defineProperty(navigator, 'share', { value: share, configurable: true })
  }, how)
}

async function made(format: string): Promise<void> {
  await openAt(page, `${server.url}/log/hand-in`)
  await wholeDay(page)
  await page.locator('label', { hasText: format }).click()
  await page.locator('.hand-in-preview').waitFor()
}

test('a file that the share sheet will not have is saved by the same tap, with what to do next', async () => {
  await made('XLSX')
  await shareSheet('refuses')
  await key('生成文件').click()
  const [download] = await Promise.all([page.waitForEvent('download'), key('分享').click()])
  expect(download.suggestedFilename()).toMatch(/\.xlsx$/)
  await page.getByText('请打开微信，用“文件”选它发送').waitFor()
})

test('a table of the kind that browsers share goes by the share sheet, as what it is', async () => {
  await made('CSV')
  await shareSheet('takes')
  await key('生成文件').click()
  await key('分享').click()
  await page.getByText('已转到分享').waitFor()
  expect(await given()).toEqual([{ name: expect.stringMatching(/\.csv$/), type: 'text/csv' }])
})

test('who closes the share sheet has decided: nothing is saved, and nothing is said to have gone', async () => {
  await made('XLSX')
  await shareSheet('is-closed')
  let downloads = 0
  page.on('download', () => downloads++)
  await key('生成文件').click()
  await key('分享').click()
  await page.waitForTimeout(500)
  expect([downloads, await page.getByText(/已存到手机|已转到分享/).count()]).toEqual([0, 0])
})

test('a browser without a share sheet offers to save, and nothing that cannot work', async () => {
  await made('XLSX')
  await key('生成文件').click()
  await key('保存到手机').waitFor()
  expect(await key('分享').count()).toBe(0)
})

test('what was made is there again after the records locked themselves meanwhile', async () => {
  await page.clock.install()
  await made('CSV')
  await page.locator('label', { hasText: '异常处置台账（脱敏）' }).click()
  await page.locator('.hand-in-preview').waitFor()
  await shareSheet('takes')
  await key('生成文件').click()
  await key('分享').waitFor()
  await page.clock.fastForward(125_000)
  await page.locator('.pin-input').fill(PIN)
  await page.keyboard.press('Enter')
  await key('分享').click()
  await page.getByText('已转到分享').waitFor()
  expect(await given()).toEqual([{ name: expect.stringMatching(/异常.*\.csv$/), type: 'text/csv' }])
})

test('a day goes to a lead as a text, by the share sheet, and the log says to whom', async () => {
  await openAt(page, `${server.url}/log/give-day`)
  await shareSheet('takes')
  await page.getByRole('button', { name: /^交给 / }).click()
  await key('分享').click()
  await page.getByText('已转到分享').waitFor()
  expect(await given()).toEqual([{ name: expect.stringMatching(/_当日记录\.txt$/), type: 'text/plain' }])
  await shareSheet('refuses')
  const [download] = await Promise.all([page.waitForEvent('download'), key('分享').click()])
  const text = readFileSync(await download.path(), 'utf8')
  expect(text).toMatch(/^值守当日记录（已加密）/)
  expect(text).not.toContain('建华')
  expect(await toldTo()).toEqual([leadId])
})

test('a code that no list names is given nothing before two people have compared it, and the log says which it was', async () => {
  const check = await checkCodeOf(stranger)
  await openAt(page, `${server.url}/log/give-day`)
  await key('扫组长手机上的码').click()
  await page.getByText('名单里没有这部手机').waitFor()
  await page.getByText(`核对字：${check}`).waitFor()
  await key('不给，返回').click()
  await key('扫组长手机上的码').click()
  await key('核对过，交给这部手机').click()
  await page.getByText(/已打包 \d+ 条记录/).waitFor()
  expect(await toldTo()).toEqual([leadId, check])
})

/** To whom the server heard that days were given. */
async function toldTo(): Promise<readonly string[]> {
  await toGate(page, server.url)
  await until(
    () => countersOf(page),
    ({ waiting }) => waiting === 0,
  )
  const { rows } = await server.pool.query(
    "select payload->>'to' as receiver from operations where kind = 'access' and payload->>'detail' = 'day-file' order by (payload->>'seq')::int",
  )
  return rows.map(({ receiver }) => receiver)
}
