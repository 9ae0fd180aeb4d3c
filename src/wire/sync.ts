import * as v from 'valibot'
import type { Case } from '../domain/case'
import type { Change } from '../domain/change'
import type { Community, CommunityKeys, Post } from '../domain/community'
import { ROLES } from '../domain/role'
import type { RuleSet } from '../domain/rules/rule-set'
import { OperationSchema, RosterPageSchema } from './operation'
import { Key, Seq } from './parts'
import { CommunityKeysSchema, CommunitySchema, PostSchema } from './places'
import { REJECTION_CODES } from './problem'
import { RuleSetSchema } from './rules'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const isoTime = v.pipe(v.string(), v.maxLength(40))
const Day = v.pipe(v.string(), v.isoDate())

const base64url = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]*$/))

/** An operation as it lies on a locked phone: all but its place and its links is under the shift key. */
export const SealedOperation = v.looseObject({
  key: Key,
  seq: Seq,
  kind: v.pipe(v.string(), v.maxLength(40)),
  target: v.exactOptional(Key),
  shiftKey: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  box: base64url,
})
export type SealedOperation = v.InferOutput<typeof SealedOperation>
export const SealedShiftKey = v.looseObject({ id: v.string(), receiveKeyId: v.string(), envelope: base64url })
export type SealedShiftKey = v.InferOutput<typeof SealedShiftKey>

/** Body of a push, and of what a phone that was switched off still delivers. Each operation is looked at by itself: one that is malformed is rejected by its key, the others stand. */
export const PushRequest = v.looseObject({
  protocol: v.pipe(v.number(), v.integer()),
  device: v.string(),
  /** Made when the phone's storage was: a copy of it elsewhere shows as the same device with another epoch. */
  epoch: v.string(),
  sentAt: isoTime,
  operations: v.pipe(v.array(v.unknown()), v.maxLength(1000)),
  /** The second form, of a locked phone: what it cannot read itself, for the server to open. */
  sealed: v.exactOptional(v.pipe(v.array(SealedOperation), v.maxLength(1000))),
  /** The keys of `sealed`, each sealed to the server's receive key (HPKE). */
  shiftKeys: v.exactOptional(v.pipe(v.array(SealedShiftKey), v.maxLength(1000))),
})
export type PushRequest = v.InferOutput<typeof PushRequest>

export const Rejection = v.object({
  /** As far as it could be read; else its place in the batch, `#3`. */
  key: v.string(),
  code: v.picklist(REJECTION_CODES),
  /** JSON pointer into the operation. */
  pointer: v.exactOptional(v.string()),
  /** The server's words, for a person. */
  detail: v.exactOptional(v.string()),
})
export type Rejection = v.InferOutput<typeof Rejection>

/** `gatepost` is the marker: an answer without it acknowledges nothing, whatever its status. */
export const PushResponse = v.object({
  gatepost: v.literal('push'),
  protocol: v.number(),
  accepted: v.array(Key),
  duplicates: v.array(Key),
  rejected: v.array(Rejection),
  /** Sealed, and not to be opened here: to be sent again in the clear when the phone is unlocked. */
  unopened: v.array(Key),
  serverTime: isoTime,
  nextAfterMs: count,
})
export type PushResponse = v.InferOutput<typeof PushResponse>

const idText = v.string()
const NoticeSchema = v.object({ id: idText, title: v.string(), text: v.string(), publishedAt: v.string(), postId: v.exactOptional(idText) })
const ObservationSchema = v.object({ residentId: idText, householdId: idText, kind: v.picklist(['home', 'central']), until: v.string() })

const CaseSchema = v.object({
  passage: Key,
  operations: v.array(v.object({ deviceId: idText, operation: OperationSchema })),
  open: v.boolean(),
})
/** What a phone that goes home gives to the next one. */
export const PassedOnSchema = v.object({ communityId: idText, from: v.pipe(v.string(), v.maxLength(200)), cases: v.array(CaseSchema) })
export const asCases = (parsed: readonly v.InferOutput<typeof CaseSchema>[]): readonly Case[] => parsed as unknown as readonly Case[]

/** What one phone gives of its days to another, in a file: all that it knew of them when it was made. */
export const DayGivenSchema = v.object({
  communityId: idText,
  name: v.pipe(v.string(), v.maxLength(80)),
  postId: idText,
  madeAt: v.pipe(v.number(), v.integer()),
  /** The number of its newest record: which of two files is newer. */
  lastSeq: count,
  days: v.pipe(
    v.array(
      v.object({
        day: Day,
        operations: v.array(OperationSchema),
        /** What of it is not on the server. */
        uploads: v.array(v.object({ key: Key, state: v.picklist(['waiting', 'rejected']) })),
      }),
    ),
    v.minLength(1),
    v.maxLength(4),
  ),
})

