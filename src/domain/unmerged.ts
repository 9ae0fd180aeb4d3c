import type { Post } from './community'
import type { CompoundId, DeviceId } from './ids'
import type { UnmergedPhone } from './report'

/** Another phone, as the server last told of it. `unitId`: its post, or a unit above some. */
export interface PhoneOfPost {
  readonly deviceId: DeviceId
  readonly name: string
  readonly unitId: string
  readonly lastSeen?: number
}

export interface UnmergedQuestion {
  readonly self: DeviceId
  readonly phones: readonly PhoneOfPost[]
  /** The posts that the report covers. */
  readonly posts: readonly Post[]
  /** Whose day is in the report. `madeAt`: of what they gave, ms. */
  readonly merged: readonly { readonly deviceId: DeviceId; readonly madeAt: number }[]
}

/** The phones that stand at these posts and are not in the report. */
export function unmergedPhones({ self, phones, posts, merged }: UnmergedQuestion): UnmergedPhone[] {
  const here = new Map<string, Post>()
  for (const post of posts) {
    here.set(post.id, post)
    if (post.compoundId && !here.has(post.compoundId satisfies CompoundId)) here.set(post.compoundId, post)
  }
  const known = new Set(merged.map(({ deviceId }) => deviceId))
  return phones.flatMap(({ deviceId, name, unitId, lastSeen }) => {
    const post = here.get(unitId)
    if (!post || deviceId === self || known.has(deviceId)) return []
    return [{ name, postId: post.id, ...(lastSeen === undefined ? {} : { lastSeen }) }]
  })
}
