import type { Accessed, Unstamped } from '../../../domain/operation'
import type { Problem } from './gate-state'

/** What is kept of a refused card: why, and its id where it is one of ours; never the code. */
export function refusalOf(problem: Problem): Unstamped<Accessed> | undefined {
  const refused = { kind: 'access', what: 'scan-refused', detail: problem.kind } as const
  switch (problem.kind) {
    case 'revoked':
    case 'expired':
      return { ...refused, about: problem.cardId }
    case 'foreign':
      return { ...refused, detail: `foreign-${problem.looksLike}` }
    case 'empty':
    case 'damaged':
    case 'forged':
    case 'unknown-key':
    case 'other-community':
    case 'card-unknown':
      return refused
    case 'card-unbound':
    case 'roster-loading':
    case 'roster-hidden':
      return undefined
    default:
      return problem satisfies never
  }
}
