import type { Page } from 'playwright-core'
import { until } from '../../support/until'

export const PIN = '907163'

/** Activates a phone by its link, chooses a PIN and opens the gate; ends when its roster is there. */
export async function activate(page: Page, url: string, code: string): Promise<void> {
  await page.goto(`${url}/activate#${code}`)
  await page.getByRole('button', { name: '激活', exact: true }).click()
  await choosePin(page)
  await page.getByRole('heading', { name: '检查手机' }).waitFor()
  await toGate(page, url)
  await untilRosterIsHere(page)
}

/** The first PIN, twice. */
export async function choosePin(page: Page, pin = PIN): Promise<void> {
  for (const label of ['新的 PIN', '再输一次']) {
    const input = page.getByLabel(label).first()
    await input.fill(pin)
    await input.press('Enter') // by itself: a page that has just come takes the focus for its heading
  }
}

/** Opens a page of the app as its owner would: a page that is loaded anew asks for the PIN. */
export async function openAt(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await unlock(page)
}

/** Gives the PIN where it is asked for. */
export async function unlock(page: Page, pin = PIN): Promise<void> {
  const asked = page.locator('.pin-input')
  await asked.or(page.locator('.gate, .screen')).first().waitFor()
  if (!(await asked.isVisible())) return
  await asked.fill(pin)
  await asked.press('Enter')
  await asked.waitFor({ state: 'detached' })
}

export async function toGate(page: Page, url: string): Promise<void> {
  await openAt(page, `${url}/`)
  await page.locator('.gate').waitFor()
}

/** Waits until the app is whole on the phone: from the next navigation on, the service worker answers. */
export async function untilOfflineReady(page: Page): Promise<void> {
  const state = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state)
  await until(state, (active) => active === 'activated')
  // What is kept after the activation comes file by file, once the gate was painted; where none is open a page waits for a minute.
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.postMessage({ type: 'KEEP_LATER' }))
  const missing = () =>
    page.evaluate(async () => {
      const worker = await (await fetch('/service-worker.js')).text()
      const later = [
        ...worker.matchAll(
          /assets\/(?:report\.worker|xlsx|print-cards-screen|roster-import-screen|universal|decoder\.worker|zxing_reader)-[\w-]+\.\w+/g,
        ),
      ]
      const kept = new Set((await (await caches.open('kept-later')).keys()).map(({ url }) => new URL(url).pathname))
      return later.filter(([path]) => !kept.has(`/${path}`)).length
    })
  await until(missing, (count) => count === 0)
}

/** What lies in a store of the phone under a key; without one, how much lies there. */
async function stored<T>(page: Page, database: string, store: string, key?: string): Promise<T> {
  return page.evaluate(
    ([name, of, under]) =>
      new Promise<T>((resolve, reject) => {
        const open = indexedDB.open(name)
        open.onerror = () => reject(open.error)
        open.onsuccess = () => {
          const rows = open.result.transaction(of).objectStore(of)
          const asked: IDBRequest = under === undefined ? rows.count() : rows.get(under)
          asked.onsuccess = () => {
            open.result.close()
            resolve(asked.result)
          }
        }
      }),
    [database, store, key] as const,
  )
}

/** Waits until the roster is on the phone: what comes next may be offline. */
async function untilRosterIsHere(page: Page): Promise<void> {
  await until(
    () => stored<number>(page, 'gatepost', 'rosterPages'),
    (count) => count > 0,
  )
}

/** Turns the gate's direction; ends when the phone has kept it, so that the page may close. */
export async function turnGate(page: Page, side: '进' | '出'): Promise<void> {
  await page.getByRole('radio', { name: side }).check()
  await until(
    () => stored<{ direction: string } | undefined>(page, 'gatepost-preferences', 'values', 'preferences'),
    (kept) => kept?.direction === (side === '进' ? 'in' : 'out'),
  )
}

/** 查住户 by the digit pad, the first member, one tap of temperature. */
export async function checkInByUnit(page: Page, room: number, celsius = '36.5'): Promise<void> {
  await page.getByRole('button', { name: '查住户' }).click()
  for (const key of `3-2-${room}`) await page.getByRole('button', { name: key, exact: true }).click()
  await page.locator('.found').first().click()
  await page.getByRole('button', { name: celsius, exact: true }).click()
  await page.locator('.last').getByText('可通行').waitFor()
}

/** 交日志 of all of today: what is offered is the shift that is due. */
export async function wholeDay(page: Page): Promise<void> {
  await page.getByRole('group', { name: '日期' }).getByRole('button').first().click()
  await page.getByRole('group', { name: '班次' }).getByRole('button', { name: '全天' }).click()
}

/** How many operations wait, were sent back and were accepted, from the phone's own database. */
export function countersOf(page: Page): Promise<{ waiting: number; rejected: number; accepted: number; lastSeq: number }> {
  return stored(page, 'gatepost', 'counters', 'outbox')
}
