import type { PrecacheEntry } from 'workbox-precaching'
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { isKeptLater, keepLater } from './kept-later'

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] }

/** What the server itself answers: never the app's page in its place. */
const SERVERS_OWN = [/^\/api\//, /^\/cards/, /^\/visit/, /^\/healthz/, /^\/readyz/]

/** Keeps the whole app on the phone and answers every page of it from there, whatever the network does. */
export function keepAppShell(): void {
  const entries = self.__WB_MANIFEST
  precacheAndRoute(entries.filter((entry) => !isKeptLater(entry)))
  keepLater(entries.filter(isKeptLater))
  cleanupOutdatedCaches()
  registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: SERVERS_OWN }))
}
