import type { OperationKey } from '../../../domain/ids'
import type { Exception, Measured, Operation, Unstamped } from '../../../domain/operation'
import type { Passage } from '../../../domain/passage'
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
  /** What ended an earlier passage of theirs, where they were to be measured again. */
  readonly ended: readonly Ended[]
  readonly readings: readonly Reading[]
  readonly step: Step
}

export interface Ended {
  readonly target: OperationKey
  readonly only: OperationKey
}

export type Save = (drafts: readonly Draft[]) => Promise<Result<readonly Operation[], StorageError>>

/** Keeps what was measured: a new passage, or a further reading of one. `rules`: those in force; a retest goes on by those that its passage was judged by. */
export async function savePassage(save: Save, measure: Measure, done: Done, rules: Rules): Promise<Result<SavedPassage, StorageError>> {
  const before = measure.retest?.readings ?? []
  const reading = done !== 'left' && 'celsius' in done ? done : undefined
  const readings = reading ? [...before, reading] : before
  // Without a reading there is nothing to measure again.
  const step: Step = reading ? stepAfter(readings, rules) : { at: 'admitted' }
  const saved = await save([draftOf(measure, done, step, rules), ...endings(measure)])
  if (!saved.ok) return saved
  const [operation, ...others] = saved.value
  if (!operation) return err({ kind: 'storage-fault' })
  return ok({ key: measure.retest?.key ?? operation.key, made: operation.key, ended: endedBy(others), readings, step })
}

/** Who begins another passage has left where they were to be measured again. */
export function endings({ unfinished = [] }: { readonly unfinished?: readonly Passage[] }): Draft[] {
  return unfinished.map(({ key }) => ({ operation: { kind: 'walk-off', target: key }, wait: 'closes' }))
}

/** What is to be taken back together with the passage that they were kept with. */
export function endedBy(operations: readonly Operation[]): Ended[] {
  return operations.flatMap((each) => (each.kind === 'walk-off' ? [{ target: each.target, only: each.key }] : []))
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
