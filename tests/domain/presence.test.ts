import { expect, test } from 'vitest'
import type { DeviceId, HouseholdId, ResidentId } from '../../src/domain/ids'
import type { CheckIn, Subject, Told } from '../../src/domain/operation'
import { passagesOf } from '../../src/domain/passage'
import { insideCount, marksOf, wentThrough } from '../../src/domain/presence'
import { BASE_RULES } from '../../src/domain/rules/rules'
import { aCheckIn, aReading } from '../support/builders'

const WINDOW = 60_000
const OTHER = 'other' as DeviceId
const HOME = { building: '3', unit: '2', room: '501' }

/** The same said by two phones, seconds apart. */
function twice(part: Partial<CheckIn>, otherwise: Partial<CheckIn> = {}, by: DeviceId | undefined = OTHER) {
  const first = aCheckIn({ ...part, deviceTime: '2020-02-18T07:31:00.000+08:00' })
  const second = aCheckIn({ ...part, ...otherwise, deviceTime: '2020-02-18T07:31:20.000+08:00' })
  return passagesOf([first, by ? { ...second, by } : second], () => BASE_RULES)
}
const duplicates = (passages: ReturnType<typeof twice>) =>
  [...marksOf(passages, () => WINDOW).values()].filter(({ duplicateOf }) => duplicateOf !== undefined).length

const car = (plate: string, role: 'driver' | 'passenger') => ({ vehicle: { id: crypto.randomUUID(), plate, role } })

test.each<[string, Subject, Partial<CheckIn>, number]>([
  ['a resident', { kind: 'resident', residentId: 'r' as ResidentId, householdId: 'h' as HouseholdId }, {}, 1],
  ['a visitor by their phone', { kind: 'visitor', name: '钱多多', phone: '13900001234' }, {}, 1],
  ['a visitor by name and home', { kind: 'visitor', name: '钱多多', householdId: 'h' as HouseholdId }, {}, 1],
  ['a visitor of whom only a name is known', { kind: 'visitor', name: '钱多多' }, {}, 0],
  ['a courier by their plate', { kind: 'courier', plate: '苏A12345' }, {}, 1],
  ['a courier with half a plate', { kind: 'courier', plate: '345' }, {}, 0],
  ['a courier of a company', { kind: 'courier', company: '顺丰' }, {}, 0],
  ["a car's driver", { kind: 'visitor', name: '车上人员1' }, car('苏A12345', 'driver'), 1],
  ["a car's passenger whom nobody named", { kind: 'visitor', name: '车上人员2' }, car('苏A12345', 'passenger'), 0],
  ['the driver of a car with half a plate', { kind: 'visitor', name: '车上人员1' }, car('345', 'driver'), 0],
  ['somebody not listed, by name and home', { kind: 'written', name: '赵六', address: HOME }, {}, 1],
  ['somebody not listed who gave no name', { kind: 'written', name: '', address: HOME }, {}, 0],
  ['a member of a household without a name', { kind: 'unlisted', householdId: 'h' as HouseholdId }, {}, 0],
])('two phones wrote down %s within a minute: one passage only where it is surely the same', (_, subject, part, expected) => {
  expect(duplicates(twice({ subject, ...part }))).toBe(expected)
})

test('the same from one phone, or on the other side, are two passages', () => {
  const subject = { kind: 'visitor', name: '钱多多', phone: '13900001234' } as const
  const own = passagesOf([aCheckIn({ subject }), aCheckIn({ subject })], () => BASE_RULES)
  expect(duplicates(own)).toBe(0)
  expect(duplicates(twice({ subject }, { direction: 'out' }))).toBe(0)
})

test('a fever on one phone is what counts of a visitor, too', () => {
  const subject = { kind: 'visitor', name: '钱多多', phone: '13900001234' } as const
  const passages = twice({ subject, measured: aReading(36.5) }, { measured: aReading(37.6) })
  const [glance, fever] = passages
  expect(marksOf(passages, () => WINDOW)).toEqual(new Map([[glance?.key, { duplicateOf: fever?.key }]]))
})

test('a courier who comes in twice has missed nothing, and no visitor is counted as inside', () => {
  const late = { deviceTime: '2020-02-18T09:31:00.000+08:00' }
  const courier = { subject: { kind: 'courier', plate: '苏A12345' } } as const
  const passages = passagesOf([aCheckIn(courier), aCheckIn({ ...courier, ...late })], () => BASE_RULES)
  expect(marksOf(passages, () => WINDOW)).toEqual(new Map())
  expect(insideCount(passages)).toBe(0)
})

test('who walked off before the retest has gone nowhere: not inside, and their next way in misses nothing', () => {
  const at = (time: string) => ({ deviceTime: `2020-02-18T${time}:00.000+08:00` })
  const fever = aCheckIn({ ...at('08:00'), measured: aReading(37.6) })
  const { kind: _kind, ...stamp } = aCheckIn(at('08:02'))
  const left = { ...stamp, kind: 'walk-off', target: fever.key } as const
  const again = aCheckIn(at('09:00'))
  const fold = (...operations: Told[]) => passagesOf(operations, () => BASE_RULES)
  expect(insideCount(fold(fever, left))).toBe(0)
  expect(marksOf(fold(fever, left, again), () => WINDOW)).toEqual(new Map())
  // Before they left they stood at the gate like anybody; and what was let pass for a reason has passed.
  expect(insideCount(fold(fever))).toBe(1)
  expect(insideCount(fold(fever, { ...left, exception: { kind: 'exception', reason: '天冷手凉' } }))).toBe(1)
})

test('who is on paper with a fever has passed, whatever became of it', () => {
  const late = aCheckIn({ measured: aReading(37.6), occurredAt: '2020-02-18T06:10:00+08:00' })
  expect(passagesOf([late], () => BASE_RULES).map(wentThrough)).toEqual([true])
})
