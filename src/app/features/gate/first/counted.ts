import { useEffect, useRef, useState } from 'preact/hooks'
import type { OperationKey } from '../../../../domain/ids'
import { dayOf } from '../../../../domain/time'
import { type Tap, tapsAfter } from '../../../../storage/taps'
import { useServices } from '../../../services'

export interface Counted {
  readonly taps: readonly Tap[]
  /** Shows a tap that was just kept; nobody at the key waits until it is read again. */
  show(tap: Tap): void
}

/** What was counted on this phone today and still counts, from its records: a restart forgets nobody, an undo is taken off. */
export function useCounted(): Counted {
  const { db, codec, counters, now } = useServices()
  const [taps, setTaps] = useState<readonly Tap[]>([])
  const day = dayOf(now(), -new Date().getTimezoneOffset())
  const { lastSeq } = counters.value
  const read = useRef({ day, seq: 0, taps: new Map<OperationKey, Tap>(), voided: new Set<OperationKey>() })
  const tell = ({ taps: known, voided }: typeof read.current) => setTaps([...known.values()].filter(({ key }) => !voided.has(key)))
  useEffect(() => {
    if (read.current.day !== day) read.current = { day, seq: 0, taps: new Map(), voided: new Set() }
    const known = read.current
    tapsAfter(db, codec, day, known.seq).then(
      (news) => {
        // Two of these may end in any order: what is known twice is known once.
        for (const tap of news.taps) known.taps.set(tap.key, tap)
        for (const key of news.voided) known.voided.add(key)
        known.seq = Math.max(known.seq, news.seq)
        if (known === read.current) tell(known)
      },
      () => undefined, // an unreadable database is told by the next save
    )
  }, [db, codec, day, lastSeq])
  const show = (tap: Tap) => {
    read.current.taps.set(tap.key, tap)
    tell(read.current)
  }
  return { taps, show }
}

export function perMinute(taps: readonly Tap[], now: number): number {
  return taps.filter(({ at }) => now - at < 60_000).reduce((sum, { people }) => sum + people, 0)
}
