import { existsSync } from 'node:fs'
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

export function launch(film?: string): Promise<Browser> {
  return chromium.launch({ executablePath: executable(), args: [...QUIET, ...asRoot, ...camera(film)] })
}

/** A phone whose storage lies in a folder, so that it survives a kill of the browser. */
export function launchPhone(folder: string, film?: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, { ...PHONE, executablePath: executable(), args: [...QUIET, ...asRoot, ...camera(film)] })
}
