import { useEffect, useState } from 'preact/hooks'
import { untilRetest } from '../../../domain/retest'
import { type Services, useServices } from '../../services'
import { give } from '../../shell/signals'
import { type OpenMatter, openMatter } from './open-matters'

/** What is open at this post. A phone whose scope is wider hears of other posts too; what it wrote itself stays with it, and what a local post has taken over. */
export function mattersHere({ kept, judgedBy, post, identity }: Services): OpenMatter[] {
  const isLocal = identity.value.state === 'local'
  return kept.matters.value.flatMap((operations) => {
    const matter = openMatter(operations, judgedBy)
    return matter && (isLocal || !matter.passage.by || matter.passage.checkIn.postId === post.value.id) ? [matter] : []
  })
}

/** ms until somebody who waits may be measured again; 0: now. */
export function leftOf({ passage }: OpenMatter, { judgedBy, now }: Pick<Services, 'judgedBy' | 'now'>): number {
  return passage.step.at === 'too-low' ? 0 : untilRetest(passage.lastReadingAt, judgedBy(passage.checkIn.rules), now())
}

/** Whom somebody has to see to now, then incidents, then who waits, the shortest first; last what others have taken over. */
export function byUrgency(matters: readonly OpenMatter[], services: Pick<Services, 'judgedBy' | 'now'>): OpenMatter[] {
  const rank = (matter: OpenMatter) => {
    if (matter.incident) return matter.incident.takenOver ? Number.POSITIVE_INFINITY : 1
    const left = leftOf(matter, services)
    return left === 0 ? 0 : 1 + left
  }
  return matters
    .map((matter) => ({ matter, rank: rank(matter) }))
    .sort((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank))
    .map(({ matter }) => matter)
}

/** Draws anew, and tells by tone and vibration, when a wait is over: nobody looks at a countdown all the time. */
export function useDue(): void {
  const services = useServices()
  const [, setTold] = useState(0)
  const next = Math.min(...mattersHere(services).flatMap((each) => (each.incident ? [] : leftOf(each, services) || [])))
  useEffect(() => {
    if (!Number.isFinite(next)) return
    const timer = setTimeout(() => {
      give('due', services.preferences.value)
      setTold(services.now())
    }, next)
    return () => clearTimeout(timer)
  })
}
