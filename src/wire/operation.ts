import * as v from 'valibot'
import { CONTACT_ROLES } from '../domain/community'
import type { CardId, CompoundId, HouseholdId, OperationKey, PostId, ResidentId } from '../domain/ids'
import { CHECKLIST, OUTCOMES } from '../domain/incident'
import { ACCESSES, type Operation, WAYS } from '../domain/operation'
import { NOT_MEASURED_REASONS, SITES } from '../domain/reading'
import { CODE_COLOURS, EMERGENCIES, MEANS, PLATFORM_STATES, REQUEST_TOPICS, SOURCES, TIP_TOPICS } from '../domain/registers'
import { STOP_CAUSES } from '../domain/rules/verdict'
import { VOLUNTEER_KINDS } from '../domain/shift'

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
const InRange = v.looseObject({ inRange: v.literal(true), site: v.picklist(SITES) })
const NotMeasured = v.looseObject({ reason: v.picklist(NOT_MEASURED_REASONS) })
const Measured = v.union([ReadingSchema, InRange, NotMeasured])
const Direction = v.picklist(['in', 'out'])
const SubjectSchema = v.variant('kind', [
  v.looseObject({ kind: v.literal('resident'), residentId: branded<ResidentId>(), householdId: branded<HouseholdId>() }),
  v.looseObject({ kind: v.literal('unlisted'), householdId: branded<HouseholdId>() }),
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
])
const AnswersSchema = v.looseObject({
  pass: v.exactOptional(v.picklist(['shown', 'missing'])),
  arrival: v.exactOptional(v.picklist(['registered', 'no-journey'])),
})
const Why = v.picklist([...STOP_CAUSES, 'observation', 'retest'])
const Verdict = v.looseObject({
  kind: v.picklist(['measure', 'admitted', 'ask', 'wait', 'stop']),
  why: v.exactOptional(v.picklist([...STOP_CAUSES, 'observation'])),
})
const ExceptionSchema = v.variant('kind', [
  v.looseObject({ kind: v.literal('exception'), reason: v.pipe(longText, v.minLength(1)) }),
  v.looseObject({ kind: v.literal('emergency'), what: v.picklist(EMERGENCIES) }),
])
const InVehicleSchema = v.looseObject({ id, plate: shortText, role: v.picklist(['driver', 'passenger']) })
const Instant = v.pipe(v.string(), v.regex(DEVICE_TIME))
const Whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000))

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
  v.looseObject({
    ...stamp,
    kind: v.literal('arrival'),
    residentId: v.exactOptional(branded<ResidentId>()),
    householdId: v.exactOptional(branded<HouseholdId>()),
    name: shortText,
    phone: v.exactOptional(shortText),
    origin: shortText,
    arrivedOn: v.pipe(v.string(), v.isoDate()),
    means: v.picklist(MEANS),
    meansNumber: v.exactOptional(shortText),
    address: v.exactOptional(Address),
    companions: v.exactOptional(Whole),
    platform: v.picklist(PLATFORM_STATES),
    code: v.exactOptional(v.picklist(CODE_COLOURS)),
    symptoms: v.exactOptional(longText),
    keyArea: v.boolean(),
    metInPerson: v.boolean(),
    source: v.picklist(SOURCES),
  }),
  v.looseObject({
    ...stamp,
    kind: v.literal('incident-step'),
    target: Key,
    step: v.variant('at', [
      v.looseObject({ at: v.literal('checked'), item: v.picklist(CHECKLIST) }),
      v.looseObject({ at: v.literal('called'), role: v.picklist(CONTACT_ROLES) }),
      v.looseObject({ at: v.literal('symptoms'), words: longText }),
      v.looseObject({ at: v.literal('taken-over'), by: v.pipe(shortText, v.minLength(1)) }),
      v.looseObject({ at: v.literal('closed'), outcome: v.picklist(OUTCOMES), words: v.exactOptional(longText) }),
    ]),
  }),
  v.looseObject({
    ...stamp,
    kind: v.literal('request'),
    topic: v.picklist(REQUEST_TOPICS),
    words: v.exactOptional(longText),
    householdId: v.exactOptional(branded<HouseholdId>()),
  }),
  v.looseObject({ ...stamp, kind: v.literal('tip'), topic: v.picklist(TIP_TOPICS), words: v.exactOptional(longText) }),
  v.looseObject({
    ...stamp,
    kind: v.literal('shift-opening'),
    shift: shortText,
    site: v.picklist(SITES),
    thermometers: v.pipe(v.array(v.looseObject({ thermometer: shortText, offset: v.exactOptional(v.number()) })), v.maxLength(20)),
    timeConfirmed: v.exactOptional(v.boolean()),
  }),
  v.looseObject({ ...stamp, kind: v.literal('attendance'), name: shortText, as: v.picklist(VOLUNTEER_KINDS), direction: Direction }),
  v.looseObject({
    ...stamp,
    kind: v.literal('hand-over'),
    shift: shortText,
    from: shortText,
    to: v.exactOptional(shortText),
    counts: v.looseObject({
      in: Whole,
      out: Whole,
      measured: Whole,
      openIncidents: Whole,
      openRetests: Whole,
      unsent: Whole,
      returned: Whole,
    }),
    supplies: v.looseObject({
      masks: v.exactOptional(Whole),
      disinfectant: v.exactOptional(v.picklist(['enough', 'low', 'none'])),
      thermometers: v.exactOptional(Whole),
      thermometerBattery: v.exactOptional(v.picklist(['enough', 'low'])),
      charge: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
    }),
    words: v.exactOptional(longText),
  }),
  v.looseObject({ ...stamp, kind: v.literal('notice-read'), noticeId: id }),
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
