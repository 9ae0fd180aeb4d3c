import * as v from 'valibot'
import { MANAGEMENTS, POST_TYPES } from '../domain/community'
import type { RuleSet } from '../domain/rules/rule-set'

const idText = v.string()
const Bands = v.object({ tooLowBelow: v.number(), threshold: v.number(), least: v.number(), most: v.number() })
const Minute = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1440))

/** A parameter that this build does not know is passed over: the set still holds for the others. */
export const ParametersSchema = v.partial(
  v.object({
    passage: v.picklist(['named', 'counted']),
    reading: v.picklist(['tenth', 'in-range']),
    readingOn: v.picklist(['in-and-out', 'in', 'out', 'none']),
    pass: v.picklist(['required', 'not-asked']),
    mask: v.picklist(['required', 'not-asked']),
    visitors: v.picklist(['register', 'barred']),
    couriers: v.picklist(['register', 'stay-outside']),
    keyAreaVisitors: v.picklist(['register', 'barred']),
    arrivals: v.picklist(['register', 'not-asked']),
    unregistered: v.picklist(['note', 'send-to-platform']),
    vehicles: v.picklist(['register', 'free']),
    visitorId: v.picklist(['asked', 'not-asked']),
    outingQuota: v.union([
      v.literal('off'),
      v.object({ people: v.pipe(v.number(), v.integer(), v.minValue(1)), days: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
    ]),
    gateHours: v.union([v.literal('always'), v.object({ from: Minute, to: Minute })]),
    responseLevel: v.picklist(['none', 'first', 'second', 'third', 'fourth']),
    bands: v.object({ forehead: Bands, wrist: Bands, neck: Bands, ear: Bands, armpit: Bands }),
    duplicateWindow: v.pipe(v.number(), v.minValue(0)),
    retestAfter: v.pipe(v.number(), v.minValue(0)),
  }),
)
const instant = v.pipe(
  v.string(),
  v.check(
    (text) => /[+-]\d\d:\d\d$|Z$/.test(text) && !Number.isNaN(Date.parse(text)),
    'an instant with its offset, 2020-02-18T00:00:00+08:00',
  ),
)
export const managements = v.picklist(MANAGEMENTS)
export const tiers = v.picklist(['core', 'fusion'])
export const RuleSetSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,40}$/)),
  noticeNo: v.exactOptional(v.string()),
  title: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  scope: v.variant('level', [
    v.object({ level: v.literal('city') }),
    v.object({ level: v.literal('district'), district: idText }),
    v.object({ level: v.literal('tier'), tier: tiers }),
    v.object({ level: v.literal('management'), management: v.exactOptional(v.array(managements)), enclosed: v.exactOptional(v.boolean()) }),
    v.object({ level: v.literal('compound'), compoundId: idText }),
    v.object({ level: v.literal('post-type'), type: v.picklist(POST_TYPES), compoundId: v.exactOptional(idText) }),
  ]),
  effectiveFrom: instant,
  effectiveUntil: v.exactOptional(instant),
  parameters: ParametersSchema,
  text: v.pipe(v.string(), v.maxLength(4000)),
  textFound: v.boolean(),
})
export const asRuleSets = (parsed: readonly v.InferOutput<typeof RuleSetSchema>[]): readonly RuleSet[] =>
  parsed as unknown as readonly RuleSet[]
