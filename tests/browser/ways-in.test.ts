import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { encode } from 'uqr'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { anInvite, COMPOUND } from '../support/community'
import { until } from '../support/until'
import { launchPhone } from './support/chromium'
import { aCard, aGate, householdCard, personCard } from './support/community'
import { film } from './support/fake-camera'
import { activate, countersOf, openAt, toGate, untilOfflineReady } from './support/gate-page'
import { aServer, type TestServer } from './support/server'

let server: TestServer
let profile: string
let context: BrowserContext
let page: Page
let devtools: CDPSession

beforeAll(async () => {
  server = await aServer()
  const code = await aGate(server.pool)
  profile = mkdtempSync(join(tmpdir(), 'gatepost-ways-'))
  await open()
  await activate(page, server.url, code)
  await untilOfflineReady(page)
})
afterEach(() => context.close())
afterAll(async () => {
  await server?.close()
  rmSync(profile, { recursive: true, force: true })
})

async function open(shows = film([''])): Promise<void> {
  await context?.close().catch(() => undefined)
  context = await launchPhone(profile, shows)
  page = await context.newPage()
  devtools = await context.newCDPSession(page)
}
const key = (name: string) => page.getByRole('button', { name, exact: true })

const NAMED: Readonly<Record<string, string>> = {
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

const EACH = 0.005 // s between two keys of a scanner
const AHEAD = 30 // s; what a busy machine hands over late is no rest between two keys

/** One key as a scanner of US layout sends it. `at`: when, s; a busy machine hands it over later. `process`: an input method has taken it. */
function stroke(sign: string, at: number, process = false): Promise<unknown> {
  const timestamp = at
  if (sign === '\n')
    return devtools.send('Input.dispatchKeyEvent', {
      type: process ? 'rawKeyDown' : 'keyDown',
      code: 'Enter',
      key: process ? 'Process' : 'Enter',
      windowsVirtualKeyCode: process ? 229 : 13,
      timestamp,
      ...(process ? {} : { text: '\r' }),
    })
  const isLetter = /[A-Z]/.test(sign)
  const code = isLetter ? `Key${sign}` : /\d/.test(sign) ? `Digit${sign}` : (NAMED[sign] ?? '')
  const modifiers = isLetter || '$%*+:'.includes(sign) ? 8 : 0
  return process
    ? devtools.send('Input.dispatchKeyEvent', {
        type: 'rawKeyDown',
        code,
        key: 'Process',
        windowsVirtualKeyCode: 229,
        modifiers,
        timestamp,
      })
    : devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', code, key: sign, text: sign, modifiers, timestamp })
}

/** As one burst: a scanner does not wait for an answer. */
const scan = (text: string) => {
  const from = Date.now() / 1000 + AHEAD
  return Promise.all([...text, '\n'].map((sign, i) => stroke(sign, from + i * EACH)))
}

const measuring = () => page.getByText('请测温', { exact: false }).first().waitFor()

test('a scanner pulled while somebody is measured presses no button and says to finish first; in a form it leaves nothing', async () => {
  await open()
  await toGate(page, server.url)
  const [first, second] = [await aCard(server.pool, personCard(21)), await aCard(server.pool, personCard(22))]
  await scan(first)
  await measuring()
  const who = await page.locator('.who h1').textContent()
  await key('36.5').focus()
  await scan(second)
  await page.getByText('先完成这一位').waitFor()
  expect(await page.locator('.who h1').textContent()).toBe(who)
  await key('返回').click()
  await key('来访').click()
  const name = page.getByLabel('姓名').first()
  await name.fill('王')
  await name.press('End')
  await scan(second)
  await page.getByText('先完成这一位').waitFor()
  await page.waitForTimeout(200)
  expect(await name.inputValue()).toBe('王')
  expect(await page.getByRole('heading', { name: '来访登记' }).count()).toBe(1)
})

test('keys that a hand rolled over are all there', async () => {
  await open()
  await toGate(page, server.url)
  await key('查住户').click()
  const input = page.locator('.find-input')
  await input.focus()
  await input.fill('92')
  await page.evaluate(() => document.querySelector<HTMLInputElement>('.find-input')?.setSelectionRange(1, 1))
  const from = Date.now() / 1000
  await Promise.all([...'3-25'].map((sign, i) => stroke(sign, from + i * EACH)))
  await page.waitForTimeout(200)
  expect(await input.inputValue()).toBe('93-252')
})

test('under a Chinese input method a card is read, and what was being composed does not stay', async () => {
  await open()
  await toGate(page, server.url)
  await key('来访').click()
  const name = page.getByLabel('姓名').first()
  await name.fill('王')
  await name.press('End')
  const card = await aCard(server.pool, personCard(23))
  // The input method takes each key, and composes of it what it can, until it has no field any more.
  const composedScan = async () => {
    const from = Date.now() / 1000 + AHEAD
    await Promise.all(
      [...card].flatMap((sign, i) => [
        stroke(sign, from + i * EACH, true),
        devtools
          .send('Input.imeSetComposition', { text: card.slice(0, i + 1).toLowerCase(), selectionStart: i + 1, selectionEnd: i + 1 })
          .catch(() => undefined),
      ]),
    )
    await stroke('\n', from + card.length * EACH, true)
  }
  await composedScan()
  await page.getByText('先完成这一位').waitFor()
  await page.waitForTimeout(300)
  expect(await name.inputValue()).toBe('王')
  expect(await name.evaluate((field) => document.activeElement === field)).toBe(true)
  await key('返回').click()
  await key('查住户').click()
  await page.locator('.find-input').focus()
  await composedScan()
  await measuring()
})

test('where a phone’s input method tells no key, the card is read from what it puts in', async () => {
  await open()
  await toGate(page, server.url)
  await key('查住户').click()
  const input = page.locator('.find-input')
  await input.focus()
  const put = (text: string, ahead = 0) => {
    const from = Date.now() / 1000 + ahead
    const hidden = { type: 'rawKeyDown', code: '', key: 'Unidentified', windowsVirtualKeyCode: 229 } as const
    return Promise.all(
      [...text].flatMap((sign, i) => [
        devtools.send('Input.dispatchKeyEvent', { ...hidden, timestamp: from + i * EACH }),
        devtools.send('Input.insertText', { text: sign }),
      ]),
    )
  }
  await put('325')
  await page.waitForTimeout(200)
  expect(await input.inputValue()).toBe('325')
  await input.fill('')
  await put(await aCard(server.pool, personCard(24)), AHEAD)
  await devtools.send('Input.dispatchKeyEvent', {
    type: 'keyDown',
    code: '',
    key: 'Enter',
    windowsVirtualKeyCode: 13,
    timestamp: Date.now() / 1000 + AHEAD,
  })
  await measuring()
})

/** Puts a text on the clipboard and pastes it, as a person does. */
async function paste(text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await page.keyboard.press('Control+V')
}

test('a card that was sent as text is pasted, into the search or beside it; a search stays one', async () => {
  await open()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
  await toGate(page, server.url)
  await paste(await aCard(server.pool, personCard(25)))
  await measuring()
  await key('返回').click()
  await key('查住户').click()
  const input = page.locator('.find-input')
  await input.focus()
  await paste('3-2-126')
  expect(await input.inputValue()).toBe('3-2-126')
  await paste(await aCard(server.pool, personCard(26)))
  await measuring()
  await key('返回').click()
  await key('更多').click()
  await page.evaluate(() => navigator.clipboard.writeText(''))
  await key('粘贴收到的码').click()
  await page.getByText('剪贴板里没有文字').waitFor()
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), await aCard(server.pool, personCard(27)))
  await key('粘贴收到的码').click()
  await measuring()
})

