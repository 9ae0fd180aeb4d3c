import type { OperationKey } from '../../../domain/ids'
import type { Measured, Operation, Unstamped } from '../../../domain/operation'
import type { Reading } from '../../../domain/reading'
import { err, ok, type Result } from '../../../domain/result'
import { isOpenMatter, type Step, stepAfter } from '../../../domain/retest'
import type { Rules } from '../../../domain/rules/rules'
import type { Draft } from '../../../storage/record'
import type { StorageError } from '../../../storage/storage-error'
import type { Measure } from './gate-state'

export interface SavedPassage {
  readonly key: OperationKey
  readonly readings: readonly Reading[]
  readonly step: Step
}

export type Save = (drafts: readonly Draft[]) => Promise<Result<readonly Operation[], StorageError>>

/** Keeps what was measured: a new passage, or a further reading of one. `rules`: those in force; a retest goes on by those that its passage was judged by. */
export async function savePassage(
  save: Save,
  measure: Measure,
  measured: Measured | 'left',
  rules: Rules,
): Promise<Result<SavedPassage, StorageError>> {
  const before = measure.retest?.readings ?? []
  const reading = measured !== 'left' && 'celsius' in measured ? measured : undefined
  const readings = reading ? [...before, reading] : before
  // Without a reading there is nothing to measure again.
  const step: Step = reading ? stepAfter(readings, rules) : { at: 'admitted' }
  const saved = await save([draftOf(measure, measured, step, rules)])
  if (!saved.ok) return saved
  const [operation] = saved.value
  if (!operation) return err({ kind: 'storage-fault' })
  return ok({ key: measure.retest?.key ?? operation.key, readings, step })
}

function draftOf({ who, direction, parts, retest }: Measure, measured: Measured | 'left', step: Step, rules: Rules): Draft {
  if (retest) {
    if (measured === 'left' || !('celsius' in measured)) return { operation: { kind: 'walk-off', target: retest.key }, wait: 'closes' }
    const operation: Unstamped = { kind: 'retest', target: retest.key, reading: measured }
    return isOpenMatter(step) ? { operation } : { operation, wait: 'closes' }
  }
  const operation: Unstamped = {
    kind: 'check-in',
    subject: who.subject,
    direction,
    measured: measured === 'left' ? { reason: 'walked-on' } : measured,
    way: who.way,
    ...(who.cardId ? { cardId: who.cardId } : {}),
    rules: rules.version,
    ...parts,
  }
  return isOpenMatter(step) ? { operation, wait: 'opens' } : { operation }
}
