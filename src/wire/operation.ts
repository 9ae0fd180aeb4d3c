import * as v from 'valibot'
import type { CardId, CompoundId, DeviceId, HouseholdId, ResidentId } from '../domain/ids'
import { ACCESSES, type Operation, WAYS } from '../domain/operation'
import {
  Address,
  AnswersSchema,
  branded,
  Direction,
  ExceptionSchema,
  InRange,
  Instant,
  InVehicleSchema,
  id,
  Key,
  longText,
  Measured,
  NotMeasured,
  ReadingSchema,
  RegisteredSubjectSchema,
  SubjectSchema,
  shortText,
  stamp,
  Verdict,
  Whole,
  Why,
} from './parts'
import { ArrivalPart, POST_OPERATIONS } from './post-operation'

const ResidentSchema = v.looseObject({
  id: branded<ResidentId>(),
  name: shortText,
  phone: v.exactOptional(shortText),
  tenure: v.picklist(['owner', 'tenant']),
  initials: v.exactOptional(shortText),
  away: v.exactOptional(v.boolean()),
})
const CardSchema = v.looseObject({
  id: branded<CardId>(),
  kind: v.picklist(['person', 'household']),
  residentId: v.exactOptional(branded<ResidentId>()),
  shortCode: shortText,
  state: v.picklist(['valid', 'revoked']),
  plain: v.exactOptional(v.literal(true)),
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
    way: v.picklist(WAYS),
    cardId: v.exactOptional(branded<CardId>()),
    rules: shortText,
    verdict: v.exactOptional(Verdict),
    answers: v.exactOptional(AnswersSchema),
    exception: v.exactOptional(ExceptionSchema),
    noMask: v.exactOptional(v.boolean()),
    vehicle: v.exactOptional(InVehicleSchema),
    occurredAt: v.exactOptional(Instant),
  }),
  v.looseObject({
    ...stamp,
    kind: v.literal('count'),
    direction: Direction,
    people: v.pipe(Whole, v.minValue(1), v.maxValue(1000)),
    measured: v.union([InRange, NotMeasured]),
    rules: shortText,
    occurredAt: v.exactOptional(Instant),
  }),
  v.looseObject({ ...stamp, kind: v.literal('turned-back'), subject: SubjectSchema, direction: Direction, why: Why, rules: shortText }),
  ...POST_OPERATIONS,
  v.looseObject({ ...stamp, kind: v.literal('retest'), target, reading: ReadingSchema }),
  v.looseObject({ ...stamp, kind: v.literal('walk-off'), target, exception: v.exactOptional(ExceptionSchema) }),
  v.looseObject({ ...stamp, kind: v.literal('void'), target, only: v.exactOptional(Key), reason: longText }),
  v.looseObject({
    ...stamp,
    kind: v.literal('amend'),
    target,
    only: v.exactOptional(Key),
    reason: longText,
    direction: v.exactOptional(Direction),
    measured: v.exactOptional(Measured),
    note: v.exactOptional(longText),
    subject: v.exactOptional(RegisteredSubjectSchema),
    plate: v.exactOptional(v.pipe(shortText, v.minLength(1))),
    arrival: v.exactOptional(ArrivalPart),
  }),
  v.looseObject({
    ...stamp,
    kind: v.literal('roster-import'),
    importId: id,
    of: v.pipe(v.number(), v.integer(), v.minValue(1)),
    page: RosterPageSchema,
  }),
  v.looseObject({ ...stamp, kind: v.literal('household-adding'), compoundId: branded<CompoundId>(), household: HouseholdSchema }),
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
    to: v.exactOptional(id),
    fingerprint: v.exactOptional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
    reason: v.exactOptional(v.pipe(v.string(), v.maxLength(100))),
    phones: v.exactOptional(
      v.pipe(v.array(v.looseObject({ deviceId: branded<DeviceId>(), until: v.pipe(v.number(), v.integer()) })), v.maxLength(50)),
    ),
  }),
])

/** Compiles only while the schema and the domain say the same. */
export const asOperation = (parsed: v.InferOutput<typeof OperationSchema>): Operation => parsed
