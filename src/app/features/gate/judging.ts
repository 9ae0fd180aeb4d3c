import { observationOf } from '../../../domain/observation'
import type { Rules } from '../../../domain/rules/rules'
import { type Verdict, verdictOn } from '../../../domain/rules/verdict'
import { dayOf, minuteOfDay } from '../../../domain/time'
import { hasArrival, latestPassageOf, outingsWithin } from '../../../storage/facts'
import type { Services } from '../../services'
import type { Who } from '../../shell/who'
import type { Passing } from './gate-state'

const DAY = 86_400_000
const JOURNEY = 14 * DAY // a journey that was registered is not asked about again
const zone = () => -new Date().getTimezoneOffset()

/** What the rules of an instant, usually now, say of somebody, from what this phone knows; no network is asked. */
export async function judge(services: Services, { who, direction, parts, excepted }: Passing, now = services.now()): Promise<Verdict> {
  const rules = services.rulesAt(now)
  const { subject } = who
  return verdictOn(
    {
      subject: subject.kind,
      direction,
      minute: minuteOfDay(now, zone()),
      observed: observationOf(services.kept.values.observations.value, subject, dayOf(now, zone())) !== undefined,
      away: await isBack(services, who, now),
      keyArea: subject.kind === 'visitor' && subject.keyArea === true,
      outings: await outings(services, who, rules, now),
      ...(excepted ? { excepted } : {}),
      ...(parts.answers ? { answered: parts.answers } : {}),
    },
    rules,
  )
}

/** The roster says away, and nobody was asked about it here since. */
async function isBack({ db, codec, roster }: Services, { subject }: Who, now: number): Promise<boolean> {
  if (subject.kind !== 'resident') return false
  const { away } = roster.value?.residentById.get(subject.residentId)?.resident ?? {}
  return away === true && !(await hasArrival(db, codec, subject.residentId, now - JOURNEY).catch(() => false))
}

/** Of the whole household, whichever of them stands here. */
async function outings(services: Services, { subject, household }: Who, { outingQuota }: Rules, now: number): Promise<number> {
  if (outingQuota === 'off' || !household || (subject.kind !== 'resident' && subject.kind !== 'unlisted')) return 0
  const firstDay = Date.parse(`${dayOf(now - (outingQuota.days - 1) * DAY, zone())}T00:00:00Z`) - zone() * 60_000
  // A database that cannot be read must not keep anybody inside: the save will tell.
  return outingsWithin(services, household, firstDay, now).catch(() => 0)
}

/** When and how a resident was registered last; nobody else is recognised again. */
export async function lastSeen(services: Services, who: Who, since: number): Promise<Passing['seen']> {
  if (who.subject.kind !== 'resident') return undefined
  // A database that cannot be read must not keep anybody from being registered: the save will tell.
  const passage = await latestPassageOf(services, who.subject.residentId, since).catch(() => undefined)
  return passage && { direction: passage.direction, at: passage.at }
}
