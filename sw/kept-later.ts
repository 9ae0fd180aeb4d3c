import type { PrecacheEntry } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope

/**
 * What the gate itself does not need: lists in, reports out, cards on paper, the decoders. An install is all or nothing, and on a
 * village's network the gate should not wait for these: they are fetched once the app is active, and kept as it is.
 */
const LATER = /\/?assets\/(?:report\.worker|xlsx|print-cards-screen|roster-import-screen|universal|decoder\.worker|zxing_reader)-/
const CACHE = 'kept-later'
const SOONEST = /decoder\.worker|zxing_reader/ // what the next card is read by

const urlOf = (entry: PrecacheEntry | string) => (typeof entry === 'string' ? entry : entry.url)
export const isKeptLater = (entry: PrecacheEntry | string) => LATER.test(urlOf(entry))

/** Fetches what is missing once a page asks for it, and answers from what is there. A version that still waits is not asked, so it touches nothing of the one that runs. */
export function keepLater(entries: readonly (PrecacheEntry | string)[]): void {
  const all = entries.map((entry) => new URL(urlOf(entry), location.origin).pathname)
  const paths = [...all].sort((a, b) => Number(SOONEST.test(b)) - Number(SOONEST.test(a)))
  let filling: Promise<void> | undefined
  const keep = () => {
    filling ??= fill(paths).finally(() => {
      filling = undefined
    })
    return filling
  }
  registerRoute(
    ({ url, sameOrigin }) => sameOrigin && paths.includes(url.pathname),
    async ({ request, url }) => (await (await caches.open(CACHE)).match(url.pathname)) ?? fetch(request),
  )
  self.addEventListener('activate', (event) => event.waitUntil(dropOthers(paths)))
  // A page asks each time it starts, so a kill in between goes on; the worker is kept alive until all is there.
  self.addEventListener('message', (event) => {
    if (event.data?.type === 'KEEP_LATER') event.waitUntil(keep())
  })
}

/** One that cannot be had now keeps no other waiting: the next start tries again. */
async function fill(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE)
  const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname))
  for (const path of paths) if (!kept.has(path)) await cache.add(path).catch(() => undefined)
}

async function dropOthers(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE)
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url)
    if (!paths.includes(pathname)) await cache.delete(pathname)
  }
}
