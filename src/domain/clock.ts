/** The newest record of a phone: its number, and when it was made by the phone's corrected time, ms; never what a paper says. */
export interface LastRecord {
  readonly seq: number
  readonly at: number
}

/** The server, or a person, told what time it was (corrected ms), and the number of the newest record then. */
export interface TimeTold {
  readonly at: number
  readonly after: number
}

export interface TimeKnown {
  readonly told?: TimeTold
  /** ms; 0: never. */
  readonly lastServerTime: number
}

const STEP = 60_000 // ms; a network sets a clock by seconds, and a reset by more
const DAY = 86_400_000
/** No post stood before: a clock that says so was reset. */
const FIRST = Date.parse('2020-01-01T00:00:00+08:00')

/** The newest instant that is over for sure, ms. A record from before somebody told the time proves nothing: the clock may have been ahead. */
export function lastKnownTime({ told, lastServerTime }: TimeKnown, last: LastRecord | undefined): number {
  const own = last && last.seq > (told?.after ?? 0) ? last.at : (told?.at ?? 0)
  return Math.max(FIRST, lastServerTime, own)
}

/**
 * What takes the offset's place (ms to add to the device's time) where the clock was reset, until somebody tells the time: it goes on from the
 * last instant known, so that records stay in their order and on a day that was. Undefined: nothing speaks against the clock.
 */
export function standInOffset({ deviceNow, offset, known }: { deviceNow: number; offset: number; known: number }): number | undefined {
  const corrected = deviceNow + offset
  const isDevicePlausible = deviceNow >= known - STEP
  if (corrected < known - STEP) return isDevicePlausible ? 0 : known - deviceNow
  // Somebody told a reset clock the time, and the network has set it right since: both together would be years ahead.
  if (Math.abs(offset) > DAY && corrected > known + DAY && isDevicePlausible) return 0
  return undefined
}
