import { existsSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'

const USUAL = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/opt/google/chrome/chrome']

const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

function executable(): string {
  const found = [process.env.CHROMIUM_PATH, ...USUAL].find((path) => path && existsSync(path))
  if (!found) throw new Error('No Chromium: set CHROMIUM_PATH')
  return found
}

const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** What the fake camera shows; none: there is no camera. */
const camera = (film: string | undefined) =>
  film ? ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`] : []

export const PHONE = {
  viewport: { width: 360, height: 640 },
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  hasTouch: true,
  isMobile: true,
} as const

/** A film is some hundred megabytes: it goes with the browser that it was made for. */
const forget = (film: string | undefined) => {
  if (film) rmSync(dirname(film), { recursive: true, force: true })
}

export async function launch(film?: string): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: executable(), args: [...QUIET, ...asRoot, ...camera(film)] })
  browser.on('disconnected', () => forget(film))
  return browser
}

/** A phone whose storage lies in a folder, so that it survives a kill of the browser. */
export async function launchPhone(folder: string, film?: string, also: readonly string[] = []): Promise<BrowserContext> {
  const args = [...QUIET, ...asRoot, ...camera(film), ...also]
  const context = await chromium.launchPersistentContext(folder, { ...PHONE, executablePath: executable(), args })
  context.on('close', () => forget(film))
  return context
}
