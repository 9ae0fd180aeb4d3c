import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isCase, isOpenCase } from '../../src/domain/case'
import { dayLogOf } from '../../src/domain/day-log'
import type { OperationKey } from '../../src/domain/ids'
import type { Operation, Told, Unstamped } from '../../src/domain/operation'
import { passagesOf } from '../../src/domain/passage'
import { isLowForGood } from '../../src/domain/retest'
import { BASE_RULES } from '../../src/domain/rules/rules'
import { tally } from '../../src/domain/tally'
import { aCheckIn, aKey, aReading, first, MORNING } from '../support/builders'

const judgedBy = () => BASE_RULES
const { kind: _k, subject: _s, direction: _d, measured: _m, way: _w, rules: _r, ...STAMP } = aCheckIn()
let seq = 1000
const said = <O extends Unstamped>(operation: O) => ({ ...STAMP, key: aKey(), seq: ++seq, ...operation }) as Told & { key: OperationKey }

const fever = aCheckIn({ measured: aReading(37.6) })
const target = fever.key
const neck = said({ kind: 'retest', target, reading: aReading(37.5, { site: 'neck', attempt: 2 }) })
const armpit = said({ kind: 'retest', target, reading: aReading(37.8, { site: 'armpit', attempt: 3 }) })
const left = said({ kind: 'walk-off', target })
const back = (only: OperationKey) => said({ kind: 'void', target, only, reason: 'undo' })

const passageIn = (operations: readonly Operation[]) => first(passagesOf(operations, judgedBy))
const log = (operations: readonly Operation[]) => dayLogOf(operations, judgedBy)
const count = (operations: readonly Operation[]) => tally(log(operations), judgedBy)

test('a retest that is taken back leaves the chain where it was before it; the passage still counts', () => {
  const passage = passageIn([fever, neck, back(neck.key)])
  expect(passage).toMatchObject({ step: { at: 'wait', site: 'neck' }, readings: [{ celsius: 37.6 }] })
  expect(passage.voided).toBeUndefined()
  const cleared = said({ kind: 'retest', target, reading: aReading(36.7, { site: 'neck', attempt: 2 }) })
  expect(count([fever, cleared])).toMatchObject({ in: 1, waiting: 0, voided: 0 })
  expect(count([fever, cleared, back(cleared.key)])).toMatchObject({ in: 1, waiting: 1, voided: 0 })
})

test('a false 37.8 at the armpit is taken back or corrected, and no incident is left of it', () => {
  expect(count([fever, neck, armpit])).toMatchObject({ confirmed: 1, openIncidents: 1 })
  expect(count([fever, neck, armpit, back(armpit.key)])).toMatchObject({ confirmed: 0, openIncidents: 0, waiting: 1 })
  const amended = said({ kind: 'amend', target, only: armpit.key, reason: '点错了', measured: aReading(36.8, { site: 'armpit' }) })
  const passage = passageIn([fever, neck, armpit, amended])
  expect(passage.readings).toMatchObject([{ celsius: 37.6 }, { celsius: 37.5 }, { celsius: 36.8, site: 'armpit', attempt: 3 }])
  expect(passage.step).toEqual({ at: 'admitted' })
  // The ledger tells a corrected reading at the time when it was taken.
  const { retestedAt, passages } = log([fever, neck, armpit, amended])
  expect(
    first(passages)
      .readings.slice(1)
      .map((reading) => retestedAt.get(reading)),
  ).toEqual([MORNING, MORNING])
})

test('a correction of a retest leaves the first reading as it was, and one of the first the retests', () => {
  const ofNeck = said({ kind: 'amend', target, only: neck.key, reason: '点错了', measured: aReading(36.6, { site: 'neck' }) })
  const ofFirst = said({ kind: 'amend', target, reason: '点错了', measured: aReading(37.4) })
  expect(passageIn([fever, neck, ofNeck]).readings.map(({ celsius }) => celsius)).toEqual([37.6, 36.6])
  expect(passageIn([fever, neck, ofFirst]).readings.map(({ celsius }) => celsius)).toEqual([37.4, 37.5])
})

test('who did not leave after all waits again', () => {
  expect(passageIn([fever, left]).step).toEqual({ at: 'walked-off' })
  expect(passageIn([fever, left, back(left.key)]).step).toEqual({ at: 'wait', site: 'neck' })
  expect(isOpenCase([fever, left, back(left.key)], judgedBy)).toBe(true)
})

test('an incident that was closed by mistake is open again, and a tick that was taken back is none', () => {
  const tick = said({ kind: 'incident-step', target, step: { at: 'checked', item: 'distance' } })
  const closed = said({ kind: 'incident-step', target, step: { at: 'closed', outcome: 'home' } })
  const all = [fever, neck, armpit, tick, closed]
  expect(log(all).incidents[0]).toMatchObject({ closed: { outcome: 'home' } })
  const [incident] = log([...all, back(closed.key), back(tick.key)]).incidents
  expect(incident?.closed).toBeUndefined()
  expect(incident?.checked.size).toBe(0)
  expect(isOpenCase([...all, back(closed.key)], judgedBy)).toBe(true)
  expect(passageIn([...all, back(closed.key)]).voided).toBeUndefined()
})

test('a case whose reading was corrected below the threshold is still told of, as one that is over', () => {
  const corrected = said({ kind: 'amend', target, reason: '点错了', measured: aReading(36.7) })
  expect([isCase([fever, corrected], judgedBy), isOpenCase([fever, corrected], judgedBy)]).toEqual([true, false])
  const low = aCheckIn({ measured: aReading(33.4) })
  const high = said({ kind: 'retest', target: low.key, reading: aReading(37.6, { site: 'wrist', attempt: 2 }) })
  const undone = said({ kind: 'void', target: low.key, only: high.key, reason: 'undo' })
  expect([isCase([low, high, undone], judgedBy), isOpenCase([low, high, undone], judgedBy)]).toEqual([true, true])
})

test('who reads too low again and again, at the wrist too, passes by an exception, and nobody waits for them', () => {
  const low = aCheckIn({ measured: aReading(33.4) })
  const wrist = said({ kind: 'retest', target: low.key, reading: aReading(34.1, { site: 'wrist', attempt: 2 }) })
  const passed = said({ kind: 'walk-off', target: low.key, exception: { kind: 'exception', reason: '刚从室外进来' } })
  expect(isLowForGood(passageIn([low]).readings, BASE_RULES)).toBe(false)
  expect(isLowForGood(passageIn([low, wrist]).readings, BASE_RULES)).toBe(true)
  expect(isLowForGood([aReading(37.6), aReading(34.1, { site: 'wrist' })], BASE_RULES)).toBe(false)
  expect(passageIn([low, wrist, passed]).step).toEqual({ at: 'excepted' })
  expect(count([low, wrist, passed])).toMatchObject({ in: 1, waiting: 0, exceptions: 1, tooLow: 1 })
})

test('taken back, corrected, in any order: the same passage and the same counts', () => {
  const all = [fever, neck, armpit, left, back(armpit.key), back(left.key)]
  const amend = said({ kind: 'amend', target, only: neck.key, reason: '点错了', measured: aReading(36.6, { site: 'neck' }) })
  const many = [...all, amend]
  fc.assert(
    fc.property(fc.shuffledSubarray(many, { minLength: many.length }), (shuffled) => {
      expect(passageIn(shuffled)).toEqual(passageIn(many))
      expect(count(shuffled)).toEqual(count(many))
    }),
  )
})
