import { useEffect, useState } from 'preact/hooks'
import type { OperationKey } from '../../../../domain/ids'
import { type Day, dayOf } from '../../../../domain/time'
import type { GatepostDatabase } from '../../../../storage/database'
import { type Tap, tapsAfter } from '../../../../storage/taps'
import { useServices } from '../../../services'

export interface Counted {
  /** Undefined: not read yet. */
  readonly taps: readonly Tap[] | undefined
  /** Shows a tap that was just kept; nobody at the key waits until it is read again. */
  show(tap: Tap): void
}

interface Read {
  readonly day: Day
  /** The last record that was looked at; undefined: none was yet. */
  seq?: number
  readonly taps: Map<OperationKey, Tap>
  readonly voided: Set<OperationKey>
}

/** What was read stays while the app is open: the counter that comes back from a hold begins with its number, and reads only what is new. */
const readOf = new WeakMap<GatepostDatabase, Read>()

/** What was counted on this phone today and still counts, from its records: a restart forgets nobody, an undo is taken off. */
export function useCounted(): Counted {
  const { db, codec, counters, now } = useServices()
  const day = dayOf(now(), -new Date().getTimezoneOffset())
  const { lastSeq } = counters.value
  const [taps, setTaps] = useState(() => counting(readOf.get(db), day))
  const tell = (read: Read) => setTaps(counting(read, day))
  useEffect(() => {
    const before = readOf.get(db)
    const read: Read = before?.day === day ? before : { day, taps: new Map(), voided: new Set() }
    readOf.set(db, read)
    tapsAfter(db, codec, day, read.seq ?? 0).then(
      (news) => {
        // Two of these may end in any order: what is known twice is known once.
        for (const tap of news.taps) read.taps.set(tap.key, tap)
        for (const key of news.voided) read.voided.add(key)
        read.seq = Math.max(read.seq ?? 0, news.seq)
        if (readOf.get(db) === read) tell(read)
      },
      () => undefined, // an unreadable database is told by the next save
    )
  }, [db, codec, day, lastSeq])
  const show = (tap: Tap) => {
    const read = readOf.get(db)
    read?.taps.set(tap.key, tap)
    if (read) tell(read)
  }
  return { taps, show }
}

function counting(read: Read | undefined, day: Day): readonly Tap[] | undefined {
  if (read?.seq === undefined || read.day !== day) return undefined
  return [...read.taps.values()].filter(({ key }) => !read.voided.has(key))
}

export function perMinute(taps: readonly Tap[], now: number): number {
  return taps.filter(({ at }) => now - at < 60_000).reduce((sum, { people }) => sum + people, 0)
}
