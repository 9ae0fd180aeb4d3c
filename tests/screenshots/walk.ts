import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { launch, PHONE } from '../browser/support/chromium'
import { film } from '../browser/support/fake-camera'
import { choosePin, openAt, toGate } from '../browser/support/gate-page'
import { postsTour, registersTour } from './registers'

export interface Told {
  readonly url: string
  readonly volunteer: string
  readonly lead: string
  readonly admin: string
}

const SIZES = [
  [360, 568],
  [360, 640],
  [390, 844],
] as const
type Shot = (name: string) => Promise<void>

/** Walks through the app as a lead would, a picture at each step and size. One invite is one phone, so all sizes are taken in one walk. */
export async function walk(told: Told, folder: string, forReadme: boolean): Promise<void> {
  const schemes = forReadme ? (['light'] as const) : (['light', 'dark'] as const)
  const links = [told.lead, told.admin]
  for (const [i, colorScheme] of schemes.entries()) {
    const link = links[i] ?? told.volunteer
    await inBrowser({ ...PHONE, colorScheme, deviceScaleFactor: 2 }, async (page) => {
      const shot: Shot = async (name) => {
        for (const [width, height] of forReadme ? ([[360, 640]] as const) : SIZES) {
          await page.setViewportSize({ width, height })
          await page.waitForTimeout(150)
          await page.screenshot({ path: join(folder, forReadme ? `${name}.png` : `${name}-${width}x${height}-${colorScheme}.png`) })
        }
      }
      if (forReadme) await readmeTour(page, told.url, link, shot)
      else if (i === 0) await tour(page, told.url, link, shot)
      else {
        await enter(page, told.url, link)
        await registersTour(page, told.url, shot)
        await postsTour(page, told.url, shot)
      }
    })
  }
}

async function inBrowser(options: BrowserContextOptions, run: (page: Page) => Promise<void>): Promise<void> {
  const browser = await launch(film([''], 2))
  try {
    const context = await browser.newContext({ ...options, permissions: ['camera'] })
    await run(await context.newPage())
  } finally {
    await browser.close()
  }
}

const key = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function enter(page: Page, url: string, link: string, shot?: Shot): Promise<void> {
  await page.goto(link)
  await key(page, '激活').click()
  await shot?.('choose-pin')
  await choosePin(page)
  await page.getByRole('heading', { name: '检查手机' }).waitFor()
  await toGate(page, url)
}

async function find(page: Page, typed: string): Promise<void> {
  await key(page, '查住户').click()
  await page.getByRole('textbox').fill(typed)
  await page.locator('.found').first().waitFor()
}

async function measure(page: Page, typed: string): Promise<void> {
  await find(page, typed)
  await page.locator('.found').first().click()
  await page.getByText('请测温').waitFor()
}

async function readmeTour(page: Page, url: string, link: string, shot: Shot): Promise<void> {
  await enter(page, url, link)
  await measure(page, '3-2-501')
  await page.getByRole('button', { name: '37.3+' }).click()
  await key(page, '37.6').click()
  await key(page, '继续').click()
  await measure(page, '1-1-301')
  await shot('measure')
  await key(page, '36.5').click()
  await page.locator('.last').waitFor()
  await shot('gate')
}

async function tour(page: Page, url: string, link: string, shot: Shot): Promise<void> {
  await page.goto(link)
  await key(page, '激活').waitFor()
  await shot('activate')
  await enter(page, url, link, shot)
  await shot('gate-first')
  await key(page, '查住户').click()
  await shot('find-empty')
  await key(page, '返回').click()
  await find(page, '3-2-5')
  await shot('find')
  await page.getByRole('textbox').fill('3-2-501')
  await page.locator('.found').first().click()
  await page.getByText('请测温').waitFor()
  await shot('measure')
  await page.getByRole('button', { name: '37.3+' }).click()
  await shot('measure-high')
  await key(page, '37.6').click()
  await shot('wait')
  await key(page, '继续').click()
  await measure(page, '1-1-301')
  await page.getByRole('button', { name: '其他体温，用数字键输入' }).click()
  for (const digit of '366') await key(page, digit).click()
  await key(page, '保存').click()
  await shot('keypad-offer')
  await key(page, '是，36.6').click()
  await shot('gate-saved')
  await find(page, '1-1-301')
  await page.locator('.found').first().click()
  await page.getByText('同一个人 60 秒内不重复登记。').waitFor()
  await shot('just-registered')
  await page.getByRole('button', { name: '返回', exact: true }).click()
  await key(page, '查住户').click()
  await key(page, '未列入名单').click()
  await shot('written')
  for (const [path, name] of [
    ['/log', 'log'],
    ['/returned', 'returned'],
    ['/status', 'status'],
    ['/settings', 'settings'],
    ['/check', 'check'],
    ['/roster', 'roster'],
    ['/local', 'local-post'],
    ['/lock', 'lock'],
    ['/manage', 'manage'],
    ['/manage/phones', 'phones'],
    ['/manage/invite', 'invite'],
    ['/manage/cards', 'cards'],
    ['/manage/poster', 'poster'],
    ['/manage/trail', 'trail'],
    ['/manage/reset', 'help-reset'],
  ] as const) {
    await openAt(page, url + path)
    await page.waitForTimeout(700)
    await shot(name)
  }
  await openAt(page, `${url}/manage/invite`)
  await key(page, '生成激活码').click()
  await page.locator('.invite-code').waitFor()
  await shot('invite-made')
  await page.goto(`${url}/`)
  await page.locator('.pin-input').waitFor()
  await shot('locked')
  await page.locator('.pin-input').fill('111222')
  await page.keyboard.press('Enter')
  await page.getByText('PIN 不对').waitFor()
  await shot('locked-wrong')
  await key(page, '忘记 PIN').click()
  await page.waitForTimeout(400)
  await shot('forgotten')
  await key(page, '返回').click()
  await openAt(page, `${url}/log`)
  await page.locator('.log-row').first().click()
  await page.waitForTimeout(500)
  await shot('passage')
}