/** A change of a kind that this build does not know is passed over, and its place in the cursor kept. */
export const ChangeSchema = v.variant('kind', [
  v.object({ kind: v.literal('roster'), compoundId: idText, pages: count }),
  v.object({ kind: v.literal('roster-page'), page: RosterPageSchema }),
  v.object({ kind: v.literal('post'), post: PostSchema }),
  v.object({ kind: v.literal('community'), community: CommunitySchema }),
  v.object({ kind: v.literal('rule-sets'), sets: v.array(RuleSetSchema) }),
  v.object({ kind: v.literal('observations'), observations: v.array(ObservationSchema) }),
  v.object({ kind: v.literal('notice'), notice: NoticeSchema }),
  v.object({ kind: v.literal('case'), ...CaseSchema.entries }),
  v.object({ kind: v.literal('keys'), keys: CommunityKeysSchema }),
  v.object({ kind: v.literal('revoked-cards'), ids: v.array(idText) }),
])
export const asChange = (parsed: v.InferOutput<typeof ChangeSchema>): Change => parsed as unknown as Change

export const PullResponse = v.object({
  gatepost: v.literal('pull'),
  protocol: v.number(),
  changes: v.array(v.unknown()),
  /** To ask with next time; opaque. */
  cursor: v.string(),
  more: v.boolean(),
  serverTime: isoTime,
})
export type PullResponse = v.InferOutput<typeof PullResponse>

/** How many of this device's operations the server holds: 手机 412 = 服务器 412. */
export const HeldResponse = v.object({
  gatepost: v.literal('held'),
  operations: count,
  /** Check-ins by the calendar day of their corrected time. */
  checkIns: v.record(v.string(), count),
  serverTime: isoTime,
})
export type HeldResponse = v.InferOutput<typeof HeldResponse>

/** Which of its own records the server holds, asked by their keys. */
export const ReconcileRequest = v.looseObject({ keys: v.pipe(v.array(Key), v.maxLength(1000)) })
export const ReconcileResponse = v.object({ gatepost: v.literal('reconcile'), held: v.array(Key), serverTime: isoTime })
export type ReconcileRequest = v.InferOutput<typeof ReconcileRequest>
export type ReconcileResponse = v.InferOutput<typeof ReconcileResponse>

/** What the server holds of a device's calendar day; tips are not told of. `deviceId`: another phone's, for who may see it. */
export const HeldOfDayRequest = v.looseObject({ day: Day })
export const DeviceDayRequest = v.looseObject({ day: Day, deviceId: v.pipe(v.string(), v.minLength(1), v.maxLength(64)) })
export const HeldOfDayResponse = v.object({
  gatepost: v.literal('held-of-day'),
  /** `at`: when it happened, corrected or as the paper says. */
  records: v.array(v.object({ key: Key, kind: v.string(), at: isoTime, postId: v.string() })),
  serverTime: isoTime,
})
export type HeldOfDayRequest = v.InferOutput<typeof HeldOfDayRequest>
export type DeviceDayRequest = v.InferOutput<typeof DeviceDayRequest>
export type HeldOfDayResponse = v.InferOutput<typeof HeldOfDayResponse>

export const TimeResponse = v.object({ gatepost: v.literal('time'), serverTime: isoTime })
export type TimeResponse = v.InferOutput<typeof TimeResponse>

const publicKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{87}$/))

/** The phone makes its keys itself, so that the same request, sent again, gets the same answer. It is signed with `signKey`. */
export const ActivationRequest = v.looseObject({
  protocol: v.number(),
  /** The invite's code, as in the link's fragment or as typed. */
  code: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  /** Public keys as uncompressed points of P-256, base64url; the device id is the thumbprint (RFC 7638) of the first. */
  signKey: publicKey,
  receiveKey: publicKey,
  epoch: v.pipe(v.string(), v.maxLength(64)),
  name: v.pipe(v.string(), v.maxLength(100)),
  /** Set where the phone worked by itself before: its records name this post, and are taken as the invite's. */
  localPostId: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
  localCompoundId: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
})
export type ActivationRequest = v.InferOutput<typeof ActivationRequest>

export const ActivationResponse = v.object({
  gatepost: v.literal('activation'),
  protocol: v.number(),
  deviceId: v.string(),
  role: v.picklist(ROLES),
  community: CommunitySchema,
  /** The post that the phone stands at; an invite for a wider scope offers several. */
  posts: v.pipe(v.array(PostSchema), v.minLength(1)),
  ruleSets: v.array(RuleSetSchema),
  keys: CommunityKeysSchema,
  serverTime: isoTime,
})
export type ActivationResponse = v.InferOutput<typeof ActivationResponse>

/** The same in the domain's words, as the server gives it. */
export interface ActivationAnswer extends Omit<ActivationResponse, 'community' | 'posts' | 'ruleSets' | 'keys'> {
  readonly community: Community
  readonly posts: readonly Post[]
  readonly ruleSets: readonly RuleSet[]
  readonly keys: CommunityKeys
}
