import type { CDPSession, Locator, Page } from 'playwright-core'
import { pullTrigger } from '../browser/support/wedge'

/** What must stand on the screen: an element, and words in it. */
export interface Shown {
  readonly at: string
  readonly words?: string
}

/** From a finger's lift, or a scanner's last key, to the paint that shows its result, ms. */
export interface Taps {
  readonly page: Page
  timed(name: string, target: Locator, shown: Shown): Promise<void>
  /** A handheld scanner's burst, timed from its Enter. */
  scanned(name: string, text: string, shown: Shown): Promise<void>
  /** A tap on the way to what is timed. */
  untimed(target: Locator, shown: Shown): Promise<void>
  /** The machine's own share: a tap that the app knows nothing of, and one box that is drawn for it. */
  nothing(name: string): Promise<void>
  readonly times: ReadonlyMap<string, readonly number[]>
}

const A_HAND = 250 // ms between two taps of a quick volunteer

export async function aFinger(page: Page, devtools: CDPSession, times: Map<string, number[]>): Promise<Taps> {
  await page.evaluate(stopWatch)
  const note = (name: string, ms: number) => times.set(name, [...(times.get(name) ?? []), ms])
  const tap = async (target: Locator, shown: Shown): Promise<number> => {
    await page.waitForTimeout(A_HAND)
    const { x, y } = await target.evaluate(middle)
    await page.evaluate((wanted) => Reflect.get(window, 'stopWatch').arm(wanted), shown)
    await page.touchscreen.tap(x, y)
    return page.evaluate(() => Reflect.get(window, 'stopWatch').painted())
  }
  return {
    page,
    times,
    async timed(name, target, shown) {
      note(name, await tap(target, shown))
    },
    async scanned(name, text, shown) {
      await page.waitForTimeout(A_HAND)
      await page.evaluate((wanted) => Reflect.get(window, 'stopWatch').arm(wanted), shown)
      await pullTrigger(devtools, text)
      note(name, await page.evaluate(() => Reflect.get(window, 'stopWatch').painted()))
    },
    async untimed(target, shown) {
      await tap(target, shown)
    },
    async nothing(name) {
      await page.evaluate(box)
      note(name, await tap(page.locator('.bench-box'), { at: '.bench-box', words: 'drawn' }))
      await page.locator('.bench-box').evaluate((drawn) => drawn.remove())
    },
  }
}

export async function slowDown(page: Page, rate: number): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate })
  return devtools
}

function box(): void {
  const drawn = document.createElement('button')
  drawn.className = 'bench-box'
  drawn.style.cssText = 'position:fixed;inset:40% 40%;z-index:9'
  drawn.onclick = () => drawn.append('drawn')
  document.body.append(drawn)
}

/** Where a finger would tap; scrolled to where it can. */
function middle(target: Element): { x: number; y: number } {
  target.scrollIntoView({ block: 'nearest' })
  const { left, top, width, height } = target.getBoundingClientRect()
  return { x: left + width / 2, y: top + height / 2 }
}

/** Lives in the page. Each frame it looks whether the result stands in the document; the message after that frame comes when it is painted. */
function stopWatch(): void {
  const GIVE_UP = 60_000
  let wanted: Shown | undefined
  let done: Promise<number> = Promise.resolve(0)
  let tell: (ms: number) => void = () => undefined
  let fail: (why: Error) => void = () => undefined

  const isShown = ({ at, words }: Shown) =>
    [...document.querySelectorAll(at)].some(
      (found) => found.getClientRects().length > 0 && (words === undefined || found.textContent?.includes(words)),
    )
  const look = (from: number) =>
    requestAnimationFrame(() => {
      if (!wanted) return
      if (performance.now() - from > GIVE_UP) return fail(new Error(`not shown: ${JSON.stringify(wanted)}`))
      if (!isShown(wanted)) return look(from)
      wanted = undefined
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => tell(performance.now() - from)
      port2.postMessage(0)
    })
  addEventListener('pointerup', ({ timeStamp }) => wanted && look(timeStamp), { capture: true, passive: true })
  // A scanner's own times lie ahead of the clock.
  addEventListener('keydown', ({ code }) => wanted && code === 'Enter' && look(performance.now()), { capture: true, passive: true })

  Reflect.set(window, 'stopWatch', {
    arm(shown: Shown) {
      if (isShown(shown)) throw new Error(`shown before the tap: ${JSON.stringify(shown)}`)
      wanted = shown
      done = new Promise((resolve, reject) => {
        tell = resolve
        fail = reject
        setTimeout(() => wanted === shown && reject(new Error(`no answer to the tap: ${JSON.stringify(shown)}`)), GIVE_UP)
      })
      done.catch(() => undefined)
    },
    painted: () => done,
  })
}
