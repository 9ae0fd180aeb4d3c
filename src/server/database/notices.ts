import type { Pool } from 'pg'
import type { CommunityId, PostId } from '../../domain/ids'
import type { Notice } from '../../domain/notice'
import { addChanges } from './changes'
import { addToTrail } from './trail'
import { transaction } from './transaction'

const MOST = 30 // a newcomer need not read older ones

/** Sends a notice to one post, or to all. */
export async function sendNotice(pool: Pool, communityId: CommunityId, notice: Notice, actor: string): Promise<void> {
  await transaction(pool, async (client) => {
    await client.query(
      'insert into notices (community_id, notice_id, post_id, title, text, published_at) values ($1, $2, $3, $4, $5, $6)',
      [communityId, notice.id, notice.postId ?? null, notice.title, notice.text, notice.publishedAt],
    )
    await addToTrail(client, communityId, [{ actor, what: 'notice-sent', about: notice.id }])
    await addChanges(client, communityId, [{ ...(notice.postId ? { unitId: notice.postId } : {}), kind: 'notice', payload: { notice } }])
  })
}

/** The newest notices for any of these posts. */
export async function noticesFor(db: Pick<Pool, 'query'>, communityId: CommunityId, postIds: readonly PostId[]): Promise<Notice[]> {
  const { rows } = await db.query<{ notice_id: string; post_id: PostId | null; title: string; text: string; published_at: Date }>(
    `select notice_id, post_id, title, text, published_at from notices
     where community_id = $1 and (post_id is null or post_id = any($2)) order by published_at desc limit $3`,
    [communityId, postIds, MOST],
  )
  return rows.map(({ notice_id, post_id, title, text, published_at }) => ({
    id: notice_id,
    title,
    text,
    publishedAt: published_at.toISOString(),
    ...(post_id ? { postId: post_id } : {}),
  }))
}

/** How many phones have read a notice at each post. */
export async function receiptsOf(
  db: Pick<Pool, 'query'>,
  communityId: CommunityId,
  noticeId: string,
): Promise<readonly { readonly postId: string; readonly phones: number; readonly firstAt: Date }[]> {
  const { rows } = await db.query<{ post_id: string; phones: string; first_at: Date }>(
    `select post_id, count(distinct device_id) as phones, min(at) as first_at from operations
     where community_id = $1 and kind = 'notice-read' and payload->>'noticeId' = $2 group by post_id order by post_id`,
    [communityId, noticeId],
  )
  return rows.map(({ post_id, phones, first_at }) => ({ postId: post_id, phones: Number(phones), firstAt: first_at }))
}
