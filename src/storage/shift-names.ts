import type { Codec } from './codec'
import type { GatepostDatabase } from './database'
import { readSealed } from './sealed-values'

/** Who stands at the post, and who else does on this shift: names, so they lie sealed. */
export interface ShiftNames {
  readonly operator: string
  readonly operators: readonly string[]
}

const NOBODY: ShiftNames = { operator: '', operators: [] }

export async function readShiftNames(db: GatepostDatabase, codec: Codec): Promise<ShiftNames> {
  return (await readSealed(db, codec, 'shift-names')) ?? NOBODY
}
