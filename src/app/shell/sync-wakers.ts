import { BACKGROUND_TAG } from '../../sync/background-tag'

/** Chromium's Background Sync, which TypeScript does not know. */
interface SyncRegistration {
  readonly sync: { register(tag: string): Promise<void> }
}

/** Calls back when the network or the person seems to have come back. Neither is believed: the upload finds out. */
export function wakeOnReturn(wake: () => void): void {
  addEventListener('online', wake)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') wake()
  })
}

/** Asks the browser to upload when the network is back though the app is closed, where it can. */
export async function askForBackgroundUpload(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration()
  if (!registration || !('sync' in registration)) return
  const { sync } = registration as unknown as SyncRegistration
  await sync.register(BACKGROUND_TAG).catch(() => undefined) // not allowed, or no permission: the page itself uploads
}
