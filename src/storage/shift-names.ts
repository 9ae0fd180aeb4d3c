import type { VolunteerKind } from '../domain/shift'
import type { Codec } from './codec'
import type { GatepostDatabase } from './database'
import { readSealed } from './sealed-values'

/** Who stands at the post, and who else does on this shift: names, so they lie sealed. */
export interface ShiftNames {
  readonly operator: string
  readonly operators: readonly string[]
  /** As what they signed in, by their names: 党员, 物业 … */
  readonly kinds?: Readonly<Record<string, VolunteerKind>>
}

const NOBODY: ShiftNames = { operator: '', operators: [] }

export async function readShiftNames(db: GatepostDatabase, codec: Codec): Promise<ShiftNames> {
  return (await readSealed(db, codec, 'shift-names')) ?? NOBODY
}
