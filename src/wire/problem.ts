import * as v from 'valibot'

/** Every answer that is not a success carries one of these (RFC 9457 problem details, member `code`). */
export const PROBLEM_CODES = [
  'bad-request',
  'unsupported-protocol',
  /** No signature of ours on the request. */
  'unauthorised',
  'device-unknown',
  'signature-wrong',
  'body-altered',
  /** Made too long ago, or in the future; the answer tells the server's time. */
  'signature-stale',
  'signature-replayed',
  'forbidden',
  'not-found',
  'conflict',
  'too-large',
  'too-many-requests',
  'overloaded',
  'storage-full',
  'server-fault',
  'invite-unknown',
  'invite-used',
  'invite-expired',
  'device-revoked',
  'device-cloned',
] as const
export type ProblemCode = (typeof PROBLEM_CODES)[number]

/** Why one operation of a push was not accepted. */
export const REJECTION_CODES = [
  /** Not of the schema; `pointer` names the member. */
  'malformed',
  /** A kind this server does not know yet. */
  'unknown-kind',
  /** A reading outside of 30.0-43.0 °C. */
  'reading-out-of-range',
  /** The post is not one that this device may write for. */
  'outside-scope',
  /** This role may not do that. */
  'not-allowed',
  /** The post was closed. */
  'post-closed',
  /** The household or the card is not in the roster. */
  'unknown-card',
  /** The card belongs to another household already. */
  'card-bound',
  /** Neither this phone nor this server can open what was recorded. */
  'unreadable',
  /** The same key, or the same number of this device, came before with other content. */
  'conflict',
] as const
export type RejectionCode = (typeof REJECTION_CODES)[number]

export const Problem = v.object({
  type: v.string(),
  title: v.string(),
  status: v.pipe(v.number(), v.integer()),
  code: v.picklist(PROBLEM_CODES),
  detail: v.optional(v.string()),
  instance: v.optional(v.string()),
  /** With `signature-stale`: what the clock should say. */
  serverTime: v.optional(v.string()),
})
export type Problem = v.InferOutput<typeof Problem>
