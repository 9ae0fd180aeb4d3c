import { ok, type Result } from '../domain/result'
import { readWipe, writeWipe } from '../storage/lock-store'
import { isOutboxEmpty } from '../storage/outbox'
import { deleteIdentity, deleteRecords } from '../storage/wipe'
import { handInAll } from './push'
import type { ServerApi } from './server-api'
import type { SyncServices } from './services'
import type { SyncError } from './sync-error'

/** True where the server has switched this phone off, or found its like elsewhere: it gives back what it holds, and forgets. */
export const isSwitchedOff = ({ kind }: SyncError) => kind === 'device-revoked' || kind === 'device-cloned'

/** Delivers all that this phone holds to be kept apart, then deletes everything here and says so. Nothing is deleted before all of it has arrived. */
export async function leaveService(services: SyncServices): Promise<Result<void, SyncError>> {
  const handedIn = await handInAll(services)
  if (!handedIn.ok) return handedIn
  if (!(await isOutboxEmpty(services.db))) return ok(undefined)
  await writeWipe('begun')
  services.db.close()
  return finishWipe(services.api)
}

/** Goes on with a wipe wherever it was cut short. The identity goes last: it proves who says that the data is gone. */
export async function finishWipe(api: ServerApi): Promise<Result<void, SyncError>> {
  if ((await readWipe()) === 'begun') await deleteRecords()
  const told = await api.wiped()
  if (!told.ok) return told
  await deleteIdentity()
  return ok(undefined)
}
