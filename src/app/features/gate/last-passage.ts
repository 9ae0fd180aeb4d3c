import { signal } from '@preact/signals'
import type { OperationKey } from '../../../domain/ids'
import type { Direction, Measured } from '../../../domain/operation'
import type { Reading } from '../../../domain/reading'
import type { Who } from '../../shell/who'
import type { Measure } from './gate-state'

/** Whose direction and reading can be corrected; a count or a request can only be withdrawn. */
export function isPassage({ outcome }: LastPassage): boolean {
  return (
    outcome === 'admitted' ||
    outcome === 'outside' ||
    outcome === 'in-range' ||
    outcome === 'not-measured' ||
    outcome === 'left' ||
    outcome === 'emergency'
  )
}

/** What was saved last at this gate: undone for 10 s, correctable after. Lives as long as the app is open; the log keeps it all. */
export interface LastPassage {
  readonly key: OperationKey
  /** What was kept with it, and is undone with it. */
  readonly also?: readonly OperationKey[]
  readonly who: Pick<Who, 'name' | 'unit'> & Partial<Who>
  readonly direction: Direction
  /** None: not measured. */
  readonly reading?: Reading
  readonly outcome:
    | 'admitted'
    | 'outside'
    | 'in-range'
    | 'not-measured'
    | 'left'
    | 'turned-back'
    | 'emergency'
    | 'counted'
    | 'noted'
    | 'undone'
  /** Device ms. */
  readonly savedAt: number
}

export const lastPassage = signal<LastPassage | undefined>(undefined)

export const UNDO_FOR = 10_000 // ms

/** What the bar shows of a passage that was just kept. */
export function lastOf({ who, direction, parts }: Measure, measured: Measured | 'left', key: LastPassage['key']): LastPassage {
  const base = { key, who, direction, savedAt: Date.now() }
  if (measured === 'left') return { ...base, outcome: 'left' }
  if (parts.verdict?.why === 'courier-outside' && !('reason' in measured))
    return { ...base, ...('celsius' in measured ? { reading: measured } : {}), outcome: 'outside' }
  if ('inRange' in measured) return { ...base, outcome: 'in-range' }
  return 'celsius' in measured ? { ...base, reading: measured, outcome: 'admitted' } : { ...base, outcome: 'not-measured' }
}
