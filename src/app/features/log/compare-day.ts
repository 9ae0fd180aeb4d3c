import type { OperationKey, PostId } from '../../../domain/ids'
import type { Operation } from '../../../domain/operation'

/** What the server tells of a record that it holds. */
export interface Held {
  readonly key: string
  readonly kind: string
  /** ISO */
  readonly at: string
}

/** Another phone's day as its file gave it, beside what the server holds of that phone's day. */
export interface ComparedFile {
  readonly name: string
  readonly file: number
  readonly server: number
  /** Not on the server: that phone has not uploaded them yet, or it has lost them. */
  readonly absent: readonly Operation[]
  /** Not in the file: they came after it was made. */
  readonly since: readonly Held[]
}

export function compareFile(name: string, operations: readonly Operation[], held: readonly Held[]): ComparedFile {
  const onServer = new Set(held.map(({ key }) => key))
  const inFile = new Set<string>(operations.map(({ key }) => key))
  return {
    name,
    file: operations.length,
    server: held.length,
    absent: operations.filter(({ key }) => !onServer.has(key)),
    since: held.filter(({ key }) => !inFile.has(key)),
  }
}

/** A phone's own records of a day beside what the server holds of them. */
export interface Compared {
  readonly posts: readonly { readonly postId: PostId; readonly phone: number; readonly server: number }[]
  readonly waiting: readonly Operation[]
  readonly rejected: readonly Operation[]
  /** Confirmed once, and not there: nobody but this phone has them. */
  readonly missing: readonly Operation[]
}

/** `held`: the keys that the server knows. A batch whose answer was lost is held and still waits here: that is no difference. */
export function compareDay(
  operations: readonly Operation[],
  held: ReadonlySet<string>,
  uploads: ReadonlyMap<OperationKey, 'waiting' | 'rejected'>,
): Compared {
  const posts = new Map<PostId, { postId: PostId; phone: number; server: number }>()
  for (const { postId, key } of operations) {
    const sum = posts.get(postId) ?? { postId, phone: 0, server: 0 }
    sum.phone++
    if (held.has(key)) sum.server++
    posts.set(postId, sum)
  }
  const absent = operations.filter(({ key }) => !held.has(key))
  return {
    posts: [...posts.values()],
    waiting: absent.filter(({ key }) => uploads.get(key) === 'waiting'),
    rejected: absent.filter(({ key }) => uploads.get(key) === 'rejected'),
    missing: absent.filter(({ key }) => !uploads.has(key)),
  }
}