test('where the browser gives no clipboard it says what to do', async () => {
  await open()
  await page.addInitScript(() => {
    navigator.clipboard.readText = () => Promise.reject(new DOMException('refused', 'NotAllowedError'))
  })
  await toGate(page, server.url)
  await key('更多').click()
  await key('粘贴收到的码').click()
  await page.getByText('浏览器没有允许读剪贴板').waitFor()
})

test('a code of another screen, and each kind of code of others, has its own answer and way onward', async () => {
  await open()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
  await toGate(page, server.url)
  for (const [text, title, onward] of [
    ['GPV1:6F', '来访码只读到一部分', '来访'],
    [`${server.url}/visit`, '这是来访登记的网址', '来访'],
    [`${server.url}/activate#0123456789ABC`, '这是激活码', '激活这部手机'],
    ['GPK1:ABC', '这是接收方手机的码', '交给下一部手机'],
    ['GPM1:ABC', '这是上一部手机交出的码', '接收上一部手机'],
    ['GPQ1:ABC', '这是忘记 PIN 的求助码', '帮人重设 PIN'],
    ['GPA1:ABC', '这是重设 PIN 的回复码', '查住户'],
    ['wxp://f2f0abcdef', '这是收款码', '查住户'],
    ['https://shop.example.com/health/1', '这是一个网址', '查住户'],
    ['0000', '这个码不是住户卡', '查住户'],
  ] as const) {
    await paste(text)
    const card = page.locator('.problem-card')
    await card.getByText(title).waitFor()
    expect([text, await card.locator('button, a').filter({ hasText: onward }).count()]).toEqual([text, 1])
    expect(await card.getByRole('button', { name: '查住户' }).count()).toBe(1)
    await card.getByRole('button', { name: '关闭' }).click()
  }
  await paste('GPM1:ABC')
  await page.locator('.problem-card a').click()
  await page.getByRole('heading', { name: '接收上一部手机' }).waitFor()
})

