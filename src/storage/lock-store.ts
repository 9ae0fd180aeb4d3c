import { createStore, get, set, update } from 'idb-keyval'
import type { GatepostDatabase, ShiftKeyRow } from './database'

/** The key pairs of this browser; the browser keeps their private halves to itself. */
export interface KeptKeys {
  readonly sign: CryptoKeyPair
  readonly receive: CryptoKeyPair
}

const store = createStore('gatepost-identity', 'values')

export const readKeys = () => get<KeptKeys>('keys', store)
export const writeKeys = (keys: KeptKeys) => set('keys', keys, store)

/** How this phone is locked, as its vault wrote it. */
export const readLock = <Lock>() => get<Lock>('lock', store)
export const writeLock = <Lock>(lock: Lock) => set('lock', lock, store)
/** Changes the lock in one transaction: two pages that count wrong tries count them all. */
export const changeLock = <Lock>(change: (before: Lock) => Lock) =>
  update<Lock>(
    'lock',
    (before) => {
      if (before === undefined) throw new Error('changeLock: this phone has no lock')
      return change(before)
    },
    store,
  )

/** How far a wipe has come: kept, so that one that was cut short goes on. */
export type Wipe = 'begun' | 'data-gone'

export const readWipe = () => get<Wipe>('wipe', store)
export const writeWipe = (wipe: Wipe) => set('wipe', wipe, store)

/** Where the vault's shift keys lie. */
export function shiftKeyStore(db: GatepostDatabase) {
  return {
    find: (id: string) => db.shiftKeys.get(id),
    put: (row: ShiftKeyRow) => db.shiftKeys.put(row),
    all: () => db.shiftKeys.toArray(),
  }
}
