import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'

/** A camera whose film can be changed while the browser runs: the new one is seen when the camera is next opened. Whether it may be used is asked for, as on a phone. */
export interface ChangingCamera {
  readonly flags: readonly string[]
  show(film: string): void
  remove(): void
}

export function aChangingCamera(): ChangingCamera {
  const folder = mkdtempSync(join(tmpdir(), 'gatepost-camera-'))
  const path = join(folder, 'camera.y4m')
  return {
    flags: ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${path}`],
    show(film) {
      // A file of its own: a camera that is open goes on with the one it has.
      renameSync(film, path)
      rmSync(dirname(film), { recursive: true, force: true })
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** What a person does in the browser's settings; a camera in use is taken away by it. It holds as long as the session that it was done in. */
export async function permit(context: BrowserContext, origin: string, setting: 'granted' | 'denied'): Promise<void> {
  const session = sessions.get(context) ?? (await context.browser()?.newBrowserCDPSession())
  if (!session) throw new Error('a context without a browser')
  sessions.set(context, session)
  await session.send('Browser.setPermission', { permission: { name: 'camera' }, setting, origin })
}
const sessions = new WeakMap<BrowserContext, CDPSession>()

/** What the page has opened and made, for a test to break. */
interface Kept {
  readonly tracks: MediaStreamTrack[]
  readonly workers: Worker[]
  /** When the first worker was made, ms. */
  workerAt?: number
  /** Unplugged: whoever asks for a camera gets none. */
  isUnplugged: boolean
}
declare global {
  interface Window {
    kept: Kept
  }
}

/** From the next navigation on. */
export async function keepWhatIsMade(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept: Kept = { tracks: [], workers: [], isUnplugged: false }
    window.kept = kept
    const { mediaDevices } = navigator
    const ask = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = async (wanted) => {
      if (kept.isUnplugged) throw new DOMException('', 'NotFoundError')
      const stream = await ask(wanted)
      kept.tracks.push(...stream.getVideoTracks())
      return stream
    }
    window.Worker = class extends Worker {
      constructor(path: string | URL, options?: WorkerOptions) {
        super(path, options)
        kept.workerAt ??= Date.now()
        kept.workers.push(this)
      }
    }
    const seen = new MutationObserver(() => {
      if (!document.querySelector('.gate')) return
      seen.disconnect()
      // The frame that it is painted in begins.
      requestAnimationFrame(() => sessionStorage.setItem('painted', String(Date.now())))
    })
    if (!sessionStorage.getItem('painted')) seen.observe(document, { childList: true, subtree: true })
  })
}

/** When this tab first painted a gate, ms. */
export const gatePaintedAt = (page: Page) => page.evaluate(() => Number(sessionStorage.getItem('painted') ?? Number.NaN))

export const liveTracks = (page: Page) => page.evaluate(() => window.kept.tracks.filter(({ readyState }) => readyState === 'live').length)

/** As when the phone is put into a pocket, or another app is opened; headless Chromium's pages are always seen. */
export async function turnTo(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((next) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => next })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}
