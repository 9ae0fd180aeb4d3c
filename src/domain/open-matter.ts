import type { PostId } from './ids'
import { incidentOf } from './incident'
import type { Told } from './operation'
import { inOrder } from './order'
import { isWaiting, type JudgedBy, type Passage, passageOf } from './passage'

/** Somebody who waits, or an incident that nobody has closed, with all that was said of it. */
export interface OpenMatter {
  readonly kind: 'incident' | 'retest'
  readonly passage: Passage
  readonly operations: readonly Told[]
}

/** What is open at these posts: a lead's phone knows of others too, whose shifts do not end with this one. */
export function openMattersAt(
  posts: readonly (PostId | undefined)[],
  matters: readonly (readonly Told[])[],
  judgedBy: JudgedBy,
): OpenMatter[] {
  return matters.flatMap((operations): OpenMatter[] => {
    const checkIn = operations.find((operation) => operation.kind === 'check-in')
    if (!checkIn || !posts.includes(checkIn.postId)) return []
    const passage = passageOf(checkIn, operations, judgedBy)
    if (isWaiting(passage)) return [{ kind: 'retest', passage, operations }]
    const incident = incidentOf(passage, inOrder(operations))
    return incident && !incident.closed ? [{ kind: 'incident', passage, operations }] : []
  })
}
