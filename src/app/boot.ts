import { type Signal, signal } from '@preact/signals'
import { readIdentity } from '../storage/identity'
import { readKeys, readLock, readWipe } from '../storage/lock-store'
import { type Preferences, readPreferences } from '../storage/preferences'
import { type StorageError, storageError } from '../storage/storage-error'
import type { Lock } from '../vault/lock'
import { speak } from './i18n/translate'
import type { Services } from './services'
import { showPreferences } from './shell/appearance'

/** How far the app has come since it was opened. */
export type Boot =
  | { readonly at: 'starting' }
  /** No identity on this phone yet: activate it, or set up a local post. */
  | { readonly at: 'newcomer' }
  /** Nobody has chosen a PIN yet: nothing personal is written before. */
  | { readonly at: 'no-lock' }
  | { readonly at: 'locked'; readonly lock: Lock; readonly preferences: Preferences }
  | { readonly at: 'ready'; readonly services: Services }
  /** Switched off by the community: what it held is delivered and deleted; `told`: the server knows. */
  | { readonly at: 'wiped'; readonly told: boolean }
  | { readonly at: 'failed'; readonly error: StorageError }

export const boot: Signal<Boot> = signal<Boot>({ at: 'starting' })

/** Opens what is kept on this phone; called again after an activation. */
export async function start(): Promise<void> {
  boot.value = await opened()
}

/** Who this phone is comes first and is small: nobody waits for the database's code to be asked for a PIN. */
async function opened(): Promise<Boot> {
  try {
    const preferences = await readPreferences()
    showPreferences(preferences)
    const [identity, keys, lock, wipe] = await Promise.all([
      readIdentity(),
      readKeys(),
      readLock<Lock>(),
      readWipe(),
      speak(preferences.language),
    ])
    if (wipe) return await (await import('./wiping')).goOnWiping(identity, keys)
    if (!identity || !keys) return { at: 'newcomer' }
    return lock ? { at: 'locked', lock, preferences } : { at: 'no-lock' }
  } catch (cause) {
    return { at: 'failed', error: storageError(cause) }
  }
}
