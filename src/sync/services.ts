import type { Codec } from '../storage/codec'
import { readCounters } from '../storage/counters'
import type { GatepostDatabase } from '../storage/database'
import { type Clock, type Identity, readClock, writeClock } from '../storage/identity'
import { measuredClock } from './clock-offset'
import type { ServerApi } from './server-api'
import type { SyncError } from './sync-error'

/** What the upload works with; page and service worker hand in their own. */
export interface SyncServices {
  readonly db: GatepostDatabase
  /** Of the records; none: the phone is locked, and sends what it cannot read. */
  readonly codec: Codec | undefined
  /** Of the roster; none: the phone is locked, and fetches nothing. */
  readonly ownCodec: Codec | undefined
  readonly api: ServerApi
  identity(): Identity
  /** Device ms. */
  clock(): number
  /** 0 to 1. */
  random(): number
  onStatus?(status: SyncStatus): void
  onClock?(clock: Clock): void
  /** What the server told has been kept; `post`: notices, and cases of other phones. */
  onChanges?(changed: { readonly identity?: Identity; readonly roster: boolean; readonly post: boolean }): Promise<void> | void
  /** This phone was switched off, has delivered what it held, and holds nothing any more. */
  onWiped?(): void
  readonly locks?: LockManager | undefined
}

export interface SyncStatus {
  readonly at: 'idle' | 'sending' | 'pulling' | 'waiting'
  /** Device ms of the last answer that confirmed all that was sent. */
  readonly lastConfirmedAt?: number
  readonly problem?: SyncError
  /** Device ms. */
  readonly nextTryAt?: number
}

/** Takes an answer's server time for the clock; kept, so that the service worker and the next start know it. */
export async function noteServerTime(services: SyncServices, sent: number, received: number, serverTime: string): Promise<void> {
  const time = Date.parse(serverTime)
  if (Number.isNaN(time)) return
  const measured = measuredClock(await readClock(), sent, received, time)
  const isTold = measured.measuredAt === received
  const told = { at: received + measured.offset, after: (await readCounters(services.db)).lastSeq }
  const clock: Clock = isTold ? { ...measured, told } : measured
  await writeClock(clock)
  services.onClock?.(clock)
}
