import type { Pool } from 'pg'
import type { CommunityId, HouseholdId, PostId } from '../../domain/ids'
import type { RequestTopic, TipTopic } from '../../domain/registers'
import { addToTrail } from './trail'
import { transaction } from './transaction'

interface Told {
  readonly at: Date
  readonly postId: PostId
  readonly operator: string
  readonly words?: string
}
/** 线索. Who told the post is not written down. */
export interface ToldTip extends Told {
  readonly topic: TipTopic
}
/** 居民诉求. */
export interface ToldRequest extends Told {
  readonly topic: RequestTopic
  readonly householdId?: HouseholdId
}

interface Asking {
  readonly communityId: CommunityId
  readonly since: Date
  readonly actor: string
}

/** The tips of a community, oldest first; that they were read is written into the trail first. */
export const readTips = (pool: Pool, asking: Asking) => read<ToldTip>(pool, asking, 'tip')

/** The requests of its residents that still count. */
export const readRequests = (pool: Pool, asking: Asking) => read<ToldRequest>(pool, asking, 'request')

async function read<Row extends Told>(pool: Pool, { communityId, since, actor }: Asking, kind: 'tip' | 'request'): Promise<Row[]> {
  return transaction(pool, async (client) => {
    const { rows } = await client.query(
      `select o.at, o.post_id, o.payload from operations o where o.community_id = $1 and o.kind = $2 and o.at >= $3
       and not exists (select from operations v where v.community_id = $1 and v.target = o.key and v.kind = 'void') order by o.at, o.key`,
      [communityId, kind, since],
    )
    await addToTrail(client, communityId, [
      { actor, what: kind === 'tip' ? 'tips-read' : 'requests-read', detail: { count: rows.length, since: since.toISOString() } },
    ])
    return rows.map(({ at, post_id, payload: { topic, words, householdId, operator } }) => ({
      at,
      postId: post_id,
      operator,
      topic,
      ...(words ? { words } : {}),
      ...(householdId ? { householdId } : {}),
    })) as unknown as Row[]
  })
}
