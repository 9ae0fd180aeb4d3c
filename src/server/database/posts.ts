import type { Pool } from 'pg'
import type { PostType } from '../../domain/community'
import type { CommunityId, PostId } from '../../domain/ids'
import { addChanges } from './changes'
import { addUnit, postsBelow } from './communities'
import { transaction } from './transaction'

export interface NewPost {
  readonly id: PostId
  readonly name: string
  readonly type: PostType
  /** A compound, or the community itself for a post that belongs to none. */
  readonly parentId: string
}

/** Makes a post and tells the phones of its community. */
export async function addPost(pool: Pool, communityId: CommunityId, post: NewPost): Promise<void> {
  await transaction(pool, async (client) => {
    await addUnit(client, communityId, {
      id: post.id,
      parentId: post.parentId,
      kind: 'post',
      name: post.name,
      details: { type: post.type },
    })
    const [added] = (await postsBelow(client, communityId, post.id)).posts
    if (added) await addChanges(client, communityId, [{ unitId: post.parentId, kind: 'post', payload: { post: added } }])
  })
}
