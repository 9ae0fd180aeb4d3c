import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Post } from '../../src/domain/community'
import type { CompoundId, PostId } from '../../src/domain/ids'
import { nextRuleChange, type RuleSet, resolveRules, rulesOfVersion, SCOPE_LEVELS, type Scope } from '../../src/domain/rules/rule-set'
import { BASE_RULES, type Parameters } from '../../src/domain/rules/rules'
import { verdictOn } from '../../src/domain/rules/verdict'
import { NANJING_RULES } from '../../src/wire/nanjing'

const NOON = Date.parse('2020-02-18T12:00:00+08:00')
const POST: Post = {
  id: 'south' as PostId,
  name: '南门',
  type: 'compound-gate',
  compoundId: 'wutong' as CompoundId,
  compoundName: '梧桐苑',
  setting: { district: '320104', tier: 'core', management: 'property', enclosed: true },
}
const SCOPES: Readonly<Record<Scope['level'], Scope>> = {
  city: { level: 'city' },
  district: { level: 'district', district: '320104' },
  tier: { level: 'tier', tier: 'core' },
  management: { level: 'management', management: ['property'], enclosed: true },
  compound: { level: 'compound', compoundId: 'wutong' as CompoundId },
  'post-type': { level: 'post-type', type: 'compound-gate' },
}
const aSet = (part: Partial<RuleSet> & Pick<RuleSet, 'id' | 'parameters'>): RuleSet => ({
  title: part.id,
  scope: SCOPES.city,
  effectiveFrom: '2020-02-04T00:00:00+08:00',
  text: '',
  textFound: true,
  ...part,
})

/** A value of each parameter that is not the base's. */
const OTHERS: Required<Parameters> = {
  passage: 'counted',
  reading: 'in-range',
  readingOn: 'in',
  pass: 'required',
  mask: 'required',
  visitors: 'barred',
  couriers: 'stay-outside',
  keyAreaVisitors: 'barred',
  arrivals: 'not-asked',
  unregistered: 'send-to-platform',
  vehicles: 'free',
  visitorId: 'asked',
  outingQuota: { people: 1, days: 2 },
  gateHours: { from: 360, to: 1320 },
  responseLevel: 'first',
  bands: { ...BASE_RULES.bands, forehead: { tooLowBelow: 34.5, threshold: 37.0, least: 30, most: 43 } },
  duplicateWindow: 30_000,
  retestAfter: 600_000,
}
const NAMES = Object.keys(OTHERS) as (keyof Parameters)[]

test.each(NAMES)('a set that names %s decides it, and nothing else', (name) => {
  expect(BASE_RULES[name]).not.toEqual(OTHERS[name])
  const rules = resolveRules([aSet({ id: 'one', parameters: { [name]: OTHERS[name] } })], POST, NOON)
  expect(rules).toEqual({ ...BASE_RULES, [name]: OTHERS[name], version: 'one' })
})

const PAIRS = SCOPE_LEVELS.flatMap((wide, i) => SCOPE_LEVELS.slice(i + 1).map((narrow) => [wide, narrow] as const))
test.each(PAIRS)('%s against %s: the more specific wins, whatever its date and place in the list', (wide, narrow) => {
  const general = aSet({
    id: 'wide',
    scope: SCOPES[wide],
    parameters: { pass: 'required', mask: 'required' },
    effectiveFrom: '2020-02-17T00:00:00+08:00',
  })
  const special = aSet({
    id: 'narrow',
    scope: SCOPES[narrow],
    parameters: { pass: 'not-asked' },
    effectiveFrom: '2020-01-26T00:00:00+08:00',
  })
  for (const sets of [
    [general, special],
    [special, general],
  ])
    expect(resolveRules(sets, POST, NOON)).toMatchObject({ pass: 'not-asked', mask: 'required', version: 'wide+narrow' })
})

test.each(SCOPE_LEVELS.filter((level) => level !== 'city'))('a set for another %s does not hold here', (level) => {
  const elsewhere: Post = {
    id: 'x' as PostId,
    name: '',
    type: 'village-gate',
    compoundId: 'other' as CompoundId,
    compoundName: '',
    setting: { district: '320111', tier: 'fusion', management: 'none', enclosed: false },
  }
  const sets = [aSet({ id: 'one', scope: SCOPES[level], parameters: { pass: 'required' } })]
  expect(resolveRules(sets, elsewhere, NOON)).toEqual(BASE_RULES)
  const { setting: _setting, compoundId: _compound, ...bare } = elsewhere
  expect(resolveRules(sets, bare, NOON)).toEqual(BASE_RULES)
})

