import type { SyncError } from './sync-error'

const FIRST = 2_000 // ms
const LONGEST = 300_000 // ms; a post whose network came back should not wait longer

/** ms until the next try after `failures` in a row; full jitter, so that phones that failed together do not come back together. */
export function backoff(failures: number, error: SyncError, random: number): number {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** Math.min(failures - 1, 20))
  const jittered = Math.round(ceiling * random)
  const asked = 'retryAfterMs' in error ? Math.min(error.retryAfterMs ?? 0, LONGEST) : 0
  // What the server asks for is the least (a stranger in between may ask for a day); the jitter comes on top, so that its herd spreads.
  return asked > 0 ? asked + Math.round(Math.min(asked, 10_000) * random) : Math.max(500, jittered)
}

/** True where trying again by itself would change nothing: a person must act first. */
export function needsPerson(error: SyncError): boolean {
  return error.kind === 'unauthorised' || error.kind === 'device-revoked' || error.kind === 'device-cloned'
}
