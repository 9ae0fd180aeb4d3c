import type { DeviceId } from '../domain/ids'
import type { Observation } from '../domain/observation'
import type { Shift } from '../domain/shift'
import type { Codec } from './codec'
import type { GatepostDatabase, SealedRow } from './database'
import type { ParkedForm } from './parked-forms'
import type { Also } from './record'
import type { Remembered } from './remembered'
import type { ShiftNames } from './shift-names'

/** What is personal and is neither a record nor the roster, each under its name. */
export interface SealedValues {
  readonly 'shift-names': ShiftNames
  readonly shift: Shift | undefined
  readonly observations: readonly Observation[]
  readonly remembered: Remembered
  readonly parked: readonly ParkedForm[]
  /** The phones of this phone's posts, as the server last told who may know. */
  readonly phones: readonly KnownPhone[]
}
/** Another phone of the community. */
export interface KnownPhone {
  readonly deviceId: DeviceId
  readonly name: string
  /** A post, or a unit above some. */
  readonly unitId: string
  /** ms; undefined: never. */
  readonly lastSeen?: number
}
type Name = keyof SealedValues

export async function readSealed<N extends Name>(db: GatepostDatabase, codec: Codec, name: N): Promise<SealedValues[N] | undefined> {
  const row = await db.sealed.get(name)
  // Only `sealedRow` makes these rows.
  return row && ((await codec.open(row.payload, name)) as { readonly value: SealedValues[N] }).value
}

export async function writeSealed<N extends Name>(db: GatepostDatabase, codec: Codec, name: N, value: SealedValues[N]): Promise<void> {
  await db.sealed.put(await sealedRow(codec, name, value))
}

/** The same, to be written with a record: both or neither. */
export async function alsoSealed<N extends Name>(codec: Codec, name: N, value: SealedValues[N]): Promise<Also> {
  const row = await sealedRow(codec, name, value)
  return { stores: ['sealed'], write: (transaction) => void transaction.objectStore('sealed').put(row) }
}

export async function sealedRow<N extends Name>(codec: Codec, name: N, value: SealedValues[N]): Promise<SealedRow> {
  return { name, payload: await codec.seal({ value }, name) }
}
