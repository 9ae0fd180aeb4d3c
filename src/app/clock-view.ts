import { type ReadonlySignal, signal } from '@preact/signals'
import { type LastRecord, lastKnownTime, standInOffset } from '../domain/clock'
import type { Operation } from '../domain/operation'
import { err, ok, type Result } from '../domain/result'
import { correctedTime } from '../domain/time'
import { type Clock, writeClock } from '../storage/identity'
import { type StorageError, storageError } from '../storage/storage-error'

/** What time it is, and whether that can be believed. */
export interface ClockView {
  readonly clock: ReadonlySignal<Clock>
  /** Corrected ms. */
  now(): number
  /** Looks whether the phone's clock was reset: at the start, on each return, and before a record is stamped. */
  look(): void
  /** The newest record of this phone, from then on. */
  recorded(operations: readonly Operation[]): void
  /** The server told. */
  show(clock: Clock): void
  /** A person told: ms to add to the phone's. */
  confirm(offset: number): Promise<Result<void, StorageError>>
}

export interface ClockStart {
  readonly clock: Clock
  readonly last: LastRecord | undefined
  /** ms. */
  deviceNow(): number
}

export function createClockView({ clock: start, last: lastAtStart, deviceNow }: ClockStart): ClockView {
  const clock = signal(start)
  let last = lastAtStart
  const look = () => {
    const { offset } = clock.value
    const standIn = standInOffset({ deviceNow: deviceNow(), offset, known: lastKnownTime(clock.value, last) })
    if (standIn === undefined) return
    clock.value = { ...clock.value, offset: standIn, doubtful: true }
    void writeClock(clock.value).catch(() => undefined) // what is not kept is seen again at the next start
  }
  look()
  return {
    clock,
    now: () => Math.max(deviceNow() + clock.value.offset, clock.value.lastServerTime),
    look,
    recorded(operations) {
      const newest = operations.at(-1)
      if (newest) last = { seq: newest.seq, at: correctedTime(newest) }
    },
    show(next) {
      clock.value = next
    },
    async confirm(offset) {
      const { lastServerTime } = clock.value
      const told = { at: deviceNow() + offset, after: last?.seq ?? 0 }
      const confirmed: Clock = { offset, measuredAt: deviceNow(), lastServerTime, told }
      try {
        await writeClock(confirmed)
        clock.value = confirmed
        return ok(undefined)
      } catch (cause) {
        return err(storageError(cause))
      }
    },
  }
}
