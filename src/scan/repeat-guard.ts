const REPEAT_MS = 3_000 // a card held still is one scan

/** Tells a new card from one that is still being held up. */
export interface RepeatGuard {
  /** True for a text that was not in view within the last 3 s. */
  isNew(text: string, now: number): boolean
  /** Looking begins again: what was read last may still be in view. */
  resume(now: number): void
}

export function createRepeatGuard(): RepeatGuard {
  let last: { readonly text: string; readonly seen: number } | undefined
  return {
    isNew(text, now) {
      const isNew = last?.text !== text || now - last.seen > REPEAT_MS
      last = { text, seen: now }
      return isNew
    },
    resume(now) {
      if (last) last = { ...last, seen: now }
    },
  }
}
