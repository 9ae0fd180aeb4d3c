import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { blurredClipOf } from '../bench/scan-clips'
import { until } from '../support/until'
import { aChangingCamera, gatePaintedAt, keepWhatIsMade, liveTracks, permit, turnTo } from './support/camera-page'
import { launchPhone } from './support/chromium'
import { aCard, aGate, personCard } from './support/community'
import { film, filmOfFrames } from './support/fake-camera'
import { activate, checkInByUnit, toGate, untilOfflineReady } from './support/gate-page'
import { aServer, type TestServer } from './support/server'

const DECODERS = /\/assets\/(?:decoder\.worker|zxing_reader)-/
const camera = aChangingCamera()
let server: TestServer
let profile: string
let context: BrowserContext
let page: Page
let paintedFirst: number

beforeAll(async () => {
  server = await aServer()
  const code = await aGate(server.pool)
  profile = mkdtempSync(join(tmpdir(), 'gatepost-camera-'))
  camera.show(film([''], 4))
  await open('granted')
  await activate(page, server.url, code)
  paintedFirst = await gatePaintedAt(page)
  await untilOfflineReady(page)
})
afterEach(() => context.close())
afterAll(async () => {
  await server?.close()
  camera.remove()
  rmSync(profile, { recursive: true, force: true })
})

async function open(setting: 'granted' | 'denied'): Promise<void> {
  await context?.close()
  context = await launchPhone(profile, undefined, camera.flags)
  await permit(context, server.url, setting)
  page = await context.newPage()
  await keepWhatIsMade(page)
}
const key = (name: string) => page.getByRole('button', { name, exact: true })
const scanned = () => page.getByText('请测温').waitFor({ timeout: 25_000 })
const isLive = () =>
  until(
    () => liveTracks(page),
    (count) => count === 1,
    20_000,
  )
const card = async (i: number) => film([await aCard(server.pool, personCard(i))], 8)
const engine = () => page.locator('.viewfinder').getAttribute('data-engine')

test('neither the decoders nor their wasm are fetched before a gate was first painted, nor made before one is painted again', async () => {
  const decoders = [...server.firstAsked].filter(([path]) => DECODERS.test(path))
  expect(decoders).toHaveLength(2)
  for (const [path, at] of decoders) expect([path, at >= paintedFirst]).toEqual([path, true])
  await open('granted')
  await toGate(page, server.url)
  await until(
    () => page.evaluate(() => window.kept.workers.length),
    (count) => count === 1,
  )
  expect(await page.evaluate(() => window.kept.workerAt)).toBeGreaterThanOrEqual(await gatePaintedAt(page))
})

test('a camera that was not allowed is told in words, and a resident is found by the unit; once it is allowed the card is read', async () => {
  camera.show(await card(20))
  await open('denied')
  await toGate(page, server.url)
  await page.getByText('没有允许使用摄像头').waitFor()
  await checkInByUnit(page, 160)
  await page.getByText('没有允许使用摄像头').waitFor()
  await key('重试').click()
  await page.getByText('没有允许使用摄像头').waitFor()
  await permit(context, server.url, 'granted')
  // A browser that tells of it saves the tap.
  await key('重试')
    .click({ timeout: 1_000 })
    .catch(() => undefined)
  await scanned()
})

test('a camera that is forbidden while it looks is told in words, and comes back by itself once it may', async () => {
  camera.show(film([''], 4))
  await open('granted')
  await toGate(page, server.url)
  await isLive()
  camera.show(await card(21))
  await permit(context, server.url, 'denied')
  await page.getByText('没有允许使用摄像头').waitFor()
  expect(await liveTracks(page)).toBe(0)
  await permit(context, server.url, 'granted')
  await scanned()
})

test('a camera that is unplugged is told in words, and looks again by itself once it is plugged in', async () => {
  camera.show(film([''], 4))
  await open('granted')
  await toGate(page, server.url)
  await isLive()
  camera.show(await card(22))
  await page.evaluate(() => {
    window.kept.isUnplugged = true
    for (const track of window.kept.tracks) {
      track.stop()
      track.dispatchEvent(new Event('ended'))
    }
  })
  await page.locator('.viewfinder-trouble').waitFor()
  await page.getByText('这部手机没有可用的摄像头').waitFor()
  await page.evaluate(() => {
    window.kept.isUnplugged = false
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
  })
  await scanned()
})

