import { signal } from '@preact/signals'
import type { OperationKey } from '../../../domain/ids'
import type { Direction } from '../../../domain/operation'
import type { Reading } from '../../../domain/reading'
import type { Who } from './who'

/** What was saved last at this gate: undone for 10 s, correctable after. Lives as long as the app is open; the log keeps it all. */
export interface LastPassage {
  readonly key: OperationKey
  readonly who: Who
  readonly direction: Direction
  /** None: not measured. */
  readonly reading?: Reading
  readonly outcome: 'admitted' | 'not-measured' | 'left' | 'undone'
  /** Device ms. */
  readonly savedAt: number
}

export const lastPassage = signal<LastPassage | undefined>(undefined)

export const UNDO_FOR = 10_000 // ms
