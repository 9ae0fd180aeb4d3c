import type { Result } from '../domain/result'
import { err, ok } from '../domain/result'
import { readIdentity } from '../storage/identity'
import { changeLock, readKeys, readLock, writeLock } from '../storage/lock-store'
import { readPreferences } from '../storage/preferences'
import { type StorageError, storageError } from '../storage/storage-error'
import { openByPlatform } from '../vault/fingerprint'
import { afterRightTry, afterWrongTry, dataKeyOf, type Lock, newLock, withPin, withRecovery } from '../vault/lock'
import { openByPin, pinWait } from '../vault/pin'
import { boot } from './boot'
import { openLog } from './shell/log-lock'
import { platformSecret } from './shell/platform-lock'

export type UnlockError =
  /** `wait` ms until the next try. */
  | { readonly kind: 'wrong-pin'; readonly wait: number }
  | { readonly kind: 'too-many-tries'; readonly wait: number }
  /** The phone's own lock was not opened, or does not know this app any more. */
  | { readonly kind: 'platform-refused' }
  | StorageError

/** The first PIN of this phone: makes the key that everything personal is under, and opens the app. */
export async function choosePin(pin: string): Promise<Result<void, StorageError>> {
  try {
    const { lock, raw } = await newLock(pin)
    await writeLock(lock)
    return await openWith(lock, raw)
  } catch (cause) {
    return err(storageError(cause))
  }
}

export async function unlockByPin(pin: string): Promise<Result<void, UnlockError>> {
  const opened = await rawByPin(pin)
  return opened.ok ? openWith(opened.value.lock, opened.value.raw) : opened
}

export async function unlockByPlatform(): Promise<Result<void, UnlockError>> {
  const opened = await rawByPlatform()
  return opened.ok ? openWith(opened.value.lock, opened.value.raw) : opened
}

/** A new PIN after a lead's phone gave the data key back; what waits on this phone is untouched. */
export async function resetPin(raw: Uint8Array<ArrayBuffer>, pin: string): Promise<Result<void, StorageError>> {
  try {
    const before = await readLock<Lock>()
    if (!before) return err({ kind: 'storage-fault' })
    const lock = await withPin(before, raw, pin)
    await writeLock(lock)
    return await openWith(lock, raw)
  } catch (cause) {
    return err(storageError(cause))
  }
}

interface Opened {
  readonly lock: Lock
  readonly raw: Uint8Array<ArrayBuffer>
}

/** The data key by the PIN. A try is counted before it is looked at: a kill gives none back. */
export async function rawByPin(pin: string): Promise<Result<Opened, UnlockError>> {
  try {
    const before = await readLock<Lock>()
    if (!before?.pin) return err({ kind: 'platform-refused' })
    const wait = pinWait(before.tries, Date.now())
    if (wait > 0) return err({ kind: 'too-many-tries', wait })
    await changeLock<Lock>((lock) => afterWrongTry(lock, Date.now()))
    const opened = await openByPin(before.pin, pin)
    if (!opened.ok) {
      const after = await readLock<Lock>()
      return err({ kind: 'wrong-pin', wait: after ? pinWait(after.tries, Date.now()) : 0 })
    }
    await changeLock<Lock>(afterRightTry)
    return ok({ lock: afterRightTry(before), raw: opened.value })
  } catch (cause) {
    return err(storageError(cause))
  }
}

export async function rawByPlatform(): Promise<Result<Opened, UnlockError>> {
  try {
    const lock = await readLock<Lock>()
    const secret = lock?.platform && (await platformSecret(lock.platform))
    const opened = lock?.platform && secret ? await openByPlatform(lock.platform, secret) : undefined
    return lock && opened?.ok ? ok({ lock, raw: opened.value }) : err({ kind: 'platform-refused' })
  } catch (cause) {
    return err(storageError(cause))
  }
}

async function openWith(lock: Lock, raw: Uint8Array<ArrayBuffer>): Promise<Result<void, StorageError>> {
  const [identity, keys, preferences] = await Promise.all([readIdentity(), readKeys(), readPreferences()])
  if (!identity || !keys) return err({ kind: 'storage-fault' })
  // Never to this phone's own key: whoever holds a lead's phone would need no PIN.
  const leads = (identity.keys?.leads ?? []).filter(({ deviceId }) => deviceId !== identity.deviceId)
  const recoverable = await withRecovery(lock, raw, leads)
  if (recoverable !== lock) await changeLock<Lock>((now) => ({ ...now, recovery: recoverable.recovery }))
  const dataKey = await dataKeyOf(lock, raw)
  raw.fill(0)
  const { openServices } = await import('./open-services')
  const next = await openServices({ identity, keys, preferences, dataKey })
  if (next.at === 'failed') return err(next.error)
  openLog()
  boot.value = next
  return ok(undefined)
}
