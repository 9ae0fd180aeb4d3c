import { openDatabase } from '../src/storage/database'
import { readClock, readIdentity } from '../src/storage/identity'
import { readKeys } from '../src/storage/lock-store'
import { BACKGROUND_TAG } from '../src/sync/background-tag'
import { runOnce } from '../src/sync/runner'
import { createServerApi } from '../src/sync/server-api'

/** Background Sync is Chromium's only, so TypeScript does not know it. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}
declare const self: ServiceWorkerGlobalScope & { addEventListener(type: 'sync', listener: (event: SyncEvent) => void): void }

/** Sends what waits when the browser says that the network is back, though no page is open. */
export function uploadInBackground(): void {
  self.addEventListener('sync', (event) => {
    if (event.tag === BACKGROUND_TAG) event.waitUntil(upload())
  })
}

/** A rejection tells the browser to wake us again later. */
async function upload(): Promise<void> {
  const [identity, keys, clockThen] = await Promise.all([readIdentity(), readKeys(), readClock()])
  if (identity?.state !== 'active' || !keys) return
  const opened = await openDatabase()
  if (!opened.ok) throw new Error(opened.error.kind)
  const clock = () => Date.now()
  try {
    const sent = await runOnce({
      db: opened.value,
      // No key is here that opens what lies on the phone: it goes up sealed.
      codec: undefined,
      ownCodec: undefined,
      api: createServerApi(
        fetch.bind(self),
        self.location.origin,
        { deviceId: identity.deviceId, key: keys.sign.privateKey, clockOffset: () => clockThen.offset },
        clock,
      ),
      identity: () => identity,
      clock,
      random: Math.random,
      locks: navigator.locks,
    })
    if (!sent.ok) throw new Error(sent.error.kind)
  } finally {
    opened.value.close()
  }
}
