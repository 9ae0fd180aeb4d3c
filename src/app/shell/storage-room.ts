import { signal } from '@preact/signals'
import { storageEstimate } from '../../storage/durability'

/** Bytes used and allowed, as last asked; undefined where the browser does not tell. */
export const storageRoom = signal<{ readonly usage: number; readonly quota: number } | undefined>(undefined)

/** Asks now, and again each time the page comes to the front: other apps fill the phone too. */
export function watchStorageRoom(): void {
  const ask = async () => {
    storageRoom.value = await storageEstimate().catch(() => undefined)
  }
  void ask()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void ask()
  })
}
