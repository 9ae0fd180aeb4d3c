import { signal } from '@preact/signals'
import type { Workbox } from 'workbox-window'
import { scriptUrl } from './script-url'

const SOON = 60_000 // ms
const LOOK_AGAIN_AFTER = 3_600_000 // ms; a phone stays open for days

/** A newer version is on this phone and waits for a person to ask for it. */
export const updateWaiting = signal(false)

let workbox: Workbox | undefined
let asked = false

/** Puts the app on this phone, so that it opens without a network. It never takes a page over by itself. */
export async function registerServiceWorker(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const { Workbox } = await import('workbox-window')
  workbox = new Workbox(scriptUrl('/service-worker.js'))
  workbox.addEventListener('waiting', () => {
    updateWaiting.value = true
  })
  workbox.addEventListener('controlling', ({ isUpdate }) => {
    if (asked) location.reload()
    // Another page of this app asked: this one goes on as it is, until a person reloads it too.
    else if (isUpdate) updateWaiting.value = true
  })
  await workbox.register().catch(() => undefined) // without it the app still runs; the next start tries again
  lookAgainWhenVisible(workbox)
  setTimeout(keepLater, SOON)
  addEventListener('online', keepLater)
}

/** Fetches what the gate does not need for its first paint: once it has been painted, or a minute after the start where nobody has opened it yet. Harmless to repeat. */
export function keepLater(): void {
  if (!import.meta.env.PROD) return
  void navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage({ type: 'KEEP_LATER' }))
}

/** Takes the newer version and reloads. For a person's tap only: what was being typed is lost. */
export async function applyUpdate(): Promise<void> {
  asked = true
  const registration = await navigator.serviceWorker.getRegistration()
  if (registration?.waiting) workbox?.messageSkipWaiting()
  else location.reload()
}

function lookAgainWhenVisible(registered: Workbox): void {
  let lookedAt = performance.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || performance.now() - lookedAt < LOOK_AGAIN_AFTER) return
    lookedAt = performance.now()
    registered.update().catch(() => undefined) // no network: next time
  })
}
