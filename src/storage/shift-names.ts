import type { Codec } from './codec'
import type { GatepostDatabase } from './database'

/** Who stands at the post, and who else does on this shift: names, so they lie sealed. */
export interface ShiftNames {
  readonly operator: string
  readonly operators: readonly string[]
}

const NAME = 'shift-names'
const NOBODY: ShiftNames = { operator: '', operators: [] }

export async function readShiftNames(db: GatepostDatabase, codec: Codec): Promise<ShiftNames> {
  const row = await db.sealed.get(NAME)
  // Only `writeShiftNames` writes it.
  return row ? ((await codec.open(row.payload, NAME)) as ShiftNames) : NOBODY
}

export async function writeShiftNames(db: GatepostDatabase, codec: Codec, names: ShiftNames): Promise<void> {
  await db.sealed.put({ name: NAME, payload: await codec.seal(names, NAME) })
}
