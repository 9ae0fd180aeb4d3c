import type { Pool } from 'pg'
import type { Post } from '../../domain/community'
import { dayLogOf } from '../../domain/day-log'
import type { CommunityId, DeviceId } from '../../domain/ids'
import type { Operation, Told } from '../../domain/operation'
import { type Tally, tally } from '../../domain/tally'
import type { Day } from '../../domain/time'
import { postsBelow } from './communities'
import { judgedByOf } from './rule-sets'

/** The counts of each post of a community on a calendar day in China, by when things happened; all phones of a post folded together. */
export async function tallies(pool: Pool, communityId: CommunityId, day: Day): Promise<{ readonly post: Post; readonly tally: Tally }[]> {
  const { posts } = await postsBelow(pool, communityId, communityId)
  const judgedBy = await judgedByOf(pool, communityId)
  const { rows } = await pool.query<{ post_id: string; device_id: DeviceId; payload: Operation }>(
    `with own as (
       select key, post_id, device_id, payload from operations
       where community_id = $1 and coalesce((payload->>'occurredAt')::timestamptz, at) >= $2::date::timestamp at time zone 'Asia/Shanghai'
         and coalesce((payload->>'occurredAt')::timestamptz, at) < ($2::date + 1)::timestamp at time zone 'Asia/Shanghai'
         and target is null
     )
     select post_id, device_id, payload from own
     union all
     select own.post_id, o.device_id, o.payload from own join operations o on o.community_id = $1 and o.target = own.key`,
    [communityId, day],
  )
  const byPost = new Map<string, Told[]>()
  for (const { post_id, device_id, payload } of rows) {
    const told = { ...payload, by: device_id }
    const others = byPost.get(post_id)
    if (others) others.push(told)
    else byPost.set(post_id, [told])
  }
  return posts.map((post) => ({ post, tally: tally(dayLogOf(byPost.get(post.id) ?? [], judgedBy), judgedBy) }))
}
