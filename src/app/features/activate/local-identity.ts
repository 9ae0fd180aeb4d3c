import { type Management, type PostType, type Setting, USUAL_SHIFTS } from '../../../domain/community'
import type { CommunityId, CompoundId, DeviceId, PostId } from '../../../domain/ids'
import type { RuleSet } from '../../../domain/rules/rule-set'
import type { Identity } from '../../../storage/identity'

/** What a post must say of itself before its first record. */
export interface LocalPostForm {
  readonly post: string
  /** Decides the first screen. */
  readonly type: PostType
  readonly compound: string
  readonly body: string
  readonly contact: string
  /** What the rules ask about a compound; undefined: nobody said. */
  readonly management?: Management
  readonly enclosed?: boolean
  /** Where nobody manages it: who answers for it. */
  readonly official?: string
}

export interface LocalChances {
  /** Device ms. */
  readonly now: number
  /** The thumbprint of the phone's own key. */
  readonly deviceId: DeviceId
  newId(): string
  /** By which notices it goes until it joins a server; none: the basic ones. */
  readonly ruleSets?: readonly RuleSet[]
}

/** A post that works by itself. Its ids are the phone's own; the server learns on joining which of its posts that is. */
export function localIdentity(form: LocalPostForm, { now, deviceId, newId, ruleSets = [] }: LocalChances): Identity {
  const { post, type, compound, body, contact } = form
  const setting = settingOf(form)
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
    posts: [{ id: postId, name: post.trim(), type, compoundId, compoundName: compound.trim(), ...(setting ? { setting } : {}) }],
    postId,
    localPostId: postId,
    localCompoundId: compoundId,
    ruleSets,
    activatedAt: now,
  }
}

function settingOf({ management, enclosed, official }: LocalPostForm): Setting | undefined {
  const setting: Setting = {
    ...(management ? { management } : {}),
    ...(enclosed === undefined ? {} : { enclosed }),
    ...(management === 'none' && official?.trim() ? { official: official.trim() } : {}),
  }
  return Object.keys(setting).length > 0 ? setting : undefined
}

export type Question = 'post' | 'compound' | 'body' | 'contact' | 'official'

/** The questions that are still without an answer. */
export function missingIn(form: LocalPostForm): readonly Question[] {
  return (['post', 'body', 'contact'] as const).filter((question) => form[question].trim() === '')
}
