import { expect, test } from 'vitest'
import type { HouseholdId, ResidentId } from '../../src/domain/ids'
import { type Observation, observationOf } from '../../src/domain/observation'
import type { Day } from '../../src/domain/time'

test('an observation that is over is not the one that holds', () => {
  const own = { residentId: 'r-1' as ResidentId, householdId: 'h-1' as HouseholdId }
  const over: Observation = { ...own, kind: 'home', until: '2020-02-18' as Day }
  const holds: Observation = { ...own, kind: 'central', until: '2020-02-25' as Day }
  expect(observationOf([over, holds], { kind: 'resident', ...own }, '2020-02-18' as Day)).toBe(holds)
  expect(observationOf([over], { kind: 'resident', ...own }, '2020-02-18' as Day)).toBeUndefined()
})
