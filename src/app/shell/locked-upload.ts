import { openDatabase } from '../../storage/database'
import { readClock, readIdentity } from '../../storage/identity'
import { readKeys } from '../../storage/lock-store'
import { createSync } from '../../sync/runner'
import { createServerApi } from '../../sync/server-api'
import { boot } from '../boot'

/** What waits goes up sealed while nobody has given the PIN. Ends with the returned call. */
export async function uploadWhileLocked(): Promise<() => void> {
  const [identity, keys, clock] = await Promise.all([readIdentity(), readKeys(), readClock()])
  const opened = identity?.state === 'active' && keys ? await openDatabase() : undefined
  if (!identity || !keys || !opened?.ok) return () => undefined
  const db = opened.value
  const credentials = { deviceId: identity.deviceId, key: keys.sign.privateKey, clockOffset: () => clock.offset }
  const now = () => Date.now()
  const sync = createSync({
    db,
    codec: undefined,
    ownCodec: undefined,
    api: createServerApi(fetch.bind(globalThis), location.origin, credentials, now),
    identity: () => identity,
    clock: now,
    random: Math.random,
    onWiped() {
      boot.value = { at: 'wiped', told: true }
    },
    locks: navigator.locks,
  })
  sync.start()
  return () => {
    sync.stop()
    db.close()
  }
}
