import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { encode } from 'uqr'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { launchPhone } from './support/chromium'
import { aCard, aGate, personCard } from './support/community'
import { film } from './support/fake-camera'
import { activate, toGate, untilOfflineReady } from './support/gate-page'
import { aServer, type TestServer } from './support/server'

let server: TestServer
let profile: string
let context: BrowserContext
let page: Page

beforeAll(async () => {
  server = await aServer()
  const code = await aGate(server.pool)
  profile = mkdtempSync(join(tmpdir(), 'gatepost-scanner-'))
  await open()
  await activate(page, server.url, code)
  await untilOfflineReady(page)
})
afterEach(async () => {
  server.fault = 'none'
  await context.close()
})
afterAll(async () => {
  await server?.close()
  rmSync(profile, { recursive: true, force: true })
})

async function open(shows?: string, flags: readonly string[] = []): Promise<void> {
  await context?.close()
  context = await launchPhone(profile, shows === undefined ? undefined : film([shows]), flags)
  page = await context.newPage()
}
const key = (name: string) => page.getByRole('button', { name, exact: true })

/** A picture of a code, or of nothing, as a PNG that the page draws. */
async function picture(text: string | undefined): Promise<Buffer> {
  const { data, size } = text === undefined ? { data: [], size: 40 } : encode(text, { ecc: 'M', border: 4 })
  const base64 = await page.evaluate(
    ([modules, side]) => {
      const canvas = document.createElement('canvas')
      canvas.width = side * 6
      canvas.height = side * 6
      const context2d = canvas.getContext('2d')
      if (!context2d) return ''
      context2d.fillStyle = '#ddd'
      context2d.fillRect(0, 0, canvas.width, canvas.height)
      context2d.fillStyle = '#222'
      modules.forEach((row, y) => {
        row.forEach((dark, x) => {
          if (dark) context2d.fillRect(x * 6, y * 6, 6, 6)
        })
      })
      return canvas.toDataURL('image/png').split(',')[1] ?? ''
    },
    [data.map((row) => [...row]), size] as const,
  )
  return Buffer.from(base64, 'base64')
}

test('the scanner’s wasm is kept by itself, and scans offline; no request leaves the origin', async () => {
  await open(await aCard(server.pool, personCard(11)))
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  server.fault = 'down'
  await toGate(page, server.url)
  await page.getByText('请测温').waitFor({ timeout: 20_000 })
  const kept = await page.evaluate(async () => (await (await caches.open('kept-later')).keys()).map(({ url }) => url))
  expect(kept.filter((url) => url.endsWith('.wasm'))).toHaveLength(1)
  expect(asked.filter((url) => !url.startsWith(server.url) && !/^(?:blob|data):/.test(url))).toEqual([])
})

test('where wasm is switched off the card is read all the same', async () => {
  await open(await aCard(server.pool, personCard(12)), ['--js-flags=--jitless'])
  await toGate(page, server.url)
  expect(await page.evaluate(() => typeof WebAssembly)).toBe('undefined')
  await page.getByText('请测温').waitFor({ timeout: 30_000 })
})

test('a code in a photo is taken as a card; a photo without one, and what is no photo, are told in words', async () => {
  await open()
  await toGate(page, server.url)
  await key('更多').click()
  const choose = (name: string, mimeType: string, buffer: Buffer) =>
    page.locator('.choose-file input').setInputFiles({ name, mimeType, buffer })
  await choose('empty.png', 'image/png', await picture(undefined))
  await page.getByText('照片里没有找到码。').waitFor()
  await choose('note.txt', 'text/plain', Buffer.from('no picture'))
  await page.getByText('这不是照片，请重新选。').waitFor()
  await choose('card.png', 'image/png', await picture(await aCard(server.pool, personCard(13))))
  await page.getByText('请测温').waitFor()
})

test('a handheld scanner is heard wherever the focus is, and leaves nothing in a field', async () => {
  await open()
  await toGate(page, server.url)
  const card = await aCard(server.pool, personCard(14))
  const devtools = await context.newCDPSession(page)
  const type = async (text: string) => {
    // As one burst: a scanner does not wait for an answer.
    const strokes = [...text].map((sign) => {
      const isLetter = /[A-Z]/.test(sign)
      const named: Readonly<Record<string, string>> = {
        ' ': 'Space',
        $: 'Digit4',
        '%': 'Digit5',
        '*': 'Digit8',
        '+': 'Equal',
        '-': 'Minus',
        '.': 'Period',
        '/': 'Slash',
        ':': 'Semicolon',
      }
      const code = isLetter ? `Key${sign}` : /\d/.test(sign) ? `Digit${sign}` : (named[sign] ?? '')
      const shift = isLetter || '$%*+:'.includes(sign)
      return devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', code, key: sign, text: sign, modifiers: shift ? 8 : 0 })
    })
    await Promise.all([...strokes, devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', code: 'Enter', key: 'Enter' })])
  }
  await key('查住户').click()
  await page.locator('.find-input').focus()
  await type(card)
  await page.getByText('请测温').waitFor()
})
