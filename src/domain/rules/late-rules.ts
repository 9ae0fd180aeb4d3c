import type { Post } from '../community'
import type { Passage } from '../passage'
import { type RuleSet, resolveRules } from './rule-set'

/** The version by which a passage would be judged today, where that is another than it was: a rule came late. It flags; nothing is rewritten. */
export function laterVersion({ checkIn, at }: Pick<Passage, 'checkIn' | 'at'>, sets: readonly RuleSet[], post: Post): string | undefined {
  const { version } = resolveRules(sets, post, at)
  return version === checkIn.rules ? undefined : version
}
