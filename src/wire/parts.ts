import * as v from 'valibot'
import type { HouseholdId, OperationKey, PostId, ResidentId } from '../domain/ids'
import { NOT_MEASURED_REASONS, SITES } from '../domain/reading'
import { EMERGENCIES } from '../domain/registers'
import { STOP_CAUSES } from '../domain/rules/verdict'

/** What the schemas of operations are made of. */
export const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64))
export const branded = <Id extends string>() =>
  v.pipe(
    id,
    v.transform((text) => text as Id),
  )
export const shortText = v.pipe(v.string(), v.maxLength(200))
export const longText = v.pipe(v.string(), v.maxLength(1000))

export const KEY_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
export const Key = v.pipe(
  v.string(),
  v.regex(KEY_PATTERN),
  v.transform((text) => text as OperationKey),
)
export const Seq = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER))
export const DEVICE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?[+-]\d{2}:\d{2}$/

export const stamp = {
  key: Key,
  seq: Seq,
  deviceTime: v.pipe(v.string(), v.regex(DEVICE_TIME)),
  clockOffset: v.pipe(v.number(), v.integer()),
  postId: branded<PostId>(),
  operator: shortText,
}

export const Address = v.looseObject({ building: shortText, unit: shortText, room: shortText })
export const ReadingSchema = v.looseObject({
  celsius: v.number(),
  site: v.picklist(SITES),
  attempt: v.pipe(v.number(), v.integer(), v.minValue(1)),
  thermometer: v.exactOptional(shortText),
})
export const InRange = v.looseObject({ inRange: v.literal(true), site: v.picklist(SITES) })
export const NotMeasured = v.looseObject({ reason: v.picklist(NOT_MEASURED_REASONS) })
export const Measured = v.union([ReadingSchema, InRange, NotMeasured])
export const Direction = v.picklist(['in', 'out'])
/** Whom a register wrote down. */
const REGISTERED = [
  v.looseObject({ kind: v.literal('written'), name: shortText, address: v.exactOptional(Address) }),
  v.looseObject({
    kind: v.literal('visitor'),
    name: shortText,
    phone: v.exactOptional(shortText),
    idNumber: v.exactOptional(shortText),
    reason: v.exactOptional(shortText),
    hostConfirmed: v.exactOptional(v.boolean()),
    keyArea: v.exactOptional(v.boolean()),
    householdId: v.exactOptional(branded<HouseholdId>()),
    address: v.exactOptional(Address),
  }),
  v.looseObject({
    kind: v.literal('courier'),
    company: v.exactOptional(shortText),
    name: v.exactOptional(shortText),
    phone: v.exactOptional(shortText),
    plate: v.exactOptional(shortText),
    dropOff: v.exactOptional(shortText),
  }),
] as const
export const RegisteredSubjectSchema = v.variant('kind', REGISTERED)
export const SubjectSchema = v.variant('kind', [
  v.looseObject({ kind: v.literal('resident'), residentId: branded<ResidentId>(), householdId: branded<HouseholdId>() }),
  v.looseObject({ kind: v.literal('unlisted'), householdId: branded<HouseholdId>() }),
  ...REGISTERED,
])
export const AnswersSchema = v.looseObject({
  pass: v.exactOptional(v.picklist(['shown', 'missing'])),
  arrival: v.exactOptional(v.picklist(['registered', 'no-journey'])),
})
export const Why = v.picklist([...STOP_CAUSES, 'observation', 'retest'])
export const Verdict = v.looseObject({
  kind: v.picklist(['measure', 'admitted', 'ask', 'wait', 'stop']),
  why: v.exactOptional(v.picklist([...STOP_CAUSES, 'observation'])),
})
export const ExceptionSchema = v.variant('kind', [
  v.looseObject({ kind: v.literal('exception'), reason: v.pipe(longText, v.minLength(1)) }),
  v.looseObject({ kind: v.literal('emergency'), what: v.picklist(EMERGENCIES) }),
])
export const InVehicleSchema = v.looseObject({ id, plate: shortText, role: v.picklist(['driver', 'passenger']) })
export const Instant = v.pipe(v.string(), v.regex(DEVICE_TIME))
export const Whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000))
