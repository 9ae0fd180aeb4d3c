import { type Attended, attended, totalOf } from '../../../domain/attendance'
import { dayLogOf, withinSpan } from '../../../domain/day-log'
import { type OpenMatter, openMattersAt } from '../../../domain/open-matter'
import type { HandOverCounts } from '../../../domain/shift'
import { tally } from '../../../domain/tally'
import { dayOf } from '../../../domain/time'
import { daysKept, operationsOfDay } from '../../../storage/facts'
import type { Services } from '../../services'

export const DAY = 86_400_000
const zone = () => -new Date().getTimezoneOffset()

export interface ShiftSum {
  readonly counts: HandOverCounts
  readonly open: readonly OpenMatter[]
  readonly people: readonly Attended[]
}

/** What the shift came to at this post, from the facts since its opening, however many days ago that was. */
export async function sumOf(services: Services, from: number): Promise<ShiftSum> {
  const { db, codec, judgedBy, counters, now } = services
  const to = now()
  // Who signed in before the opening was there: the day before is read too.
  const [first, last] = [dayOf(from - DAY, zone()), dayOf(to, zone())]
  const days = (await daysKept(db)).filter((day) => day >= first && day <= last)
  const all = (await Promise.all(days.map((day) => operationsOfDay(db, codec, day)))).flat()
  const here = all.filter(({ postId }) => postsHere(services).includes(postId))
  const { in: entries, out, measured } = tally(dayLogOf(withinSpan(here, from, Number.POSITIVE_INFINITY), judgedBy), judgedBy)
  const people = attended(dayLogOf(here, judgedBy).attendance, { from, to })
  const { personTimes, minutes } = totalOf(people)
  const open = openHere(services)
  const { waiting, rejected } = counters.value
  const counts: HandOverCounts = {
    in: entries,
    out,
    measured,
    openIncidents: open.filter(({ kind }) => kind === 'incident').length,
    openRetests: open.filter(({ kind }) => kind === 'retest').length,
    unsent: waiting,
    returned: rejected,
    personTimes,
    volunteerMinutes: minutes,
  }
  return { counts, open, people }
}

/** What is open at the post where this phone stands, and at what that post was before it joined. */
export const openHere = (services: Services): OpenMatter[] =>
  openMattersAt(postsHere(services), services.kept.matters.value, services.judgedBy)

function postsHere({ identity }: Services) {
  const { postId, localPostId } = identity.value
  return [postId, localPostId]
}
