import type { Pool } from 'pg'
import { dayLogOf, withinSpan } from '../../domain/day-log'
import type { CommunityId, DeviceId } from '../../domain/ids'
import type { Accessed, Operation, Told } from '../../domain/operation'
import type { ReportSource } from '../../domain/report'
import { buildRosterIndex } from '../../domain/roster-search'
import { resolveRules } from '../../domain/rules/rule-set'
import { CHINA, type Day } from '../../domain/time'
import { postsBelow, readCommunity } from './communities'
import { observedOn } from './observations'
import { rosterOf } from './rosters'
import { judgedByOf, ruleSetsOf } from './rule-sets'

export interface ServerQuestion {
  readonly day: Day
  /** A post, or any place above: all posts below it. */
  readonly unitId?: string
  /** ms; what happened within, else the calendar day. */
  readonly from?: number
  readonly to?: number
}

/** What the reports of a day are written from, out of the server's own log: the same rows as on the phone. Undefined: no such community. */
export async function daySource(pool: Pool, communityId: CommunityId, question: ServerQuestion): Promise<ReportSource | undefined> {
  const known = await readCommunity(pool, communityId)
  if (!known) return undefined
  const { day, unitId } = question
  const scope = await postsBelow(pool, communityId, unitId ?? communityId)
  const [post] = scope.posts
  const judgedBy = await judgedByOf(pool, communityId)
  const midnight = Date.parse(`${day}T00:00:00+08:00`)
  const span = { from: question.from ?? midnight, to: question.to ?? midnight + 86_400_000 }
  const operations = await operationsWithin(pool, communityId, span)
  const ours = operations.filter((each) => scope.posts.some(({ id }) => id === each.postId))
  const sets = await ruleSetsOf(pool, communityId)
  const { duplicateWindow } = post ? resolveRules(sets, post, span.from) : { duplicateWindow: 0 }
  const pages = (await Promise.all(scope.compoundIds.map((id) => rosterOf(pool, communityId, id)))).flat()
  const index = buildRosterIndex(pages)
  const observed = await observedOn(pool, communityId, day)
  return {
    log: dayLogOf(ours, judgedBy, duplicateWindow),
    community: known.community,
    posts: scope.posts,
    day,
    zone: CHINA,
    judgedBy,
    uploads: new Map(),
    unmerged: [],
    observed: (id) => id && (observed.get(id) ?? { standing: 0, began: 0, ended: 0 }),
    residentOf(subject) {
      if (subject.kind === 'resident') return index.residentById.get(subject.residentId) ?? {}
      const householdId = subject.kind === 'unlisted' || subject.kind === 'visitor' ? subject.householdId : undefined
      const household = householdId && index.householdById.get(householdId)
      return household ? { household } : {}
    },
  }
}

interface Span {
  readonly from: number
  readonly to: number
}

/** What happened within a span, by the paper's time where there is one, and what was said of it whenever. */
async function operationsWithin(pool: Pool, communityId: CommunityId, { from, to }: Span): Promise<Told[]> {
  const { rows } = await pool.query<{ device_id: DeviceId; payload: Operation }>(
    `with own as (
       select key, device_id, payload from operations
       where community_id = $1 and target is null
         and coalesce((payload->>'occurredAt')::timestamptz, at) >= $2 and coalesce((payload->>'occurredAt')::timestamptz, at) < $3
     )
     select device_id, payload from own
     union all
     select o.device_id, o.payload from own join operations o on o.community_id = $1 and o.target = own.key`,
    [communityId, new Date(from), new Date(to)],
  )
  return withinSpan(
    rows.map(({ device_id, payload }) => ({ ...payload, by: device_id })),
    from,
    to,
  )
}

/** The exports in the log whose rows had this fingerprint: by which phone, when. */
export async function exportsOf(
  pool: Pool,
  communityId: CommunityId,
  fingerprint: string,
): Promise<{ readonly deviceId: DeviceId; readonly operation: Accessed }[]> {
  const { rows } = await pool.query<{ device_id: DeviceId; payload: Accessed }>(
    `select device_id, payload from operations where community_id = $1 and kind = 'access' and payload->>'fingerprint' = $2 order by at`,
    [communityId, fingerprint],
  )
  return rows.map(({ device_id, payload }) => ({ deviceId: device_id, operation: payload }))
}

/** The same, of those that the command line made: who stands in the trail, and why. */
export async function exportsInTrail(
  pool: Pool,
  communityId: CommunityId,
  fingerprint: string,
): Promise<{ readonly actor: string; readonly about: string; readonly at: Date; readonly reason?: string }[]> {
  const { rows } = await pool.query(
    `select actor, about, at, detail->>'reason' as reason from trail
     where community_id = $1 and what = 'records-exported' and detail->>'fingerprint' = $2 order by at`,
    [communityId, fingerprint],
  )
  return rows
}
