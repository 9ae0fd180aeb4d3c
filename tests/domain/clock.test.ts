import { expect, test } from 'vitest'
import { lastKnownTime, standInOffset } from '../../src/domain/clock'

const NOON = Date.parse('2020-02-18T12:00:00+08:00')
const HOUR = 3_600_000
const YEARS = NOON - HOUR // what a clock that begins at 1970 is behind, an hour ago

test.each([
  ['a clock that goes on', { deviceNow: NOON + HOUR, offset: 0, known: NOON }, undefined],
  ['a clock that a network has set back by seconds', { deviceNow: NOON - 30_000, offset: 0, known: NOON }, undefined],
  ['a clock at 1970 goes on from the last instant known', { deviceNow: HOUR, offset: 0, known: NOON }, NOON - HOUR],
  ['a clock at 1970, though told before', { deviceNow: HOUR, offset: -5 * HOUR, known: NOON }, NOON - HOUR],
  ['a clock that stands in and goes on', { deviceNow: 2 * HOUR, offset: YEARS, known: NOON }, undefined],
  ['a clock that the network has set right: what stood in would be years ahead', { deviceNow: NOON + HOUR, offset: YEARS, known: NOON }, 0],
  ['a clock 3 h ahead, told so, and set right since', { deviceNow: NOON + HOUR, offset: -3 * HOUR, known: NOON }, 0],
  ['a phone that lay switched off for a week', { deviceNow: NOON + 168 * HOUR, offset: 0, known: NOON }, undefined],
] as const)('%s', (_, facts, standIn) => {
  expect(standInOffset(facts)).toBe(standIn)
})

test('a record proves the time unless somebody told it since', () => {
  const ahead = { seq: 7, at: NOON + 1000 * HOUR }
  expect(lastKnownTime({ lastServerTime: 0 }, ahead)).toBe(ahead.at)
  expect(lastKnownTime({ lastServerTime: 0, told: { at: NOON, after: 7 } }, ahead)).toBe(NOON)
  expect(lastKnownTime({ lastServerTime: 0, told: { at: NOON, after: 7 } }, { seq: 8, at: NOON + HOUR })).toBe(NOON + HOUR)
  expect(lastKnownTime({ lastServerTime: NOON + 2 * HOUR, told: { at: NOON, after: 7 } }, ahead)).toBe(NOON + 2 * HOUR)
})
