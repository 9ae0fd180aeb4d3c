import { signal } from '@preact/signals'
import type { OperationKey } from '../../../domain/ids'
import type { Direction } from '../../../domain/operation'
import type { Passage } from '../../../domain/passage'
import type { Reading } from '../../../domain/reading'
import { staysOutside } from '../../../domain/rules/verdict'
import type { Who } from '../../shell/who'
import type { Measure } from './gate-state'
import type { Done, SavedPassage } from './saving'

/** How a passage stands after its readings. */
const OUTCOMES = {
  admitted: 'admitted',
  'too-low': 'too-low',
  wait: 'waits',
  confirmed: 'confirmed',
  measure: 'not-measured',
  'not-measured': 'not-measured',
  'walked-off': 'left',
  excepted: 'excepted',
} as const satisfies Record<Passage['step']['at'], string>

type StepOutcome = (typeof OUTCOMES)[keyof typeof OUTCOMES]

/** What was saved last at this gate: undone for 10 s, correctable after. Lives as long as the app is open; the log keeps it all. */
export interface LastPassage {
  readonly key: OperationKey
  /** The retest or the walk-off that was just made: undo and correction are of it alone, not of the whole passage. */
  readonly only?: OperationKey
  /** What was kept with it, and is undone with it. */
  readonly also?: readonly { readonly target: OperationKey; readonly only?: OperationKey }[]
  readonly who: Pick<Who, 'name' | 'unit'> & Partial<Who>
  readonly direction: Direction
  /** None: not measured. */
  readonly reading?: Reading
  readonly outcome: StepOutcome | 'outside' | 'in-range' | 'turned-back' | 'emergency' | 'counted' | 'noted' | 'undone'
  /** 线索: leaves no trace here once it is delivered. */
  readonly isTip?: boolean
  /** Device ms. */
  readonly savedAt: number
}

export const lastPassage = signal<LastPassage | undefined>(undefined)

export const UNDO_FOR = 10_000 // ms

const NO_PASSAGE: ReadonlySet<LastPassage['outcome']> = new Set(['turned-back', 'counted', 'noted', 'undone'])

/** Whose direction and reading can be corrected; a count or a request can only be withdrawn. */
export function isPassage({ outcome }: LastPassage): boolean {
  return !NO_PASSAGE.has(outcome)
}

/** What the bar shows of a passage that was just kept. */
export function lastOf({ who, direction, retest, parts }: Measure, done: Done, { key, made, ended, step }: SavedPassage): LastPassage {
  const base = { key, who, direction, savedAt: Date.now(), ...(retest ? { only: made } : {}), also: ended }
  if (done === 'left') return { ...base, outcome: 'left' }
  if ('exception' in done) return { ...base, outcome: 'excepted' }
  const isOutside = step.at === 'admitted' && staysOutside(parts)
  if ('inRange' in done) return { ...base, outcome: isOutside ? 'outside' : 'in-range' }
  return 'celsius' in done
    ? { ...base, reading: done, outcome: isOutside ? 'outside' : OUTCOMES[step.at] }
    : { ...base, outcome: 'not-measured' }
}

/** The same after a correction, as the passage stands by it. */
export function corrected(last: LastPassage, { step, direction, taken, inRange }: Passage): LastPassage {
  const reading = taken.find(({ key }) => key === (last.only ?? last.key))?.reading
  const stays = last.outcome === 'emergency' || (last.outcome === 'outside' && step.at === 'admitted')
  const outcome = stays ? last.outcome : inRange && taken.length === 0 ? 'in-range' : OUTCOMES[step.at]
  return { ...last, direction, outcome, ...(reading ? { reading } : {}) }
}