/** A picture of a code somewhere on a grey field, px. */
async function photo(text: string, [width, height]: readonly [number, number], pixels: number): Promise<Buffer> {
  const { data } = encode(text, { ecc: 'M', border: 4 })
  const base64 = await page.evaluate(
    ([modules, wide, high, side]) => {
      const canvas = document.createElement('canvas')
      canvas.width = wide
      canvas.height = high
      const pen = canvas.getContext('2d')
      if (!pen) return ''
      pen.fillStyle = '#888'
      pen.fillRect(0, 0, wide, high)
      modules.forEach((row, y) => {
        row.forEach((dark, x) => {
          pen.fillStyle = dark ? '#222' : '#eee'
          pen.fillRect(wide / 3 + x * side, high / 3 + y * side, side, side)
        })
      })
      return canvas.toDataURL('image/jpeg', 0.9).split(',')[1] ?? ''
    },
    [data.map((row) => [...row]), width, height, pixels] as const,
  )
  return Buffer.from(base64, 'base64')
}

test.each([
  ['of 12 megapixels', [4000, 3000], 4],
  ['of 48 megapixels', [8000, 6000], 8],
] as const)('a small code in a photo %s is found', async (_, size, pixels) => {
  await open()
  await toGate(page, server.url)
  await key('更多').click()
  const buffer = await photo(await aCard(server.pool, personCard(28)), size, pixels)
  await page.locator('.choose-file input').setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer })
  await measuring()
})

test('a photo’s late answer does not take away what the person went on to', async () => {
  await open()
  // A slow phone: the picture is decoded when it is let go.
  await page.addInitScript(() => {
    const real = createImageBitmap
    const slow = async (...given: Parameters<typeof real>) => {
      const picture = await real(...given)
      await new Promise<void>((go) => Object.assign(globalThis, { letGo: go }))
      return picture
    }
    Object.assign(globalThis, { createImageBitmap: slow })
  })
  await toGate(page, server.url)
  const card = await aCard(server.pool, personCard(29))
  const buffer = await photo(card, [800, 800], 6)
  await key('更多').click()
  await page.locator('.choose-file input').setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer })
  await page.waitForFunction(() => 'letGo' in globalThis)
  await key('返回').click()
  await scan(await aCard(server.pool, personCard(30)))
  await measuring()
  const who = await page.locator('.who h1').textContent()
  await page.evaluate(() => (globalThis as unknown as { letGo(): void }).letGo())
  await page.waitForTimeout(3_000)
  expect(await page.locator('.who h1').textContent()).toBe(who)
})

