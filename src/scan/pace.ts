/** When the next frame is looked at: at once while a code is seen, as often as half of one core allows while something happens, seldom while nothing does. */
export interface Pace {
  /** ms to rest, after a look that took `ms`; `change`: how much the picture differs from the one before; `isSeen`: a code is in it. */
  after(look: { readonly ms: number; readonly change: number; readonly isSeen: boolean }, now: number): number
  /** Looking begins: at once, and lively. */
  begin(now: number): void
}

const SHARE = 2 // a look of 20 ms is followed by the next 40 ms after it began
const QUICKEST = 33 // ms; no camera gives more
const CALM = 200 // ms between two looks at a picture in which nothing happens
const CALM_AFTER = 4_000 // ms
const LIVELY = 6 // of 255; more than a sensor's own noise at night

export function createPace(): Pace {
  let lively = Number.NEGATIVE_INFINITY
  return {
    begin(now) {
      lively = now
    },
    after({ ms, change, isSeen }, now) {
      if (change > LIVELY || isSeen) lively = now
      const between = isSeen ? QUICKEST : now - lively > CALM_AFTER ? CALM : Math.max(QUICKEST, ms * SHARE)
      return Math.max(0, between - ms)
    },
  }
}
