import { useEffect, useState } from 'preact/hooks'
import { dayLogOf, withinSpan } from '../../../domain/day-log'
import { incidentOf } from '../../../domain/incident'
import { inOrder } from '../../../domain/order'
import { isWaiting, passageOf } from '../../../domain/passage'
import type { HandOverCounts } from '../../../domain/shift'
import { tally } from '../../../domain/tally'
import { dayOf } from '../../../domain/time'
import { operationsOfDay } from '../../../storage/facts'
import { useServices } from '../../services'

const DAY = 86_400_000
const zone = () => -new Date().getTimezoneOffset()

/** What the shift came to, from the facts since its opening; a night shift's from both of its days. Undefined while it is read. */
export function useShiftCounts(openedAt: number | undefined): HandOverCounts | undefined {
  const { db, codec, judgedBy, kept, counters, now } = useServices()
  const [counts, setCounts] = useState<HandOverCounts>()
  const { waiting, rejected, lastSeq } = counters.value
  const matters = kept.matters.value

  useEffect(() => {
    let current = true
    const read = async (): Promise<HandOverCounts> => {
      const from = openedAt ?? now() - DAY
      const days = [...new Set([dayOf(from, zone()), dayOf(now(), zone())])]
      const operations = (await Promise.all(days.map((day) => operationsOfDay(db, codec, day)))).flat()
      const ofShift = withinSpan(operations, from, Number.POSITIVE_INFINITY)
      const { in: entries, out, measured } = tally(dayLogOf(ofShift, judgedBy), judgedBy)
      const open = matters.flatMap((each) => {
        const checkIn = each.find((operation) => operation.kind === 'check-in')
        return checkIn ? [{ passage: passageOf(checkIn, each, judgedBy), each }] : []
      })
      return {
        in: entries,
        out,
        measured,
        openIncidents: open.filter(
          ({ passage, each }) => incidentOf(passage, inOrder(each))?.closed === undefined && passage.step.at === 'confirmed',
        ).length,
        openRetests: open.filter(({ passage }) => isWaiting(passage)).length,
        unsent: waiting,
        returned: rejected,
      }
    }
    read().then(
      (next) => current && setCounts(next),
      () => undefined, // an unreadable database is told by the next save
    )
    return () => {
      current = false
    }
  }, [db, codec, judgedBy, openedAt, lastSeq, waiting, rejected, matters])

  return counts
}