test('of two household cards side by side the first is taken, and the other after it while it is in view', async () => {
  const [one, other] = [
    await aCard(server.pool, householdCard(31), { kind: 'household' }),
    await aCard(server.pool, householdCard(32), { kind: 'household' }),
  ]
  await open(film([one, other], 4))
  // A slow phone judges a card for longer than the camera needs for the next one.
  await page.addInitScript(() => {
    const { verify } = crypto.subtle
    crypto.subtle.verify = async (...given) => {
      await new Promise((done) => setTimeout(done, 1_500))
      return verify.apply(crypto.subtle, given)
    }
  })
  await toGate(page, server.url)
  const unit = page.locator('.who h1')
  await unit.waitFor()
  const first = await unit.textContent()
  await page.waitForTimeout(2_500)
  expect(await unit.textContent()).toBe(first)
  await key('返回').click()
  await unit.waitFor()
  expect(await unit.textContent()).not.toBe(first)
})

test('cards that were handed out before: named by a roster they are known, switched off they are told as that, others are no cards', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatepost-lead-'))
  const list = join(folder, '旧卡.csv')
  writeFileSync(list, '姓名,房号,卡号\n田一,3-2-901,WTY-000901\n田二,3-2-902,000902\n田三,3-2-902,000902\n')
  await context.close().catch(() => undefined)
  context = await launchPhone(folder, film(['WTY-000901']))
  page = await context.newPage()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
  await activate(page, server.url, await anInvite(server.pool, { role: 'lead', unitId: COMPOUND }))
  await page.getByText('这个码不是住户卡').waitFor({ timeout: 20_000 })
  await openAt(page, `${server.url}/roster`)
  await page.locator('input[type=file]').setInputFiles(list)
  await page.getByRole('button', { name: /导入/ }).last().click()
  await page.getByText('导入好了').waitFor()
  await page.getByRole('link', { name: '去登记' }).click()
  await page.getByText('旧卡 · 核对姓名，再测温').waitFor({ timeout: 20_000 })
  expect(await page.locator('.who h1').textContent()).toContain('田*')
  await key('36.5').click()
  await page.locator('.last').getByText('可通行').waitFor()
  await key('查住户').click()
  await page.locator('.find-input').fill('WTY-000901')
  await page.locator('.found').filter({ hasText: '旧卡' }).click()
  await page.getByText('旧卡 · 核对姓名，再测温').or(page.getByText('仍要登记一次')).first().waitFor()
  await key('返回').click()
  await paste('902')
  await page.getByText('旧卡 · 核对姓名，谁要通行？').waitFor()
  await key('卡丢了，停用旧卡').click()
  await key('户卡 · 旧卡').click()
  await page.getByText('旧卡已停用').waitFor()
  await key('返回').click()
  await paste('000902')
  await page.getByText('这张卡已停用').waitFor()
  await paste('WTY-000999')
  await page.getByText('这个码不是住户卡').waitFor()
  await until(
    () => countersOf(page),
    ({ waiting, rejected }) => waiting === 0 && rejected === 0,
    30_000,
  )
  const { rows } = await server.pool.query(
    "select payload->>'way' as way from operations where kind = 'check-in' order by received_at desc limit 1",
  )
  expect(rows).toEqual([{ way: 'plain-card' }])
  const all = await server.pool.query('select payload::text as told from operations union all select payload::text from roster_pages')
  expect(all.rows.filter(({ told }) => /WTY-|"0*902"/.test(told.replaceAll('"room": "902"', '')))).toEqual([])
  const pages = await server.pool.query('select payload from roster_pages where compound_id = $1', [COMPOUND])
  expect(pages.rows.flatMap(({ payload }) => payload.households).flatMap(({ cards }) => cards)).toMatchObject([
    { kind: 'person', plain: true, state: 'valid' },
    { kind: 'household', plain: true, state: 'revoked' },
  ])
  await context.close()
  rmSync(folder, { recursive: true, force: true })
})
