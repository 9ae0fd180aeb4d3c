import { type Signal, signal } from '@preact/signals'
import { readIdentity } from '../storage/identity'
import { readPreferences } from '../storage/preferences'
import { type StorageError, storageError } from '../storage/storage-error'
import { speak } from './i18n/translate'
import type { Services } from './services'
import { showPreferences } from './shell/appearance'

/** How far the app has come since it was opened. */
export type Boot =
  | { readonly at: 'starting' }
  /** No identity on this phone yet: activate it, or set up a local post. */
  | { readonly at: 'newcomer' }
  | { readonly at: 'ready'; readonly services: Services }
  | { readonly at: 'failed'; readonly error: StorageError }

export const boot: Signal<Boot> = signal<Boot>({ at: 'starting' })

/** Opens what is kept on this phone; called again after an activation. */
export async function start(): Promise<void> {
  boot.value = await opened()
}

/** Who this phone is comes first and is small: a newcomer does not wait for the database's code. */
async function opened(): Promise<Boot> {
  try {
    const preferences = await readPreferences()
    showPreferences(preferences)
    const [identity] = await Promise.all([readIdentity(), speak(preferences.language)])
    if (!identity) return { at: 'newcomer' }
    const { openServices } = await import('./open-services')
    return await openServices(identity, preferences)
  } catch (cause) {
    return { at: 'failed', error: storageError(cause) }
  }
}
