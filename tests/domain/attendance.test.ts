import { expect, test } from 'vitest'
import { attended, standingIn, totalOf } from '../../src/domain/attendance'
import type { Entry } from '../../src/domain/day-log'
import type { Direction } from '../../src/domain/operation'
import type { Attendance } from '../../src/domain/post-operations'
import { aKey, POST } from '../support/builders'

const at = (clock: string) => Date.parse(`2020-02-18T${clock}:00+08:00`)
const SHIFT = { from: at('07:00'), to: at('15:00') }

function sign(clock: string, name: string, direction: Direction, part: Partial<Entry<Attendance>> = {}): Entry<Attendance> {
  const key = aKey()
  const stamp = { key, seq: 1, deviceTime: '2020-02-18T07:00:00+08:00', clockOffset: 0, postId: POST, operator: '' }
  return {
    key,
    at: at(clock),
    voided: undefined,
    operation: { ...stamp, kind: 'attendance', name, as: 'party-member', direction },
    ...part,
  }
}
const hours = (entries: readonly Entry<Attendance>[], span = SHIFT) =>
  attended(entries, span).map(({ name, times, minutes, isHere }) => [name, times, minutes, isHere])

test.each([
  ['in and out', [sign('08:00', '王', 'in'), sign('11:30', '王', 'out')], [['王', 1, 210, false]]],
  ['still here: until now', [sign('08:00', '王', 'in')], [['王', 1, 420, true]]],
  ['here before the shift began: from its beginning', [sign('05:00', '王', 'in'), sign('09:00', '王', 'out')], [['王', 1, 120, false]]],
  ['gone before the shift began', [sign('05:00', '王', 'in'), sign('06:00', '王', 'out')], []],
  ['twice in the shift', [sign('08:00', '王', 'in'), sign('09:00', '王', 'out'), sign('13:00', '王', 'in')], [['王', 2, 180, true]]],
  [
    'signed in twice without going',
    [sign('08:00', '王', 'in'), sign('09:00', '王', 'in'), sign('10:00', '王', 'out')],
    [['王', 1, 120, false]],
  ],
  ['signed out, and never in', [sign('09:00', '王', 'out')], []],
  [
    'two people',
    [sign('08:00', '王', 'in'), sign('14:00', '李', 'in')],
    [
      ['王', 1, 420, true],
      ['李', 1, 60, true],
    ],
  ],
] as const)('%s', (_, entries, expected) => {
  expect(hours(entries)).toEqual(expected)
})

test('a sign-in that was voided does not count; all together are person-times and minutes', () => {
  const voided = { kind: 'void', reason: '写错' } as unknown as Entry<Attendance>['voided']
  const people = attended(
    [sign('08:00', '王', 'in', { voided }), sign('08:00', '李', 'in'), sign('09:00', '李', 'out'), sign('10:00', '李', 'in')],
    SHIFT,
  )
  expect(totalOf(people)).toEqual({ personTimes: 2, minutes: 360 })
  expect(people.map(({ as }) => as)).toEqual(['party-member'])
})

const of = (shift: string) => (entry: Entry<Attendance>) => ({ ...entry, operation: { ...entry.operation, shift } })
const [MORNING_OF, EVENING_OF, NIGHT_OF] = [of('早班'), of('中班'), of('晚班')]

test.each([
  ['comes early', [MORNING_OF(sign('06:50', '王', 'in')), MORNING_OF(sign('15:05', '王', 'out'))], true],
  ['has signed in early and not out', [MORNING_OF(sign('06:50', '王', 'in'))], true],
  ['stays on from the night', [NIGHT_OF(sign('05:00', '王', 'in')), MORNING_OF(sign('11:00', '王', 'out'))], true],
  ['goes late from the night', [NIGHT_OF(sign('05:00', '王', 'in')), NIGHT_OF(sign('07:10', '王', 'out'))], false],
  ['comes early for the evening', [EVENING_OF(sign('14:50', '王', 'in'))], false],
  ['wrote no shift', [sign('06:00', '王', 'in'), sign('07:10', '王', 'out')], true],
  ['was gone before', [NIGHT_OF(sign('05:00', '王', 'in')), NIGHT_OF(sign('06:58', '王', 'out'))], false],
] as const)('who %s stood in the morning shift: %s', (_, entries, stood) => {
  const there = standingIn(entries, SHIFT, ({ operation }) => operation.shift === '早班')
  expect(there).toEqual(stood ? entries : [])
})

test('whoever forgot to sign out yesterday is not there for ever', () => {
  const day = { from: SHIFT.from + 2 * 86_400_000, to: SHIFT.to + 2 * 86_400_000 }
  expect(standingIn([sign('08:00', '王', 'in')], day)).toEqual([])
})
