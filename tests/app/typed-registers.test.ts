import { expect, test } from 'vitest'
import { type ArrivalValues, arrivalErrors, arrivalOf, noArrival } from '../../src/app/features/gate/registers/arrival-values'
import { busDrafts } from '../../src/app/features/gate/registers/bus-drafts'
import { type BusValues, busErrors, isComplete, NO_BUS, withReading } from '../../src/app/features/gate/registers/bus-values'
import { lateErrors, measuredOf, noLine, whoWritten } from '../../src/app/features/gate/registers/late-values'
import type { LateValues } from '../../src/app/features/gate/registers/register-state'
import type { ResidentId } from '../../src/domain/ids'
import { BASE_RULES, type Rules } from '../../src/domain/rules/rules'
import type { Day } from '../../src/domain/time'
import { MORNING } from '../support/builders'

// A time on paper is the post's.
process.env.TZ = 'Asia/Shanghai'

const BANDS = BASE_RULES.bands.forehead
const CONTEXT = { rules: BASE_RULES, site: 'forehead', today: '2020-02-18' as Day } as const
const bus = (part: Partial<BusValues>): BusValues => ({ ...NO_BUS, origin: '滁州', registered: true, keyArea: false, ...part })
const row = (name: string, celsius = '36.5') => ({ name, celsius })

test('a new bus form declares nothing: what nobody asked is missing, by name', () => {
  const errors = busErrors({ ...NO_BUS, rows: [row('孙一'), row('周二', '')] }, BASE_RULES, 'forehead')
  expect(errors).toEqual({ origin: true, registered: true, keyArea: true, rows: [], unmeasured: [1] })
  expect(isComplete(errors)).toBe(false)
})

test('who has no reading needs a reason, and a reading takes the reason away', () => {
  const refused = { ...row('周二', ''), reason: 'refused' } as const
  expect(isComplete(busErrors(bus({ rows: [refused] }), BASE_RULES, 'forehead'))).toBe(true)
  expect(withReading(refused, '36.5')).toEqual(row('周二'))
  expect(() => busDrafts(bus({ rows: [row('周二', '')] }), CONTEXT)).toThrow()
})

test('what holds for the bus holds for each, save who answered otherwise; who was not measured was not met', () => {
  const rows = [
    row('孙一'),
    { ...row('周二', '37.6'), registered: false },
    { ...row('吴三', ''), keyArea: true, reason: 'refused' as const },
  ]
  const drafts = busDrafts(bus({ rows }), CONTEXT)
  expect(drafts.map(({ operation }) => operation)).toMatchObject([
    { kind: 'arrival', platform: 'registered', keyArea: false, metInPerson: true, means: 'coach' },
    { kind: 'check-in', direction: 'in', measured: { celsius: 36.5 } },
    { kind: 'arrival', platform: 'not-registered', keyArea: false },
    { kind: 'check-in', measured: { celsius: 37.6 } },
    { kind: 'arrival', platform: 'registered', keyArea: true, metInPerson: false },
    { kind: 'check-in', measured: { reason: 'refused' } },
  ])
  expect(drafts.flatMap(({ wait }, i) => (wait === 'opens' ? [i] : []))).toEqual([3])
})

test('where the rules want no tenth, one word holds for the whole bus; who was warm has a tenth of their own', () => {
  const rows = [row('孙一', ''), row('周二', '37.6'), { ...row('吴三', ''), reason: 'refused' as const }]
  const inRange = bus({ rows, inRange: true })
  const unsaid = bus({ rows })
  const noTenth = { ...BASE_RULES, reading: 'in-range' } as const
  const noReading = { ...BASE_RULES, readingOn: 'out' } as const
  const measured = (values: BusValues, rules: Rules) =>
    busDrafts(values, { ...CONTEXT, rules }).flatMap(({ operation }) => (operation.kind === 'check-in' ? [operation.measured] : []))
  expect(busErrors(inRange, BASE_RULES, 'forehead').unmeasured).toEqual([0])
  expect(busErrors(unsaid, noTenth, 'forehead').unmeasured).toEqual([0])
  expect(isComplete(busErrors(inRange, noTenth, 'forehead'))).toBe(true)
  expect(measured(inRange, noTenth)).toMatchObject([{ inRange: true, site: 'forehead' }, { celsius: 37.6 }, { reason: 'refused' }])
  expect(measured(inRange, noReading)).toMatchObject([{ inRange: true }, { celsius: 37.6 }, { reason: 'refused' }])
  expect(measured(unsaid, noReading)).toMatchObject([{ reason: 'rule-asks-none' }, { celsius: 37.6 }, { reason: 'refused' }])
})

