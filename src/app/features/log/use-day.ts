import { useEffect, useState } from 'preact/hooks'
import { dayLogOf, type DayLog as Folded } from '../../../domain/day-log'
import type { OperationKey } from '../../../domain/ids'
import { type Day, dayOf } from '../../../domain/time'
import { daysKept, operationsOfDay } from '../../../storage/facts'
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

/** A day's passages from the facts, by time; read again after each save and each upload. */
export function useDay(day: Day, retries: number): DayLog {
  const { db, codec, identity, counters, judgedBy, rules, now } = useServices()
  const [log, setLog] = useState<DayLog>({ at: 'loading' })
  const { lastSeq, waiting, rejected } = counters.value
  const { ruleSets } = identity.value
  const { duplicateWindow } = rules.value

  useEffect(() => {
    let current = true
    const read = async (): Promise<DayLog> => {
      try {
        const [operations, kept, uploads] = await Promise.all([operationsOfDay(db, codec, day), daysKept(db), uploadStates(db)])
        const days = [...new Set([dayOf(now(), zoneNow()), ...kept])]
        return { at: 'ready', days, folded: dayLogOf(operations, judgedBy, duplicateWindow), uploads }
      } catch (cause) {
        return { at: 'failed', error: storageError(cause) }
      }
    }
    void read().then((next) => current && setLog(next))
    return () => {
      current = false
    }
  }, [db, codec, day, judgedBy, duplicateWindow, ruleSets, now, lastSeq, waiting, rejected, retries])

  return log
}
