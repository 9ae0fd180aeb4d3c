const REPEAT_MS = 3_000 // a card held still is one scan

/** True for a text that is new: not the one that was in view within the last 3 s. */
export function createRepeatGuard(): (text: string, now: number) => boolean {
  let last: { readonly text: string; readonly seen: number } | undefined
  return (text, now) => {
    const isNew = last?.text !== text || now - last.seen > REPEAT_MS
    last = { text, seen: now }
    return isNew
  }
}
