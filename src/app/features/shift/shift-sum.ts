import { type Attended, attended, LONGEST_STAY, type Signing, standingIn, totalOf } from '../../../domain/attendance'
import { dayLogOf, withinSpan } from '../../../domain/day-log'
import { type OpenMatter, openMattersAt } from '../../../domain/open-matter'
import type { HandOverCounts } from '../../../domain/shift'
import { tally } from '../../../domain/tally'
import { dayOf } from '../../../domain/time'
import { daysKept, operationsOfDay } from '../../../storage/facts'
import type { Services } from '../../services'

export const DAY = 86_400_000
const NAMED_BEFORE = DAY / 2 // ms; before that it was yesterday's shift of this name
const zone = () => -new Date().getTimezoneOffset()

export interface ShiftSum {
  readonly counts: HandOverCounts
  readonly open: readonly OpenMatter[]
  readonly people: readonly Attended[]
  /** Who has signed in already for the shift that comes. */
  readonly next: readonly string[]
}

/** What the shift came to at this post, from the facts since its opening, however many days ago that was. */
export async function sumOf(services: Services, from: number): Promise<ShiftSum> {
  const { db, codec, judgedBy, counters, kept, now } = services
  const to = now()
  // Who signed in before the opening was there.
  const [first, last] = [dayOf(from - LONGEST_STAY, zone()), dayOf(to, zone())]
  const days = (await daysKept(db)).filter((day) => day >= first && day <= last)
  const all = (await Promise.all(days.map((day) => operationsOfDay(db, codec, day)))).flat()
  const here = all.filter(({ postId }) => postsHere(services).includes(postId))
  const { in: entries, out, measured } = tally(dayLogOf(withinSpan(here, from, Number.POSITIVE_INFINITY), judgedBy), judgedBy)
  const { name } = kept.values.shift.value ?? {}
  const isOfShift = ({ at, operation: { shift } }: Signing) => shift === name && at > from - NAMED_BEFORE
  const { attendance } = dayLogOf(here, judgedBy)
  const signings = standingIn(attendance, { from, to }, name ? isOfShift : undefined)
  const people = attended(signings, { from, to })
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
  return { counts, open, people, next: signedInForNext(attendance, name) }
}

/** By their last sign-in. */
function signedInForNext(attendance: readonly Signing[], shift: string | undefined): string[] {
  const last = new Map(attendance.filter(({ voided }) => !voided).map(({ operation }) => [operation.name, operation]))
  return [...last.values()]
    .filter((each) => each.direction === 'in' && each.shift !== undefined && each.shift !== shift)
    .map(({ name }) => name)
}

/** What is open at the post where this phone stands, and at what that post was before it joined. */
export const openHere = (services: Services): OpenMatter[] =>
  openMattersAt(postsHere(services), services.kept.matters.value, services.judgedBy)

function postsHere({ identity, kept }: Services) {
  const { postId, localPostId, state } = identity.value
  // Each phone of a local post calls the post by an id of its own: what was taken over is of here.
  if (state === 'local') return kept.matters.value.flat().map((operation) => operation.postId)
  return [postId, localPostId]
}
