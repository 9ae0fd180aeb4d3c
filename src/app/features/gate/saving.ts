import type { OperationKey } from '../../../domain/ids'
import type { Exception, Measured, Operation, Unstamped } from '../../../domain/operation'
import type { Reading } from '../../../domain/reading'
import { err, ok, type Result } from '../../../domain/result'
import { isOpenMatter, type Step, stepAfter } from '../../../domain/retest'
import type { Rules } from '../../../domain/rules/rules'
import type { Draft } from '../../../storage/record'
import type { StorageError } from '../../../storage/storage-error'
import type { Measure } from './gate-state'

/** How the measuring of somebody ended: what was read, that they left, or why they were let pass without a reading that counts. */
export type Done = Measured | 'left' | { readonly exception: Exception }

export interface SavedPassage {
  readonly key: OperationKey
  /** The record that was just made: the check-in, or a further one of it. */
  readonly made: OperationKey
  readonly readings: readonly Reading[]
  readonly step: Step
}

export type Save = (drafts: readonly Draft[]) => Promise<Result<readonly Operation[], StorageError>>

/** Keeps what was measured: a new passage, or a further reading of one. `rules`: those in force; a retest goes on by those that its passage was judged by. */
export async function savePassage(save: Save, measure: Measure, done: Done, rules: Rules): Promise<Result<SavedPassage, StorageError>> {
  const before = measure.retest?.readings ?? []
  const reading = done !== 'left' && 'celsius' in done ? done : undefined
  const readings = reading ? [...before, reading] : before
  // Without a reading there is nothing to measure again.
  const step: Step = reading ? stepAfter(readings, rules) : { at: 'admitted' }
  const saved = await save([draftOf(measure, done, step, rules)])
  if (!saved.ok) return saved
  const [operation] = saved.value
  if (!operation) return err({ kind: 'storage-fault' })
  return ok({ key: measure.retest?.key ?? operation.key, made: operation.key, readings, step })
}

function draftOf({ who, direction, parts, retest }: Measure, done: Done, step: Step, rules: Rules): Draft {
  const exception = done !== 'left' && 'exception' in done ? done : {}
  if (retest) {
    if (done === 'left' || !('celsius' in done))
      return { operation: { kind: 'walk-off', target: retest.key, ...exception }, wait: 'closes' }
    const operation: Unstamped = { kind: 'retest', target: retest.key, reading: done }
    return isOpenMatter(step) ? { operation } : { operation, wait: 'closes' }
  }
  const operation: Unstamped = {
    kind: 'check-in',
    subject: who.subject,
    direction,
    measured: done === 'left' || 'exception' in done ? { reason: 'walked-on' } : done,
    way: who.way,
    ...(who.cardId ? { cardId: who.cardId } : {}),
    rules: rules.version,
    ...parts,
    ...exception,
  }
  return isOpenMatter(step) ? { operation, wait: 'opens' } : { operation }
}
