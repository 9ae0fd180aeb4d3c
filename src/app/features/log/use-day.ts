import { useEffect, useState } from 'preact/hooks'
import type { ShiftTime } from '../../../domain/community'
import { dayLogOf, type DayLog as Folded } from '../../../domain/day-log'
import { daysOf, type TimeAsked, withinAsked } from '../../../domain/day-question'
import type { OperationKey } from '../../../domain/ids'
import { type Day, dayOf } from '../../../domain/time'
import type { GatepostDatabase } from '../../../storage/database'
import { daysKept } from '../../../storage/facts'
import { toldOfDay } from '../../../storage/merged-days'
import { uploadStates } from '../../../storage/outbox'
import { type StorageError, storageError } from '../../../storage/storage-error'
import { useServices } from '../../services'

/** Which of a passage's records are not on the server yet. */
export type Uploads = ReadonlyMap<OperationKey, 'waiting' | 'rejected'>

export type DayLog =
  | { readonly at: 'loading' }
  | { readonly at: 'failed'; readonly error: StorageError }
  | { readonly at: 'ready'; readonly days: readonly Day[]; readonly folded: Folded; readonly uploads: Uploads }

export const zoneNow = () => -new Date().getTimezoneOffset()

/** A day's records from the facts, or those of one of its shifts; read again after each save, each upload, and each word of another phone. */
export function useDay(day: Day, shift: ShiftTime | undefined, retries: number): DayLog {
  const { db, codec, ownCodec, identity, counters, judgedBy, now, kept } = useServices()
  const [log, setLog] = useState<DayLog>({ at: 'loading' })
  const { lastSeq, waiting, rejected } = counters.value
  const { ruleSets, deviceId } = identity.value
  const matters = kept.matters.value

  useEffect(() => {
    let current = true
    const codecs = { facts: codec, own: ownCodec, self: deviceId }
    const read = async (): Promise<DayLog> => {
      try {
        const [operations, stored, uploads] = await Promise.all([
          shift ? toldOfShift(db, codecs, { day, shift, zone: zoneNow() }) : toldOfDay(db, codecs, day),
          daysKept(db),
          uploadStates(db),
        ])
        const days = [...new Set([dayOf(now(), zoneNow()), ...stored])]
        return { at: 'ready', days, folded: dayLogOf(operations, judgedBy), uploads }
      } catch (cause) {
        return { at: 'failed', error: storageError(cause) }
      }
    }
    void read().then((next) => current && setLog(next))
    return () => {
      current = false
    }
  }, [db, codec, ownCodec, day, shift, judgedBy, ruleSets, deviceId, now, matters, lastSeq, waiting, rejected, retries])

  return log
}

/** What happened within a span, and what was said of it since; a night shift lies on two days. */
async function toldOfShift(db: GatepostDatabase, codecs: Parameters<typeof toldOfDay>[1], asked: TimeAsked) {
  const operations = (await Promise.all(daysOf(asked).map((each) => toldOfDay(db, codecs, each)))).flat()
  return withinAsked(operations, asked)
}