test('a mobile number that is typed is checked; what the roster has of a resident is kept as it is', () => {
  const said = { name: '张三', origin: '滁州', means: 'train', platform: 'registered', keyArea: false } as const
  const arrival = (part: Partial<ArrivalValues>): ArrivalValues => ({ ...noArrival('2020-02-18'), ...said, ...part })
  const resident = arrival({ residentId: 'r-1' as ResidentId, phone: '02586543210' })
  expect(arrivalErrors(arrival({ phone: '02586543210' }), '2020-02-18')).toEqual({ phone: 'wrong' })
  expect(arrivalErrors(resident, '2020-02-18')).toEqual({})
  expect(arrivalOf(resident)).toMatchObject({ phone: '02586543210' })
  expect(arrivalOf(arrival({ phone: '139 0000 1234' }))).toMatchObject({ phone: '13900001234' })
  expect(arrivalOf(arrival({}))).not.toHaveProperty('phone')
})

const line = (part: Partial<LateValues>): LateValues => ({
  ...noLine('2020-02-18', 'in'),
  time: '7:30',
  typed: '郑老太 12号',
  celsius: '36.5',
  ...part,
})

test.each<[string, Partial<LateValues>, object]>([
  ['a whole line', {}, {}],
  ['a time that is none', { time: '25:00' }, { when: true }],
  ['a time after now', { time: '7:32' }, { when: true }],
  ['nobody', { typed: ' ' }, { name: true }],
  ['a typo', { celsius: '366' }, { celsius: true }],
  ['no reading, and no word why', { celsius: '' }, { instead: true }],
  ['no reading on the paper', { celsius: '', instead: 'not-written' }, {}],
])('a line of the paper: %s', (_, part, errors) => {
  expect(lateErrors(line(part), { now: MORNING, bands: BANDS })).toEqual(errors)
})

test('a late entry says of the temperature what the paper says, and nothing else', () => {
  expect(measuredOf(line({}), 'wrist', BANDS)).toEqual({ celsius: 36.5, site: 'wrist', attempt: 1 })
  expect(measuredOf(line({ celsius: '', instead: 'in-range' }), 'wrist', BANDS)).toEqual({ inRange: true, site: 'wrist' })
  expect(measuredOf(line({ celsius: '', instead: 'not-written' }), 'wrist', BANDS)).toEqual({ reason: 'not-written' })
  expect(measuredOf(line({ celsius: '' }), 'wrist', BANDS)).toBeUndefined()
})

test.each([
  ['张华 3-2-501', { name: '张华', address: { building: '3', unit: '2', room: '501' } }],
  ['3-2-501 张华', { name: '张华', address: { building: '3', unit: '2', room: '501' } }],
  ['3幢 2单元 501室 张华', { name: '张华', address: { building: '3', unit: '2', room: '501' } }],
  ['郑老太 12号', { name: '郑老太', address: { building: '', unit: '', room: '12' } }],
  ['12号', { name: '', address: { building: '', unit: '', room: '12' } }],
  ['张华 东巷口', { name: '张华', address: { building: '', unit: '', room: '东巷口' } }],
  ['张华', { name: '张华' }],
])('a line of the paper says “%s”', (typed, who) => {
  expect(whoWritten(line({ typed }), undefined).subject).toEqual({ kind: 'written', ...who })
  expect(whoWritten(line({ typed, kind: 'visitor' }), undefined).subject).toEqual({ kind: 'visitor', ...who })
})

test('a courier’s line needs no name, and carries its plate', () => {
  const courier = line({ typed: '', kind: 'courier', plate: '苏A 12345' })
  expect(lateErrors(courier, { now: MORNING, bands: BANDS })).toEqual({})
  expect(whoWritten(courier, undefined).subject).toEqual({ kind: 'courier', plate: '苏A12345' })
})
