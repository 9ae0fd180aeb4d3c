import { Dexie } from 'dexie'
import { clear, createStore, get, set } from 'idb-keyval'

const store = createStore('gatepost-identity', 'values')

/** How far a wipe has come: kept, so that one that was cut short goes on. */
export type Wipe = 'begun' | 'data-gone'

export const readWipe = () => get<Wipe>('wipe', store)
export const writeWipe = (wipe: Wipe) => set('wipe', wipe, store)

/** Deletes all records, the roster and the keys that open them; what proves this phone to the server stays until it was told. */
export async function deleteRecords(): Promise<void> {
  await Dexie.delete('gatepost')
  await set('lock', undefined, store)
  await writeWipe('data-gone')
}

/** Deletes what is left: this browser is a new phone. */
export async function deleteIdentity(): Promise<void> {
  // Emptied, not deleted: other parts of the app hold these small databases open.
  await clear(createStore('gatepost-preferences', 'values'))
  await clear(store)
}