test('within a scope the later wins; a set holds from its instant on, and until its end', () => {
  const sets = [
    aSet({
      id: 'b',
      parameters: { retestAfter: 2 },
      effectiveFrom: '2020-02-10T00:00:00+08:00',
      effectiveUntil: '2020-02-12T00:00:00+08:00',
    }),
    aSet({ id: 'a', parameters: { retestAfter: 1 }, effectiveFrom: '2020-02-05T00:00:00+08:00' }),
  ]
  const at = (time: string) => resolveRules(sets, POST, Date.parse(time)).version
  expect([
    at('2020-02-04T23:59:59.999+08:00'),
    at('2020-02-05T00:00:00+08:00'),
    at('2020-02-10T00:00:00+08:00'),
    at('2020-02-11T23:59:59.999+08:00'),
    at('2020-02-12T00:00:00+08:00'),
  ]).toEqual(['base-1', 'a', 'b', 'b', 'a'])
  expect(nextRuleChange(sets, Date.parse('2020-02-05T00:00:00+08:00'))).toBe(Date.parse('2020-02-10T00:00:00+08:00'))
  expect(nextRuleChange(sets, NOON)).toBeUndefined()
})

const anySet = fc
  .record({
    scope: fc.constantFrom(...Object.values(SCOPES)),
    day: fc.integer({ min: 1, max: 28 }),
    names: fc.subarray(NAMES, { minLength: 1 }),
  })
  .map(({ scope, day, names }) => ({
    scope,
    effectiveFrom: `2020-02-${String(day).padStart(2, '0')}T00:00:00+08:00`,
    parameters: Object.fromEntries(names.map((name) => [name, OTHERS[name]])) as Partial<Parameters>,
  }))

test('the version of a record is enough to judge it again: it rebuilds the rules exactly, whatever sets there are', () => {
  fc.assert(
    fc.property(fc.array(anySet, { maxLength: 12 }), fc.integer({ min: 1, max: 28 }), (drawn, day) => {
      const sets = drawn.map((set, i) => aSet({ ...set, id: `s${i}`, parameters: { ...set.parameters, duplicateWindow: i } }))
      const rules = resolveRules(sets, POST, Date.parse(`2020-02-${String(day).padStart(2, '0')}T12:00:00+08:00`))
      expect(rulesOfVersion([...sets].reverse(), rules.version)).toEqual(rules)
    }),
  )
})

test.each([
  ['梧桐苑 (property)', 'property', ['required', 'not-asked', 'not-asked']],
  ['纺机宿舍 (work unit)', 'work-unit', ['required', 'required', 'required']],
  ['象房里 (nobody)', 'none', ['required', 'required', 'not-asked']],
  ['湾头组 (village)', 'village', ['required', 'not-asked', 'not-asked']],
] as const)(
  'the permit at %s before and after the midnight of 17 February, and on the 21st; a tenant passes in all of them',
  (_name, management, expected) => {
    const post: Post = { ...POST, setting: { ...POST.setting, management, enclosed: management !== 'none' } }
    const times = ['2020-02-17T23:58:00+08:00', '2020-02-18T00:02:00+08:00', '2020-02-21T00:00:00+08:00'].map((time) => Date.parse(time))
    const rules = times.map((time) => resolveRules(NANJING_RULES, post, time))
    expect(rules.map(({ pass }) => pass)).toEqual(expected)
    for (const each of rules) {
      const tenant = { subject: 'resident', direction: 'in', minute: 0, answered: { pass: 'shown' } } as const
      expect(verdictOn(tenant, each)).toEqual({ kind: 'measure' })
      expect(verdictOn({ subject: 'visitor', direction: 'in', minute: 0, keyArea: true }, each)).toEqual({ kind: 'stop', why: 'key-area' })
    }
  },
)

test.each(['road-check', 'service-point'] as const)('at a %s of no compound nobody is asked for the permit', (type) => {
  const { compoundId: _none, ...place } = POST
  const post: Post = { ...place, type, setting: { district: '320104' } }
  const rules = resolveRules(NANJING_RULES, post, Date.parse('2020-02-12T12:00:00+08:00'))
  expect(rules.pass).toBe('not-asked')
  expect(rules.mask).toBe('required')
})

test('the first-level response is in force from 26 January, 00:00', () => {
  const at = (time: string) => resolveRules(NANJING_RULES, POST, Date.parse(time)).responseLevel
  expect(at('2020-01-25T23:59:59+08:00')).toBe('none')
  expect(at('2020-01-26T00:00:00+08:00')).toBe('first')
})
