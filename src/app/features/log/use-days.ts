import { useEffect, useState } from 'preact/hooks'
import { reportDays } from '../../../domain/hand-in-time'
import type { Day } from '../../../domain/time'
import { daysKept } from '../../../storage/facts'
import { daysMerged } from '../../../storage/merged-days'
import { useServices } from '../../services'
import { zoneNow } from './use-day'

/** The days of which this phone can make a report: its own, those that were merged, and the last ones without any record. */
export function useReportDays(): readonly Day[] {
  const { db, now, identity } = useServices()
  const [known, setKnown] = useState<readonly Day[]>([])
  useEffect(() => {
    void Promise.all([daysKept(db), daysMerged(db)]).then(([kept, merged]) => setKnown([...kept, ...merged]))
  }, [db])
  return reportDays(now(), zoneNow(), identity.value.activatedAt, known)
}
