import * as v from 'valibot'
import { CARD_KINDS } from '../domain/card'
import { ROLES } from '../domain/role'

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64))
const isoTime = v.pipe(v.string(), v.maxLength(40))
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const optionalTime = v.exactOptional(isoTime)

/** A phone or browser of the community, as who looks after it sees it. */
export const DeviceRow = v.object({
  id,
  name: v.string(),
  role: v.picklist(ROLES),
  unitId: id,
  unitName: v.string(),
  activatedAt: isoTime,
  lastSeenAt: optionalTime,
  revokedAt: optionalTime,
  clonedAt: optionalTime,
  wipedAt: optionalTime,
  /** Records of it that wait for a decision. */
  heldBack: count,
})
export type DeviceRow = v.InferOutput<typeof DeviceRow>
export const DevicesResponse = v.object({ gatepost: v.literal('devices'), devices: v.array(DeviceRow), serverTime: isoTime })
export type DevicesResponse = v.InferOutput<typeof DevicesResponse>

export const UnitRow = v.object({ id, parentId: v.exactOptional(id), kind: v.string(), name: v.string() })
export const UnitsResponse = v.object({ gatepost: v.literal('units'), units: v.array(UnitRow), serverTime: isoTime })
export type UnitsResponse = v.InferOutput<typeof UnitsResponse>

export const SwitchOffRequest = v.looseObject({ deviceId: id })
export const RoleRequest = v.looseObject({ deviceId: id, role: v.picklist(ROLES), unitId: id })
export type SwitchOffRequest = v.InferOutput<typeof SwitchOffRequest>
export type RoleRequest = v.InferOutput<typeof RoleRequest>
export const DoneResponse = v.object({ gatepost: v.literal('done'), serverTime: isoTime })
export type DoneResponse = v.InferOutput<typeof DoneResponse>

export const InviteRequest = v.looseObject({
  role: v.picklist(ROLES),
  unitId: id,
  days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)),
})
export type InviteRequest = v.InferOutput<typeof InviteRequest>
export const InviteResponse = v.object({ gatepost: v.literal('invite'), code: v.string(), expiresAt: isoTime, serverTime: isoTime })
export type InviteResponse = v.InferOutput<typeof InviteResponse>

/** A record of a phone that was switched off: kept apart until somebody decides. */
export const HeldBackRow = v.object({
  key: v.string(),
  seq: count,
  kind: v.string(),
  at: optionalTime,
  postId: v.exactOptional(v.string()),
  operator: v.string(),
  receivedAt: isoTime,
  /** False: it could not be opened, or is not of the schema. */
  readable: v.boolean(),
})
export type HeldBackRow = v.InferOutput<typeof HeldBackRow>
export const HeldBackResponse = v.object({ gatepost: v.literal('quarantine'), records: v.array(HeldBackRow), serverTime: isoTime })
export type HeldBackResponse = v.InferOutput<typeof HeldBackResponse>
export const DecisionRequest = v.looseObject({
  deviceId: id,
  keys: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(1000)),
  decision: v.picklist(['accepted', 'rejected']),
})
export const DecisionResponse = v.object({
  gatepost: v.literal('decision'),
  decided: count,
  /** What was to be accepted and is not of the rules, with the reason: it stays held back. */
  refused: v.array(v.object({ key: v.string(), code: v.string() })),
  serverTime: isoTime,
})
export type DecisionResponse = v.InferOutput<typeof DecisionResponse>

export const CARD_ORDERS = ['households', 'residents', 'blank'] as const
/** Cards to be made: one for each household or resident that has none, or blank ones. */
export const CardOrderRequest = v.looseObject({
  compoundId: id,
  order: v.picklist(CARD_ORDERS),
  /** For which households; left out: all. */
  householdIds: v.exactOptional(v.pipe(v.array(id), v.maxLength(5000))),
  /** How many blank ones. */
  count: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500))),
  /** Also print again what is there and valid. */
  again: v.exactOptional(v.boolean()),
})
export type CardOrderRequest = v.InferOutput<typeof CardOrderRequest>
export const PrintedCard = v.object({
  code: v.string(),
  shortCode: v.string(),
  kind: v.picklist(CARD_KINDS),
  householdId: v.exactOptional(id),
  residentId: v.exactOptional(id),
  expiresAt: isoTime,
})
export type PrintedCard = v.InferOutput<typeof PrintedCard>
export const CardsResponse = v.object({ gatepost: v.literal('cards'), cards: v.array(PrintedCard), serverTime: isoTime })
export type CardsResponse = v.InferOutput<typeof CardsResponse>

export const TrailRow = v.object({
  entryNo: count,
  at: isoTime,
  actor: v.string(),
  what: v.string(),
  about: v.exactOptional(v.string()),
  detail: v.exactOptional(v.record(v.string(), v.unknown())),
})
export const TrailResponse = v.object({ gatepost: v.literal('trail'), entries: v.array(TrailRow), more: v.boolean(), serverTime: isoTime })
export type TrailResponse = v.InferOutput<typeof TrailResponse>
