import { createStore, del, get, set } from 'idb-keyval'
import type { TimeKnown } from '../domain/clock'
import type { Community, CommunityKeys, Post } from '../domain/community'
import type { CompoundId, DeviceId, PostId } from '../domain/ids'
import type { Role } from '../domain/role'
import type { RuleSet } from '../domain/rules/rule-set'

/** Who this phone is. `local`: a post that works by itself until it joins a server. */
export interface Identity {
  readonly deviceId: DeviceId
  /** Made with the phone's storage: a copy of it elsewhere would carry the same. */
  readonly epoch: string
  readonly state: 'local' | 'active'
  readonly role: Role
  readonly community: Community
  readonly posts: readonly Post[]
  readonly postId: PostId
  readonly localPostId?: PostId
  readonly localCompoundId?: CompoundId
  /** Those that hold and those that will: at midnight the verdict changes offline. */
  readonly ruleSets: readonly RuleSet[]
  /** None before a local post has joined a server. */
  readonly keys?: CommunityKeys
  /** Device ms. */
  readonly activatedAt: number
}

/** An activation that was begun: kept before anything is sent, so that a lost answer can be asked for again. */
export interface PendingActivation {
  readonly code: string
  readonly epoch: string
}

/** How wrong this phone's clock is, as last measured against the server or confirmed by a person. */
export interface Clock extends TimeKnown {
  /** ms to add to the device's time. */
  readonly offset: number
  /** Device ms; 0: never. */
  readonly measuredAt: number
  /** The newest server time seen, ms: the corrected time is never before it. */
  readonly lastServerTime: number
  /** The clock was reset, and nobody has told the time since: the offset stands in for it. */
  readonly doubtful?: true
}

const store = createStore('gatepost-identity', 'values')
const UNMEASURED: Clock = { offset: 0, measuredAt: 0, lastServerTime: 0 }

/** An identity of a build before dated rules has none of them: the next pull brings them. */
export async function readIdentity(): Promise<Identity | undefined> {
  const kept = await get<Omit<Identity, 'ruleSets'> & Partial<Pick<Identity, 'ruleSets'>>>('identity', store)
  return kept && { ...kept, ruleSets: kept.ruleSets ?? [] }
}
export const writeIdentity = (identity: Identity) => set('identity', identity, store)

export const readPendingActivation = () => get<PendingActivation>('pending-activation', store)
export const writePendingActivation = (pending: PendingActivation) => set('pending-activation', pending, store)
export const clearPendingActivation = () => del('pending-activation', store)

export const readClock = async () => (await get<Clock>('clock', store)) ?? UNMEASURED
export const writeClock = (clock: Clock) => set('clock', clock, store)
