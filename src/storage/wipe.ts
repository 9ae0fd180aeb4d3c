import { Dexie } from 'dexie'
import { clear, createStore, set } from 'idb-keyval'
import { writeWipe } from './lock-store'

const store = createStore('gatepost-identity', 'values')

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
