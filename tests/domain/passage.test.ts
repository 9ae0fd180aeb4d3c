import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkCharacter, isChecked, normalizeCode } from '../../src/domain/card'
import { shiftAt, USUAL_SHIFTS } from '../../src/domain/community'
import { dayLogOf } from '../../src/domain/day-log'
import { type DeviceId, isOperationKey, timeOfKey, uuidV7 } from '../../src/domain/ids'
import type { Operation, Told } from '../../src/domain/operation'
import { passagesOf } from '../../src/domain/passage'
import { bandOf, parseCelsius, type Reading } from '../../src/domain/reading'
import { stepAfter, untilRetest } from '../../src/domain/retest'
import { maskName, maskPhone, unitText } from '../../src/domain/roster'
import { BASE_RULES } from '../../src/domain/rules/rules'
import { tally } from '../../src/domain/tally'
import { dayOf, isoWithOffset, minuteOfDay } from '../../src/domain/time'
import { aCheckIn, aKey, aReading } from '../support/builders'

const BANDS = BASE_RULES.bands.forehead
const reading = (celsius: number, site: Reading['site'] = 'forehead'): Reading => ({ celsius, site, attempt: 1 })

test.each([
  ['36.6', { ok: true, value: 36.6 }],
  ['36,6', { ok: true, value: 36.6 }],
  ['３６．６', { ok: false, error: { kind: 'not-a-number' } }],
  ['36。6', { ok: true, value: 36.6 }],
  ['37', { ok: true, value: 37 }],
  ['366', { ok: false, error: { kind: 'out-of-range', offer: 36.6 } }],
  ['98', { ok: false, error: { kind: 'out-of-range' } }],
  ['29.9', { ok: false, error: { kind: 'out-of-range' } }],
  ['43.0', { ok: true, value: 43 }],
  ['43.1', { ok: false, error: { kind: 'out-of-range' } }],
  ['36.66', { ok: false, error: { kind: 'not-a-number' } }],
  ['', { ok: false, error: { kind: 'not-a-number' } }],
])('typed %s', (typed, expected) => {
  expect(parseCelsius(typed, BANDS)).toEqual(expected)
})

test('nothing outside of 30.0 to 43.0 is ever taken, whatever is typed', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.double().map(String)), (typed) => {
      const parsed = parseCelsius(typed, BANDS)
      return !parsed.ok || (parsed.value >= 30 && parsed.value <= 43)
    }),
  )
})

test.each([
  [34.9, 'too-low'],
  [35.0, 'in-range'],
  [37.2, 'in-range'],
  [37.3, 'at-threshold'],
] as const)('%d is %s', (celsius, band) => {
  expect(bandOf(celsius, BANDS)).toBe(band)
})

test.each([
  ['nothing yet', [], { at: 'measure' }],
  ['36.5', [reading(36.5)], { at: 'admitted' }],
  ['33.4', [reading(33.4)], { at: 'too-low', site: 'wrist' }],
  ['33.4, 36.2 at the wrist', [reading(33.4), reading(36.2, 'wrist')], { at: 'admitted' }],
  ['37.6', [reading(37.6)], { at: 'wait', site: 'neck' }],
  ['37.6, 36.7 at the neck', [reading(37.6), reading(36.7, 'neck')], { at: 'admitted' }],
  ['37.6, 37.5 at the neck', [reading(37.6), reading(37.5, 'neck')], { at: 'wait', site: 'armpit' }],
  ['37.6, 37.5, 37.8 at the armpit', [reading(37.6), reading(37.5, 'neck'), reading(37.8, 'armpit')], { at: 'confirmed' }],
  ['33.4, 37.4 at the armpit', [reading(33.4), reading(37.4, 'armpit')], { at: 'wait', site: 'neck' }],
  ['37.6, 37.8 at the armpit', [reading(37.6), reading(37.8, 'armpit')], { at: 'confirmed' }],
  [
    '37.6, 37.5, 37.8 at the armpit, 36.9 of a phone that did not know',
    [reading(37.6), reading(37.5, 'neck'), reading(37.8, 'armpit'), reading(36.9, 'neck')],
    { at: 'confirmed' },
  ],
] as const)('after %s', (_name, readings, step) => {
  expect(stepAfter(readings, BASE_RULES)).toEqual(step)
})

const { kind: _k, subject: _s, direction: _d, measured: _m, way: _w, rules: _r, ...STAMP } = aCheckIn()
const passage = aCheckIn({ seq: 1, measured: aReading(37.6) })
const LINKED: Operation[] = [
  { ...STAMP, key: aKey(), seq: 2, kind: 'retest', target: passage.key, reading: reading(36.7, 'neck') },
  { ...STAMP, key: aKey(), seq: 3, kind: 'amend', target: passage.key, reason: '点错了', direction: 'out' },
]

const VOID: Operation = { ...STAMP, key: aKey(), seq: 4, kind: 'void', target: passage.key, reason: 'undo' }
const judgedBy = () => BASE_RULES
const TALLY = (operations: readonly Operation[]) => tally(dayLogOf(operations, judgedBy), judgedBy)

test.each([
  ['just measured', 0, 300_000],
  ['two minutes later', 120_000, 180_000],
  ['long after', 3_600_000, 0],
  ['by a clock that was set back a day', -86_400_000, 300_000],
] as const)('%s, who waits has the rest of five minutes to go', (_name, passed, left) => {
  expect(untilRetest(1_000_000_000, BASE_RULES, 1_000_000_000 + passed)).toBe(left)
})

