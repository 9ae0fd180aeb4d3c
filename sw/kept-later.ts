import type { PrecacheEntry } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'

/**
 * What the gate itself does not need: lists in, reports out, cards on paper, the scanner's second decoder. An install is all or nothing, and on a
 * village's network the gate should not wait for these: they are fetched once the app is active, and kept as it is.
 */
const LATER = /\/?assets\/(?:report\.worker|xlsx|print-cards-screen|roster-import-screen|universal|zxing_reader)-/
const CACHE = 'kept-later'

const urlOf = (entry: PrecacheEntry | string) => (typeof entry === 'string' ? entry : entry.url)
export const isKeptLater = (entry: PrecacheEntry | string) => LATER.test(urlOf(entry))

/** Fetches what is missing, drops what an older version left, and answers from what is there. Each start of the worker goes on where a kill ended the last. */
export function keepLater(entries: readonly (PrecacheEntry | string)[]): void {
  const paths = entries.map((entry) => new URL(urlOf(entry), location.origin).pathname)
  registerRoute(
    ({ url, sameOrigin }) => sameOrigin && paths.includes(url.pathname),
    async ({ request, url }) => (await (await caches.open(CACHE)).match(url.pathname)) ?? fetch(request),
  )
  const keep = () => void fill(paths).catch(() => undefined) // no network, or no room: the next start tries again
  self.addEventListener('activate', keep)
  self.addEventListener('message', keep)
  keep()
}

async function fill(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE)
  const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname))
  for (const path of paths) if (!kept.has(path)) await cache.add(path)
  for (const path of kept) if (!paths.includes(path)) await cache.delete(path)
}
