import type { Clock } from '../storage/identity'

const LONGEST_ROUND_TRIP = 10_000 // ms; half of it is the error of the measure, and minutes matter, not seconds

/** The clock as measured by one exchange: sent and received are the device's ms, serverTime the server's. */
export function measuredClock(before: Clock, sent: number, received: number, serverTime: number): Clock {
  const lastServerTime = Math.max(before.lastServerTime, serverTime)
  const roundTrip = received - sent
  if (roundTrip < 0 || roundTrip > LONGEST_ROUND_TRIP) return { ...before, lastServerTime }
  const offset = Math.round(serverTime - (sent + roundTrip / 2))
  return { offset, measuredAt: received, lastServerTime }
}
