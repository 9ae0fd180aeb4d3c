import type { PostId } from './ids'

/** What the community tells its posts: 通告. */
export interface Notice {
  readonly id: string
  readonly title: string
  readonly text: string
  /** ISO 8601. */
  readonly publishedAt: string
  /** One post's; none: all of them. */
  readonly postId?: PostId
}
