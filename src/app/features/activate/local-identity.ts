import { type PostType, USUAL_SHIFTS } from '../../../domain/community'
import type { CommunityId, CompoundId, DeviceId, PostId } from '../../../domain/ids'
import type { Identity } from '../../../storage/identity'

/** What a post must say of itself before its first record. */
export interface LocalPostForm {
  readonly post: string
  /** Decides the first screen. */
  readonly type: PostType
  readonly compound: string
  readonly body: string
  readonly contact: string
}

export interface LocalChances {
  /** Device ms. */
  readonly now: number
  /** The thumbprint of the phone's own key. */
  readonly deviceId: DeviceId
  newId(): string
}

/** A post that works by itself. Its ids are the phone's own; the server learns on joining which of its posts that is. */
export function localIdentity({ post, type, compound, body, contact }: LocalPostForm, { now, deviceId, newId }: LocalChances): Identity {
  const postId = newId() as PostId
  const compoundId = newId() as CompoundId
  return {
    deviceId,
    epoch: newId(),
    state: 'local',
    role: 'lead',
    community: {
      id: newId() as CommunityId,
      name: body.trim(),
      collectingBody: body.trim(),
      contact: contact.trim(),
      shifts: USUAL_SHIFTS,
    },
    posts: [{ id: postId, name: post.trim(), type, compoundId, compoundName: compound.trim() }],
    postId,
    localPostId: postId,
    localCompoundId: compoundId,
    ruleSets: [],
    activatedAt: now,
  }
}

export type Question = Exclude<keyof LocalPostForm, 'type'>

/** The questions that are still without an answer. */
export function missingIn(form: LocalPostForm): readonly Question[] {
  return (['post', 'body', 'contact'] as const).filter((question) => form[question].trim() === '')
}
