import type { Identity } from '../storage/identity'
import type { KeptKeys } from '../storage/lock-store'
import { deleteIdentity, deleteRecords } from '../storage/wipe'
import { createServerApi } from '../sync/server-api'
import { finishWipe } from '../sync/switched-off'
import type { Boot } from './boot'

/** A wipe that was cut short goes on at the next start. */
export async function goOnWiping(identity: Identity | undefined, keys: KeptKeys | undefined): Promise<Boot> {
  // A local post has nobody to tell.
  if (identity?.state !== 'active' || !keys) {
    await deleteRecords()
    await deleteIdentity()
    return { at: 'newcomer' }
  }
  const credentials = { deviceId: identity.deviceId, key: keys.sign.privateKey, clockOffset: () => 0 }
  const api = createServerApi(fetch.bind(globalThis), location.origin, credentials, () => Date.now())
  return { at: 'wiped', told: (await finishWipe(api)).ok }
}
