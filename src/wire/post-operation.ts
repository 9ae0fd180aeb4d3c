import * as v from 'valibot'
import { CONTACT_ROLES } from '../domain/community'
import type { HouseholdId, ResidentId } from '../domain/ids'
import { CHECKLIST, OUTCOMES } from '../domain/incident'
import { SITES } from '../domain/reading'
import { CODE_COLOURS, MEANS, PLATFORM_STATES, REQUEST_TOPICS, SOURCES, TIP_TOPICS } from '../domain/registers'
import { VOLUNTEER_KINDS } from '../domain/shift'
import { Address, branded, Direction, Instant, id, Key, longText, shortText, stamp, Whole } from './parts'

/** What of an arrival an `amend` may say otherwise. */
export const ArrivalPart = v.looseObject({
  name: v.exactOptional(shortText),
  phone: v.exactOptional(shortText),
  origin: v.exactOptional(shortText),
  address: v.exactOptional(Address),
  platform: v.exactOptional(v.picklist(PLATFORM_STATES)),
  code: v.exactOptional(v.picklist(CODE_COLOURS)),
})

/** What a post records beside passages. */
export const POST_OPERATIONS = [
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
  v.looseObject({
    ...stamp,
    kind: v.literal('attendance'),
    name: shortText,
    as: v.picklist(VOLUNTEER_KINDS),
    direction: Direction,
    shift: v.exactOptional(shortText),
  }),
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
      personTimes: v.exactOptional(Whole),
      volunteerMinutes: v.exactOptional(Whole),
    }),
    supplies: v.looseObject({
      masks: v.exactOptional(Whole),
      bottles: v.exactOptional(Whole),
      batteries: v.exactOptional(Whole),
      disinfectant: v.exactOptional(v.picklist(['enough', 'low', 'none'])),
      thermometers: v.exactOptional(Whole),
      thermometerBattery: v.exactOptional(v.picklist(['enough', 'low'])),
      charge: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
    }),
    phones: v.exactOptional(
      v.pipe(
        v.array(v.looseObject({ name: shortText, unsent: v.exactOptional(Whole), lastSeen: v.exactOptional(Instant) })),
        v.maxLength(100),
      ),
    ),
    open: v.exactOptional(
      v.pipe(
        v.array(v.looseObject({ kind: v.picklist(['incident', 'retest']), passage: Key, since: Instant, place: shortText })),
        v.maxLength(200),
      ),
    ),
    words: v.exactOptional(longText),
  }),
  v.looseObject({ ...stamp, kind: v.literal('notice-read'), noticeId: id }),
] as const
