import { type Signal, signal } from '@preact/signals'
import type { StorageError } from '../storage/storage-error'
import type { Services } from './services'

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
  const { openServices } = await import('./open-services')
  boot.value = await openServices()
}
