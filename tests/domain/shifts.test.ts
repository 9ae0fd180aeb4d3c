import { expect, test } from 'vitest'
import { shiftToOpen, shiftToSign, USUAL_SHIFTS } from '../../src/domain/community'

const minute = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
const TWO = [
  { name: '上午', from: 480, to: 720 },
  { name: '下午', from: 840, to: 1080 },
]

test.each([
  ['06:50', '早班'],
  ['07:00', '早班'],
  ['12:00', '早班'],
  ['14:30', '中班'],
  ['22:50', '晚班'],
  ['02:00', '晚班'],
])('opened at %s it is %s', (clock, name) => {
  expect(shiftToOpen(minute(clock), USUAL_SHIFTS)?.name).toBe(name)
})

test.each([
  ['05:00', '上午'],
  ['12:30', '下午'],
  ['20:00', '上午'],
])('between two shifts, at %s, it is the next: %s', (clock, name) => {
  expect(shiftToOpen(minute(clock), TWO)?.name).toBe(name)
})

test('who works without shifts opens one without a name', () => {
  expect([shiftToOpen(0, []), shiftToSign('in', 0, [], undefined)]).toEqual([undefined, undefined])
})

test.each([
  ['in', '14:50', '早班', '中班'],
  ['in', '15:02', '早班', '中班'],
  ['out', '14:50', '早班', '早班'],
  ['in', '14:20', '早班', '早班'],
  ['in', '06:20', '早班', '早班'],
  ['in', '08:00', undefined, '早班'],
  ['out', '15:10', '中班', '早班'],
  ['out', '15:10', undefined, '早班'],
  ['out', '16:00', '中班', '中班'],
  ['in', '23:50', '晚班', '晚班'],
] as const)('who signs %s at %s, the phone having %s open, stands in %s', (direction, clock, open, name) => {
  expect(shiftToSign(direction, minute(clock), USUAL_SHIFTS, open)).toBe(name)
})
