import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Post } from '../domain/community'
import type { JudgedBy } from '../domain/passage'
import { nextRuleChange, resolveRules, rulesOfVersion } from '../domain/rules/rule-set'
import type { Rules } from '../domain/rules/rules'
import type { Identity } from '../storage/identity'

/** What is in force at this post: it changes by itself at midnight, without a network. */
export interface RulesView {
  readonly post: ReadonlySignal<Post>
  readonly rules: ReadonlySignal<Rules>
  /** The same, looked at anew: for what is judged at this moment. */
  rulesNow(): Rules
  rulesAt(instant: number): Rules
  /** How a record is folded: by what it was judged by. */
  readonly judgedBy: JudgedBy
}

const LONGEST_TIMER = 2 ** 31 - 1

/** `now`: corrected ms. */
export function createRulesView(identity: ReadonlySignal<Identity>, now: () => number): RulesView {
  const looks = signal(0)
  const post = computed(() => postOf(identity.value))
  const rulesAt = (instant: number) => resolveRules(identity.value.ruleSets, post.value, instant)
  const rules = computed(() => {
    looks.value
    return rulesAt(now())
  })
  const look = () => {
    looks.value++
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  effect(() => {
    looks.value
    clearTimeout(timer)
    const turn = nextRuleChange(identity.value.ruleSets, now())
    if (turn !== undefined) timer = setTimeout(look, Math.min(turn - now() + 1, LONGEST_TIMER))
  })
  return {
    post,
    rules,
    rulesAt,
    rulesNow() {
      // A timer of a phone in a pocket comes late, and a clock may be set.
      if (rulesAt(now()).version !== rules.value.version) look()
      return rules.value
    },
    judgedBy: (version) => rulesOfVersion(identity.value.ruleSets, version),
  }
}

/** Where the phone stands. Its identity always names one of its posts. */
function postOf({ posts, postId }: Identity): Post {
  const post = posts.find(({ id }) => id === postId) ?? posts[0]
  if (!post) throw new Error('postOf: a phone without a post')
  return post
}
