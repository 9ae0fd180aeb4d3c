import { useEffect, useState } from 'preact/hooks'
import type { Arrival } from '../../../../domain/post-operations'
import { maskName } from '../../../../domain/roster'
import { dayOf, occurredTime } from '../../../../domain/time'
import { arrivalsOfDay } from '../../../../storage/facts'
import { clockText } from '../../../i18n/format'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'

/** Who registered here today, and of whom the platform does not know yet: newest first, masked. */
export function ArrivalsToday() {
  const arrivals = useArrivals()
  const unregistered = arrivals.filter(({ platform }) => platform === 'not-registered')
  return (
    <section class="people" aria-labelledby="arrivals-today">
      <h2 id="arrivals-today" class="people-title">
        {arrivals.length === 0 ? t('first.arrivals-none') : t('first.arrivals-today', { count: arrivals.length })}
      </h2>
      {unregistered.length > 0 && <p>{t('first.arrivals-unregistered', { count: unregistered.length })}</p>}
      <ul class="plain-list">
        {unregistered.map((arrival) => (
          <li key={arrival.key}>
            {clockText(occurredTime(arrival))} {maskName(arrival.name)} <small>{t('register.platform-not-registered')}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** From the records of this phone: a restart forgets nobody, and what was voided is gone. */
function useArrivals(): readonly Arrival[] {
  const { db, codec, counters, now } = useServices()
  const { lastSeq } = counters.value
  const day = dayOf(now(), -new Date().getTimezoneOffset())
  const [arrivals, setArrivals] = useState<readonly Arrival[]>([])
  useEffect(() => {
    let current = true
    arrivalsOfDay(db, codec, day).then(
      (found) => current && setArrivals(found.reverse()),
      () => undefined, // an unreadable database is told by the next save
    )
    return () => {
      current = false
    }
  }, [db, codec, day, lastSeq])
  return arrivals
}
