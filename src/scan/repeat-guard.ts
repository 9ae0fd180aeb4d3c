const REPEAT_MS = 3_000 // a card held still is one scan
const MOST = 8 // texts; more do not fit into a picture

/** Tells a new card from one that is still being held up, also where several are in view. */
export interface RepeatGuard {
  /** True for a text that was not in view within the last 3 s. */
  isNew(text: string, now: number): boolean
  /** Nobody could take it: it is new again, if it is still in view then. */
  forget(text: string): void
  /** Looking begins again: what was read last may still be in view. */
  resume(now: number): void
}

export function createRepeatGuard(): RepeatGuard {
  /** When each text was last in view, the latest behind. */
  const seen = new Map<string, number>()
  return {
    isNew(text, now) {
      const before = seen.get(text)
      seen.delete(text)
      seen.set(text, now)
      for (const oldest of seen.keys()) if (seen.size > MOST) seen.delete(oldest)
      return before === undefined || now - before > REPEAT_MS
    },
    forget(text) {
      seen.delete(text)
    },
    resume(now) {
      const latest = Math.max(...seen.values())
      // What had left the view before looking ended has left it.
      for (const [text, at] of seen) if (latest - at <= REPEAT_MS) seen.set(text, now)
    },
  }
}
