import type { Clock } from '../../storage/identity'
import type { StorageError } from '../../storage/storage-error'
import type { SyncError } from '../../sync/sync-error'

/** What takes the strip's place, because a person must know it now. */
export type StripWarning =
  | { readonly kind: 'not-saved' | 'switched-off' | 'copied' | 'clock-back' | 'storage-low' }
  /** `by`: ms. */
  | { readonly kind: 'clock-fast' | 'clock-slow'; readonly by: number }

export interface StripFacts {
  /** The last save failed. */
  readonly unsaved: StorageError | undefined
  readonly problem: SyncError | undefined
  readonly clock: Clock
  /** Bytes that may still be written, where the browser tells. */
  readonly room: number | undefined
}

const CLOCK_MATTERS = 120_000 // ms; below it a record's time is right to the eye
const LITTLE_ROOM = 20_000_000 // bytes; some twenty shifts of records, but other apps fill it faster

/** The one warning that matters most, if any does. */
export function stripWarning({ unsaved, problem, clock, room }: StripFacts): StripWarning | undefined {
  if (unsaved) return { kind: 'not-saved' }
  if (problem?.kind === 'device-revoked') return { kind: 'switched-off' }
  if (problem?.kind === 'device-cloned') return { kind: 'copied' }
  if (clock.doubtful) return { kind: 'clock-back' }
  if (Math.abs(clock.offset) >= CLOCK_MATTERS) {
    return { kind: clock.offset < 0 ? 'clock-fast' : 'clock-slow', by: Math.abs(clock.offset) }
  }
  return room !== undefined && room < LITTLE_ROOM ? { kind: 'storage-low' } : undefined
}
