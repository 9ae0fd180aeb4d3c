import { useEffect, useState } from 'preact/hooks'
import { useServices } from '../../services'
import { DAY, type ShiftSum, sumOf } from './shift-sum'

/** The shift's sum, anew with each record. Undefined while it is read. */
export function useShiftSum(openedAt: number | undefined): ShiftSum | undefined {
  const services = useServices()
  const { counters, kept, identity } = services
  const [sum, setSum] = useState<ShiftSum>()
  const { waiting, rejected, lastSeq } = counters.value
  const matters = kept.matters.value
  const { postId } = identity.value

  useEffect(() => {
    let current = true
    sumOf(services, openedAt ?? services.now() - DAY).then(
      (next) => current && setSum(next),
      () => undefined, // an unreadable database is told by the next save
    )
    return () => {
      current = false
    }
  }, [openedAt, lastSeq, waiting, rejected, matters, postId])

  return sum
}