test('a camera that a call has made mute is let go, and asked for again', async () => {
  camera.show(film([''], 4))
  await open('granted')
  await toGate(page, server.url)
  await isLive()
  camera.show(await card(23))
  await page.evaluate(() => window.kept.tracks[0]?.dispatchEvent(new Event('mute')))
  await scanned()
  expect(await page.evaluate(() => window.kept.tracks.map(({ readyState }) => readyState))).toEqual(['ended', 'live'])
})

test('no camera runs while the page is hidden; shown again, it reads', async () => {
  camera.show(film([''], 4))
  await open('granted')
  await toGate(page, server.url)
  await isLive()
  camera.show(await card(24))
  await turnTo(page, 'hidden')
  await until(
    () => liveTracks(page),
    (count) => count === 0,
  )
  await page.waitForTimeout(3_000)
  expect(await liveTracks(page)).toBe(0)
  await turnTo(page, 'visible')
  await scanned()
})

test('after 20 s without a card or a touch the camera rests and says so; one tap wakes it, and the card is read', async () => {
  camera.show(film([''], 4))
  await open('granted')
  await toGate(page, server.url)
  await isLive()
  await page.waitForTimeout(15_000)
  expect(await liveTracks(page)).toBe(1)
  const resting = page.getByText('摄像头休息了，点一下继续')
  await resting.waitFor({ timeout: 12_000 })
  expect(await liveTracks(page)).toBe(0)
  camera.show(await card(25))
  await resting.click()
  await scanned()
})

test('a card that comes nearer in an unsteady hand, out of focus at first, is read', async () => {
  const clip = blurredClipOf(await aCard(server.pool, personCard(26)))
  camera.show(filmOfFrames(Array.from({ length: clip.count }, (_, i) => clip.frame(i).data)))
  await open('granted')
  await toGate(page, server.url)
  await scanned()
})

test.each([
  ['dies with an error', () => void window.kept.workers.at(-1)?.dispatchEvent(new ErrorEvent('error'))],
  ['falls silent', () => void window.kept.workers.at(-1)?.terminate()],
])('a decoder that %s is replaced, and the next card is read', async (name, dies) => {
  camera.show(film([''], 4))
  await open('granted')
  await toGate(page, server.url)
  await isLive()
  await until(engine, (which) => which === 'wasm')
  await page.evaluate(dies)
  await until(
    () => page.evaluate(() => window.kept.workers.length),
    (count) => count === 2,
  )
  await until(engine, (which) => which === 'wasm')
  camera.show(await card(name === 'falls silent' ? 27 : 28))
  await turnTo(page, 'hidden')
  await turnTo(page, 'visible')
  await scanned()
  expect(page.workers()).toHaveLength(1)
})

test('whoever goes from the gate to the log and back twenty times has one worker and one camera', async () => {
  camera.show(film([''], 4))
  await open('granted')
  await toGate(page, server.url)
  for (let turn = 0; turn < 20; turn++) {
    await page.getByRole('link', { name: '记录', exact: true }).click()
    await page.getByRole('heading', { name: '记录' }).waitFor()
    await page.getByRole('link', { name: '登记', exact: true }).click()
    await page.locator('.viewfinder').waitFor()
  }
  await isLive()
  expect(page.workers()).toHaveLength(1)
  expect(await page.evaluate(() => window.kept.workers.length)).toBe(1)
})

test('where the wasm cannot be had the other decoder reads; once it can, it is used without a restart', async () => {
  server.withheld = /\.wasm$/
  camera.show(await card(29))
  await open('granted')
  await toGate(page, server.url)
  await page.evaluate(async () => {
    const cache = await caches.open('kept-later')
    for (const request of await cache.keys()) if (request.url.endsWith('.wasm')) await cache.delete(request)
  })
  await (await context.newCDPSession(page)).send('Network.clearBrowserCache')
  await toGate(page, server.url)
  await scanned()
  await key('返回').click()
  expect(await engine()).toBe('library')
  server.withheld = undefined
  await until(engine, (which) => which === 'wasm', 40_000)
  expect(await page.evaluate(() => window.kept.workers.length)).toBe(1)
})
