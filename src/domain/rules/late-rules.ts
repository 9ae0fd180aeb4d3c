import type { Post } from '../community'
import type { PostId } from '../ids'
import { type RuleSet, resolveRules } from './rule-set'

/** What was judged, by which version, and when. */
export interface Judged {
  readonly rules: string
  readonly postId: PostId
  /** Corrected ms. */
  readonly at: number
}

/** The version by which it would be judged today, where that is another than it was: a rule came late. It flags; nothing is rewritten. */
export function laterVersion({ rules, postId, at }: Judged, sets: readonly RuleSet[], posts: readonly Post[]): string | undefined {
  const post = posts.find(({ id }) => id === postId)
  if (!post) return undefined
  const { version } = resolveRules(sets, post, at)
  return version === rules ? undefined : version
}
