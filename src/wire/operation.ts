import * as v from 'valibot'
import type { CardId, CompoundId, HouseholdId, OperationKey, PostId, ResidentId } from '../domain/ids'
import { ACCESSES, type Operation } from '../domain/operation'
import { NOT_MEASURED_REASONS, SITES } from '../domain/reading'

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64))
const branded = <Id extends string>() =>
  v.pipe(
    id,
    v.transform((text) => text as Id),
  )
const shortText = v.pipe(v.string(), v.maxLength(200))
const longText = v.pipe(v.string(), v.maxLength(1000))

export const KEY_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
export const Key = v.pipe(
  v.string(),
  v.regex(KEY_PATTERN),
  v.transform((text) => text as OperationKey),
)
export const Seq = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER))
const DEVICE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?[+-]\d{2}:\d{2}$/

const stamp = {
  key: Key,
  seq: Seq,
  deviceTime: v.pipe(v.string(), v.regex(DEVICE_TIME)),
  clockOffset: v.pipe(v.number(), v.integer()),
  postId: branded<PostId>(),
  operator: shortText,
}

const Address = v.looseObject({ building: shortText, unit: shortText, room: shortText })
const ReadingSchema = v.looseObject({
  celsius: v.number(),
  site: v.picklist(SITES),
  attempt: v.pipe(v.number(), v.integer(), v.minValue(1)),
  thermometer: v.exactOptional(shortText),
})
const Measured = v.union([ReadingSchema, v.looseObject({ reason: v.picklist(NOT_MEASURED_REASONS) })])
const Direction = v.picklist(['in', 'out'])
const SubjectSchema = v.variant('kind', [
  v.looseObject({ kind: v.literal('resident'), residentId: branded<ResidentId>(), householdId: branded<HouseholdId>() }),
  v.looseObject({ kind: v.literal('unlisted'), householdId: branded<HouseholdId>() }),
  v.looseObject({ kind: v.literal('written'), name: shortText, address: v.exactOptional(Address) }),
])

const ResidentSchema = v.looseObject({
  id: branded<ResidentId>(),
  name: shortText,
  phone: v.exactOptional(shortText),
  tenure: v.picklist(['owner', 'tenant']),
  initials: v.exactOptional(shortText),
})
const CardSchema = v.looseObject({
  id: branded<CardId>(),
  kind: v.picklist(['person', 'household']),
  residentId: v.exactOptional(branded<ResidentId>()),
  shortCode: shortText,
  state: v.picklist(['valid', 'revoked']),
  validUntil: v.exactOptional(shortText),
})
const HouseholdSchema = v.looseObject({
  id: branded<HouseholdId>(),
  address: Address,
  plates: v.pipe(v.array(shortText), v.maxLength(50)),
  residents: v.pipe(v.array(ResidentSchema), v.maxLength(200)),
  cards: v.pipe(v.array(CardSchema), v.maxLength(400)),
})
export const RosterPageSchema = v.looseObject({
  compoundId: branded<CompoundId>(),
  page: v.pipe(v.number(), v.integer(), v.minValue(0)),
  households: v.pipe(v.array(HouseholdSchema), v.maxLength(2000)),
})

const target = Key

/** What a device did. Unknown members are kept, so that an older server loses nothing of a newer phone's. */
export const OperationSchema = v.variant('kind', [
  v.looseObject({
    ...stamp,
    kind: v.literal('check-in'),
    subject: SubjectSchema,
    direction: Direction,
    measured: Measured,
    way: v.picklist(['card', 'short-code', 'search', 'written']),
    cardId: v.exactOptional(branded<CardId>()),
    rules: shortText,
  }),
  v.looseObject({ ...stamp, kind: v.literal('retest'), target, reading: ReadingSchema }),
  v.looseObject({ ...stamp, kind: v.literal('walk-off'), target }),
  v.looseObject({ ...stamp, kind: v.literal('void'), target, reason: longText }),
  v.looseObject({
    ...stamp,
    kind: v.literal('amend'),
    target,
    reason: longText,
    direction: v.exactOptional(Direction),
    measured: v.exactOptional(Measured),
    note: v.exactOptional(longText),
  }),
  v.looseObject({
    ...stamp,
    kind: v.literal('roster-import'),
    importId: id,
    of: v.pipe(v.number(), v.integer(), v.minValue(1)),
    page: RosterPageSchema,
  }),
  v.looseObject({
    ...stamp,
    kind: v.literal('card-binding'),
    cardId: branded<CardId>(),
    compoundId: branded<CompoundId>(),
    householdId: branded<HouseholdId>(),
    residentId: v.exactOptional(branded<ResidentId>()),
  }),
  v.looseObject({ ...stamp, kind: v.literal('card-revocation'), cardId: branded<CardId>(), compoundId: branded<CompoundId>() }),
  v.looseObject({
    ...stamp,
    kind: v.literal('access'),
    what: v.picklist(ACCESSES),
    about: v.exactOptional(id),
    detail: v.exactOptional(v.pipe(v.string(), v.maxLength(40))),
  }),
])

/** Compiles only while the schema and the domain say the same. */
export const asOperation = (parsed: v.InferOutput<typeof OperationSchema>): Operation => parsed
