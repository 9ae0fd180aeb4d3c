import type { Pool } from 'pg'
import type { Post } from '../../domain/community'
import { dayLogOf } from '../../domain/day-log'
import { around, OF_A_SHIFT, type Span, spanOf, type TimeAsked, withinAsked } from '../../domain/day-question'
import type { CommunityId, CompoundId, DeviceId, PostId } from '../../domain/ids'
import type { Operation, Told } from '../../domain/operation'
import type { PhoneInReport, ReportSource } from '../../domain/report'
import { buildRosterIndex } from '../../domain/roster-search'
import { rulesOfVersion } from '../../domain/rules/rule-set'
import { CHINA, correctedTime } from '../../domain/time'
import { postsBelow, readCommunity } from './communities'
import { observedOn } from './observations'
import { rosterOf } from './rosters'
import { ruleSetsOf } from './rule-sets'

/** A phone that was heard of so shortly before the end is not silent, ms. */
const HEARD_BEFORE = 30 * 60_000

export interface ServerQuestion extends Omit<TimeAsked, 'zone'> {
  /** A post, or any place above: all posts below it. */
  readonly unitId?: string
  /** ms; what came later is left out. */
  readonly asOf: number
  /** Only what these phones had recorded by then, corrected ms, whenever it came; undefined: all that was here. */
  readonly phones?: ReadonlyMap<DeviceId, number>
}

/** What the reports of a day are written from, out of the server's own log: the same rows as on the phone. Undefined: no such community. */
export async function daySource(pool: Pool, communityId: CommunityId, question: ServerQuestion): Promise<ReportSource | undefined> {
  const known = await readCommunity(pool, communityId)
  if (!known) return undefined
  const { day, shift, until, unitId, asOf } = question
  const asked: TimeAsked = { day, shift, until, zone: CHINA }
  const scope = await postsBelow(pool, communityId, unitId ?? communityId)
  const ruleSets = await ruleSetsOf(pool, communityId)
  const judgedBy = (version: string) => rulesOfVersion(ruleSets, version)
  const operations = await operationsWithin(pool, communityId, question, asked)
  const ours = operations.filter((each) => scope.posts.some(({ id }) => id === each.postId))
  const pages = (await Promise.all(scope.compoundIds.map((id) => rosterOf(pool, communityId, id)))).flat()
  const index = buildRosterIndex(pages)
  const observed = await observedOn(pool, communityId, day)
  const span = spanOf(asked)
  return {
    log: dayLogOf(ours, judgedBy),
    community: known.community,
    posts: scope.posts,
    day,
    zone: CHINA,
    span,
    asOf,
    judgedBy,
    ruleSets,
    uploads: new Map(),
    unsentElsewhere: { waiting: 0, returned: 0 },
    phones: await silentPhones(pool, communityId, scope.posts, Math.min(span.to, asOf)),
    arePhonesKnown: true,
    observed: (id) => id && (observed.get(id) ?? { standing: 0, began: 0, ended: 0 }),
    residentOf(subject) {
      if (subject.kind === 'resident') return index.residentById.get(subject.residentId) ?? {}
      const householdId = subject.kind === 'unlisted' || subject.kind === 'visitor' ? subject.householdId : undefined
      const household = householdId && index.householdById.get(householdId)
      return household ? { household } : {}
    },
  }
}

interface Row {
  readonly device_id: DeviceId
  readonly post_id: PostId
  readonly received_at: Date
  readonly payload: Operation
}

/** What happened within the time, by the paper's time where there is one, and what was said of it whenever; each at the post that the server knows it by. */
async function operationsWithin(pool: Pool, communityId: CommunityId, { asOf, phones }: ServerQuestion, asked: TimeAsked): Promise<Told[]> {
  const { from, to }: Span = spanOf(asked)
  const beside = around(asked)
  const { rows } = await pool.query<Row>(
    `with own as (
       select key, device_id, post_id, received_at, payload from operations
       where community_id = $1 and target is null
         and (coalesce((payload->>'occurredAt')::timestamptz, at) >= $2 and coalesce((payload->>'occurredAt')::timestamptz, at) < $3
           or kind = any($4) and at >= $5 and at < $6)
     )
     select device_id, post_id, received_at, payload from own
     union all
     select o.device_id, o.post_id, o.received_at, o.payload from own join operations o on o.community_id = $1 and o.target = own.key`,
    [communityId, new Date(from), new Date(to), OF_A_SHIFT, new Date(beside.from), new Date(beside.to)],
  )
  const wasThere = ({ device_id, received_at, payload }: Row) =>
    phones ? correctedTime(payload) <= (phones.get(device_id) ?? Number.NEGATIVE_INFINITY) : received_at.getTime() <= asOf
  const told = rows.filter(wasThere).map(({ device_id, post_id, payload }): Told => ({ ...payload, postId: post_id, by: device_id }))
  return withinAsked(told, asked)
}

/** The phones of these posts, of their compounds and of the whole community that were not heard of up to the end (ms): their records may be missing. */
async function silentPhones(pool: Pool, communityId: CommunityId, posts: readonly Post[], end: number): Promise<PhoneInReport[]> {
  const { rows } = await pool.query<{ device_id: DeviceId; name: string; unit_id: string; last_seen_at: Date | null }>(
    `select device_id, name, unit_id, last_seen_at from devices
     where community_id = $1 and unit_id = any($2) and role <> 'admin' and revoked_at is null and wiped_at is null and created_at < $3
       and (last_seen_at is null or last_seen_at < $4) order by created_at, device_id`,
    [
      communityId,
      [communityId, ...posts.flatMap(({ id, compoundId }) => [id, ...(compoundId ? [compoundId] : [])])],
      new Date(end),
      new Date(end - HEARD_BEFORE),
    ],
  )
  return rows.map(({ device_id, name, unit_id, last_seen_at }) => {
    const post = posts.find(({ id }) => id === unit_id)
    const seen = last_seen_at?.getTime()
    return {
      deviceId: device_id,
      name: name || device_id.slice(0, 4),
      ...(post ? { postId: post.id } : unit_id === communityId ? {} : { compoundId: unit_id as CompoundId }),
      ...(seen === undefined ? {} : { lastSeen: seen, until: seen }),
    }
  })
}

/** A report that was made, and told of: by a phone, or on the command line. */
export interface Export {
  /** A phone's id, or who else made it. */
  readonly actor: string
  readonly about: string
  /** By its own clock where a phone made it. */
  readonly at: string
  readonly kind: string
  readonly reason?: string
  /** Set where a phone made it: who was signed in, and whose records were in it until when. */
  readonly phone?: { readonly operator: string; readonly phones: ReadonlyMap<DeviceId, number> }
}

/** The exports in the trail whose rows had this fingerprint, as long as the trail is kept: it outlives the passages. */
export async function exportsOf(pool: Pool, communityId: CommunityId, fingerprint: string): Promise<Export[]> {
  const { rows } = await pool.query<{ actor: string; about: string | null; at: Date; detail: Record<string, string | undefined> }>(
    `select actor, about, at, detail from trail
     where community_id = $1 and what = 'records-exported' and detail->>'fingerprint' = $2 order by entry_no`,
    [communityId, fingerprint],
  )
  return rows.map(({ actor, about, at, detail: { word = '', at: deviceTime, reason, operator, phones } }) => ({
    actor,
    about: about ?? '',
    at: deviceTime ?? at.toISOString(),
    kind: word,
    ...(reason ? { reason } : {}),
    ...(operator === undefined ? {} : { phone: { operator, phones: new Map(JSON.parse(phones ?? '[]')) } }),
  }))
}
