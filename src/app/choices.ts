import type { Signal } from '@preact/signals'
import { err, ok } from '../domain/result'
import type { Codec } from '../storage/codec'
import type { GatepostDatabase } from '../storage/database'
import { writePreferences } from '../storage/preferences'
import { writeSealed } from '../storage/sealed-values'
import type { ShiftNames } from '../storage/shift-names'
import { storageError } from '../storage/storage-error'
import type { Choices } from './services'

/** Names lie sealed in the database; all else may be read before a PIN was given. */
export async function writeChoices(
  db: GatepostDatabase,
  codec: Codec,
  { operator, operators, kinds, ...rest }: Partial<Choices>,
  whole: ShiftNames,
): Promise<void> {
  if (Object.keys(rest).length > 0) await writePreferences(rest)
  if (operator === undefined && operators === undefined && kinds === undefined) return
  const names: ShiftNames = { operator: whole.operator, operators: whole.operators, ...(whole.kinds ? { kinds: whole.kinds } : {}) }
  await writeSealed(db, codec, 'shift-names', names)
}

/** Shows a change at once and keeps it; where it could not be kept, it holds until the app is closed. */
export async function keepShown<T>(shown: Signal<T>, part: Partial<T>, write: (whole: T) => Promise<void>) {
  shown.value = { ...shown.value, ...part }
  try {
    await write(shown.value)
    return ok(undefined)
  } catch (cause) {
    return err(storageError(cause))
  }
}
