import { BATCH } from '../wire/protocol'

/** How many operations the next push takes. */
export interface BatchSize {
  readonly operations: number
}

const LEAST_ADAPTED = 50
const AIM_MS = { from: 2_000, to: 5_000 }
const MOST_BYTES = 64_000 // compressed; a cheap uplink carries that in the time aimed at

export const FIRST_BATCH: BatchSize = { operations: BATCH.start }

/** After a failure: reading and opening a whole batch, only to learn that there is still no network, would hold up the gate. */
export const PROBE: BatchSize = { operations: LEAST_ADAPTED }

/** After a push that was answered: towards 2-5 s a request and under 64 kB. */
export function adapted(size: BatchSize, sent: { readonly operations: number; readonly bytes: number; readonly ms: number }): BatchSize {
  if (sent.bytes > MOST_BYTES || sent.ms > AIM_MS.to) return within(Math.floor(size.operations / 2))
  // Only a full batch tells that a larger one would do.
  if (sent.ms < AIM_MS.from && sent.operations >= size.operations) return within(size.operations * 2)
  return size
}

/** After a push that the server refused as a whole: half of what was sent, down to one. */
export function halved(sent: number): BatchSize {
  return { operations: Math.max(BATCH.least, Math.floor(sent / 2)) }
}

const within = (operations: number): BatchSize => ({ operations: Math.min(BATCH.most, Math.max(LEAST_ADAPTED, operations)) })
