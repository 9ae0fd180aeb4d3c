import { expect, test } from 'vitest'
import type { PostId } from '../../src/domain/ids'
import { dayOf } from '../../src/domain/time'
import { arrivalsOf } from '../../src/server/demo/arrivals'
import { historyOf } from '../../src/server/demo/history'
import { COMPOUNDS } from '../../src/server/demo/places'
import { createRandom } from '../../src/server/demo/random'
import { demoRosters } from '../../src/server/demo/roster'
import { demoObservations, demoRuleSets } from '../../src/server/demo/rules'
import { NANJING_RULES } from '../../src/wire/nanjing'
import { OperationSchema } from '../../src/wire/operation'
import { readAs } from '../../src/wire/read'
import { RuleSetSchema } from '../../src/wire/rules'
import { first } from '../support/builders'

const NOON = Date.parse('2020-02-18T12:00:00+08:00')
const DAY = 86_400_000
const rosters = demoRosters(createRandom(20_200_218), NOON)
const households = rosters.flatMap(({ pages }) => pages.flatMap((page) => page.households))
const cards = households.flatMap((household) => household.cards)
const plates = households.flatMap((household) => household.plates)

test('the demonstration has the households, residents, plates and cards that it is said to have', () => {
  const counts = rosters.map(({ compound, pages }) => {
    const homes = pages.flatMap((page) => page.households)
    return [compound.name, homes.length, homes.reduce((sum, home) => sum + home.residents.length, 0)]
  })
  expect(counts).toEqual([
    ['梧桐苑', 420, 1050],
    ['纺机宿舍', 160, 380],
    ['象房里', 230, 520],
    ['湾头组', 20, 50],
  ])
  expect([
    plates.length,
    plates.filter((plate) => plate.startsWith('苏AD')).length,
    plates.filter((plate) => plate.startsWith('鄂A')).length,
  ]).toEqual([310, 40, 3])
  expect([
    cards.filter(({ state }) => state === 'revoked').length,
    cards.filter(({ validUntil }) => validUntil !== undefined).length,
  ]).toEqual([5, 3])
  const share = (holds: (home: (typeof households)[number]) => boolean) => households.filter(holds).length / households.length
  expect(share(({ cards: none }) => none.length === 0)).toBeCloseTo(0.2, 1)
  expect(share(({ cards: [only, more] }) => only?.kind === 'household' && more === undefined)).toBeCloseTo(0.15, 1)
  expect(new Set(cards.map(({ shortCode }) => shortCode)).size).toBe(cards.length)
})

test('it is the same at every start', () => {
  expect(demoRosters(createRandom(20_200_218), NOON)).toEqual(rosters)
})

test('its past is valid, numbered without gaps, and never in the future', () => {
  const post = first(first(COMPOUNDS).posts)
  const operations = historyOf(createRandom(1), {
    post,
    households: households.slice(0, 420),
    operators: ['甲', '乙', '丙'],
    firstDay: Date.parse(`${dayOf(NOON, 480)}T00:00:00+08:00`) - 3 * DAY,
    days: 4,
    until: NOON,
    versionAt: () => 'base-1',
  })
  expect(operations.map(({ seq }) => seq)).toEqual(operations.map((_, i) => i + 1))
  expect(operations.every(({ deviceTime }) => Date.parse(deviceTime) < NOON)).toBe(true)
  expect(operations.filter((operation) => !readAs(OperationSchema, operation).ok)).toEqual([])
  expect(COMPOUNDS.flatMap(({ posts }) => posts).reduce((sum, { passages }) => sum + passages, 0)).toBe(1900)
})

test('it has 152 arrivals, 12 of them not registered, and 18 people in 9 households under observation', () => {
  const arrivals = arrivalsOf({ households, postId: 'p' as PostId, until: NOON })
  expect([arrivals.length, arrivals.filter(({ platform }) => platform === 'not-registered').length]).toEqual([152, 12])
  expect(arrivals.filter((operation) => !readAs(OperationSchema, operation).ok)).toEqual([])
  const observed = demoObservations(rosters, NOON)
  expect([observed.length, new Set(observed.map(({ householdId }) => householdId)).size]).toEqual([18, 9])
  expect(observed.every(({ until }) => until > dayOf(NOON, 480))).toBe(true)
})

test('its rules are those of February 2020, and 18 February is today', () => {
  const sets = demoRuleSets(Date.parse('2026-07-01T15:00:00+08:00'))
  expect(sets.map(({ id }) => id)).toEqual(NANJING_RULES.map(({ id }) => id))
  expect(sets.find(({ id }) => id === 'nj-13-property')?.effectiveFrom).toBe('2026-07-01T00:00:00+08:00')
  expect(NANJING_RULES.filter((set) => !readAs(RuleSetSchema, set).ok)).toEqual([])
})