test('a passage is folded from its records: readings, correction, void', () => {
  const [folded] = passagesOf([passage, ...LINKED], judgedBy)
  expect(folded).toMatchObject({ direction: 'out', step: { at: 'admitted' }, readings: [{ celsius: 37.6 }, { celsius: 36.7 }] })
  const voided = passagesOf([passage, ...LINKED, VOID], judgedBy)
  expect(voided[0]?.voided).toMatchObject({ reason: 'undo' })
  expect(TALLY([passage, ...LINKED, VOID])).toMatchObject({ in: 0, out: 0, voided: 1 })
  const left = passagesOf([passage, { ...STAMP, key: aKey(), seq: 2, kind: 'walk-off', target: passage.key }], judgedBy)
  expect(left[0]?.step).toEqual({ at: 'walked-off' })
})

const OTHER = 'other' as DeviceId
const at = (time: string) => ({ ...STAMP, key: aKey(), deviceTime: `2020-02-18T${time}:00.000+08:00`, target: passage.key })
const retestAt = (time: string, part: Reading) => ({ ...at(time), seq: 2, kind: 'retest', reading: part }) as const
const stepOf = (...linked: Told[]) => passagesOf([passage, ...linked], judgedBy)[0]

test('whoever was measured on the other phone after this one let them go was there still; before, they have left', () => {
  const left: Told = { ...at('07:36'), seq: 2, kind: 'walk-off' }
  const later: Told = { ...retestAt('07:37', reading(37.5, 'neck')), by: OTHER }
  const earlier: Told = { ...retestAt('07:35', reading(37.5, 'neck')), by: OTHER }
  expect(stepOf(left, later)).toMatchObject({ step: { at: 'wait', site: 'armpit' } })
  expect(stepOf(left, earlier)?.step).toEqual({ at: 'walked-off' })
})

test('a fever that was confirmed ends by no word of a phone that did not know of it', () => {
  const neck: Told = retestAt('07:36', { ...reading(37.5, 'neck'), attempt: 2 })
  const armpit: Told = retestAt('07:41', { ...reading(37.8, 'armpit'), attempt: 3 })
  const stale: Told = { ...retestAt('07:45', { ...reading(36.9, 'neck'), attempt: 3 }), by: OTHER }
  const own: Told = { ...at('07:46'), seq: 3, kind: 'void', reason: 'undo' }
  const voided: Told = { ...own, by: OTHER }
  const known: Told = { ...at('07:46'), seq: 4, kind: 'void', reason: 'undo', only: armpit.key, by: OTHER }
  expect(stepOf(neck, armpit, stale)).toMatchObject({ step: { at: 'confirmed' }, confirmed: [{ key: armpit.key }] })
  expect(stepOf(neck, armpit, voided)?.voided).toBeUndefined()
  // Who knows takes that reading back too; the phone that took it knows.
  expect(stepOf(neck, armpit, voided, known)?.voided).toBeDefined()
  expect(stepOf(neck, armpit, own)?.voided).toBeDefined()
})

test('the same records in any order give the same passages and the same tally', () => {
  const many = [
    passage,
    ...LINKED,
    ...Array.from({ length: 8 }, (_, i) => aCheckIn({ seq: 10 + i, key: aKey(), measured: aReading(33 + i) })),
  ]
  const inOrder = passagesOf(many, judgedBy)
  fc.assert(
    fc.property(fc.shuffledSubarray(many, { minLength: many.length }), (shuffled) => {
      expect(passagesOf(shuffled, judgedBy)).toEqual(inOrder)
      expect(TALLY(shuffled)).toEqual(TALLY(many))
    }),
  )
})

test('a key is a UUIDv7 that carries its time, even of a clock set to 1970 or before', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 47 }), fc.uint8Array({ minLength: 10, maxLength: 10 }), (now, random) => {
      const key = uuidV7(now, random)
      return isOperationKey(key) && timeOfKey(key) === now
    }),
  )
  expect(timeOfKey(uuidV7(-5, new Uint8Array(10)))).toBe(0)
})

test('one wrong character in a code is noticed', () => {
  const body = '7KQ2M9XA41BZ'
  const code = body + checkCharacter(body)
  expect(isChecked(code)).toBe(true)
  expect(isChecked(normalizeCode(`${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase()))).toBe(true)
  for (let i = 0; i < body.length; i++) expect(isChecked(code.slice(0, i) + (code[i] === '0' ? '1' : '0') + code.slice(i + 1))).toBe(false)
})

test('names and numbers are masked', () => {
  expect(['张建华', '王芳', '欧阳建华', '李'].map(maskName)).toEqual(['张*华', '王*', '欧*华', '李*'])
  expect(maskPhone('13812345678')).toBe('138****5678')
  expect(unitText({ building: '3', unit: '2', room: '501' })).toBe('3幢2单元501室')
  expect(unitText({ building: '', unit: '', room: '12' })).toBe('12号')
})

test('day, shift and time are those of the zone', () => {
  const night = Date.parse('2020-02-18T00:02:00+08:00')
  expect([dayOf(night, 480), dayOf(night - 240_000, 480), minuteOfDay(night, 480)]).toEqual(['2020-02-18', '2020-02-17', 2])
  expect(isoWithOffset(night, 480)).toBe('2020-02-18T00:02:00.000+08:00')
  expect([0, 419, 420, 900, 1380].map((minute) => shiftAt(minute, USUAL_SHIFTS)?.name)).toEqual(['晚班', '晚班', '早班', '中班', '晚班'])
})
