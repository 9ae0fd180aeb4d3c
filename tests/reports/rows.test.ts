import { expect, test } from 'vitest'
import { shiftToSign, USUAL_SHIFTS } from '../../src/domain/community'
import { dailyReport } from '../../src/domain/daily-report'
import { dayLogOf } from '../../src/domain/day-log'
import { withinAsked } from '../../src/domain/day-question'
import type { DeviceId, HouseholdId, ResidentId } from '../../src/domain/ids'
import { incidentReport } from '../../src/domain/incident-report'
import { ledgerOf } from '../../src/domain/ledger'
import type { HandOver } from '../../src/domain/post-operations'
import { maskPhone, unitText } from '../../src/domain/roster'
import { BASE_RULES } from '../../src/domain/rules/rules'
import { type Day, minuteOfDay } from '../../src/domain/time'
import { sheetOf } from '../../src/reports/sheet'
import { en } from '../../src/reports/words/en'
import { zhCN } from '../../src/reports/words/zh-cn'
import { aReading, MORNING } from '../support/builders'
import { SOUTH_GATE } from '../support/community'
import { anOperation, aSource, atMinute, passage, resident } from '../support/report'

const only = (view: 'masked' | 'full', operations: Parameters<typeof aSource>[0]) => ledgerOf(aSource(operations), view, zhCN)[0]

test.each([
  ['13812345678', '138****5678'],
  ['+86 138 1234 5678', '138****5678'],
  ['8652123', '****123'],
  ['025-86521234', '****1234'],
  ['110', '****0'],
  ['5', '****'],
])('of a number %s never more than half is shown, but of a mobile its usual form: %s', (phone, shown) => {
  expect(maskPhone(phone)).toBe(shown)
})

test('a village’s number is a number; where an employer stands in its place, it is no number', () => {
  const home = (room: string) => unitText({ building: '', unit: '', room })
  expect([home('12'), home('A1'), home('中兴通讯')]).toEqual(['12号', 'A1号', '中兴通讯'])
})

test('a resident whom the list does not know is a resident, and no owner', () => {
  const stranger = { kind: 'resident', residentId: 'r-9' as ResidentId, householdId: 'h-9' as HouseholdId } as const
  expect(only('masked', [passage(0, { subject: stranger })])?.category).toBe('住户')
  const turnedBack = anOperation(0, { kind: 'turned-back', subject: stranger, direction: 'in', why: 'no-pass', rules: 'base-1' })
  expect(only('masked', [turnedBack])?.category).toBe('住户')
  expect(only('masked', [passage(0, { subject: resident(1) })])?.category).toBe('业主')
})

test('who was turned back stands in the full ledger with plate, matter and key area, in the masked one with none of what was said', () => {
  const visitor = { kind: 'visitor', name: '王五', reason: '探亲', keyArea: true, householdId: 'h-1' as HouseholdId } as const
  const courier = { kind: 'courier', company: '顺丰', plate: '苏A12345' } as const
  const of = (subject: typeof visitor | typeof courier) =>
    anOperation(0, { kind: 'turned-back', subject, direction: 'in', why: 'visitors-barred', rules: 'base-1' })
  expect(only('full', [of(visitor)])).toMatchObject({
    matter: '探亲',
    'key-area': '是',
    unit: '3幢2单元501室',
    outcome: '劝回（外来人员）',
  })
  expect(only('full', [of(courier)])).toMatchObject({ matter: '顺丰', plate: '苏A12345' })
  expect(only('masked', [of(visitor)])).toMatchObject({ matter: '', 'key-area': '', unit: '3幢', outcome: '劝回' })
  expect(only('masked', [of(courier)])).toMatchObject({ matter: '', plate: '苏***45' })
})

test('a request stands with its home and its words, an arrival of a known household with that household’s address', () => {
  const household = { householdId: 'h-1' as HouseholdId }
  const request = anOperation(0, { kind: 'request', topic: 'medicine', words: '降压药', ...household })
  expect(only('full', [request])).toMatchObject({ unit: '3幢2单元501室', matter: '代买药：降压药' })
  expect(only('masked', [request])).toMatchObject({ unit: '3幢', matter: '代买药' })
  const arrival = anOperation(0, {
    kind: 'arrival',
    name: '张建华',
    residentId: 'r-1' as ResidentId,
    ...household,
    origin: '合肥',
    arrivedOn: '2020-02-18',
    means: 'train',
    platform: 'registered',
    keyArea: false,
    metInPerson: true,
    source: 'post',
  })
  expect(only('full', [arrival])).toMatchObject({ unit: '3幢2单元501室', phone: '13812345678' })
})

test('what happened on another day says so: readings, calls, the closing, a hand-over', () => {
  const fever = passage(980, { subject: resident(2), measured: aReading(37.6) })
  const operations = [
    fever,
    anOperation(1000, { kind: 'retest', target: fever.key, reading: aReading(37.8, { site: 'armpit', attempt: 2 }) }),
    anOperation(1010, { kind: 'incident-step', target: fever.key, step: { at: 'called', role: 'health' } }),
    // The tick after the call is of that call; 120 was ticked by itself.
    anOperation(1020, { kind: 'incident-step', target: fever.key, step: { at: 'checked', item: 'called-health' } }),
    anOperation(1030, { kind: 'incident-step', target: fever.key, step: { at: 'checked', item: 'called-emergency' } }),
    anOperation(1100, { kind: 'incident-step', target: fever.key, step: { at: 'closed', outcome: 'home', words: '在家观察' } }),
  ]
  const [row] = incidentReport(aSource(operations), 'full', zhCN)
  expect(row).toMatchObject({
    time: '23:51',
    contacts: '卫生服务站 02-19 00:21；120 02-19 00:41',
    closed: '02-19 01:51',
    result: '已结案：在家观察',
  })
  expect(only('masked', operations)).toMatchObject({ 'retest-time': '02-19 00:11', note: '23:51 37.6额 → 02-19 00:11 37.8腋' })
})

test('a run of equal readings stands in the daily report, however long ago it ended', () => {
  const run = Array.from({ length: 10 }, (_, i) => passage(i, { subject: resident(1), measured: aReading(36.5, { thermometer: '2号枪' }) }))
  const later = passage(600, { subject: resident(1), measured: aReading(36.1, { thermometer: '2号枪' }) })
  const rows = dailyReport(aSource([...run, later]), zhCN)
  expect(rows.map(({ place, note }) => [place, note])).toContainEqual(['梧桐苑 南门', '2号枪连续 10 次读数一样（07:31–07:40）'])
})

test('who went out under observation stands in the daily report as that; a medical exit does not', () => {
  const verdict = { kind: 'wait', why: 'observation' } as const
  const out = { subject: resident(1), direction: 'out', measured: { reason: 'walked-on' }, verdict } as const
  const medical = { ...out, exception: { kind: 'emergency', what: 'medical' } } as const
  const row = dailyReport(aSource([passage(0, out), passage(100, medical)]), zhCN).find(({ place }) => place === '梧桐苑 南门')
  expect(row).toMatchObject({ out: 2, 'observed-turned-back': 0, note: '观察期间外出、未劝住 1 人次' })
})

test('a double is told by the rules that the records were judged by, not by today’s', () => {
  const judgedBy = (version: string) => (version === 'narrow' ? { ...BASE_RULES, duplicateWindow: 10_000 } : BASE_RULES)
  const marked = (rules: string) => {
    const one = passage(0, { subject: resident(1), rules })
    const two = { ...passage(0.5, { subject: resident(1), rules }), by: 'b' as DeviceId }
    return dayLogOf([one, two], judgedBy).marks.get(two.key)?.duplicateOf === one.key
  }
  expect([marked('base-1'), marked('narrow')]).toEqual([true, false])
})

test('who signs in early and who hands over late are of the shift that they name, in a night of two days too', () => {
  const shift = { name: '晚班', from: 1380, to: 420 }
  const named = (time: string, name: string) =>
    anOperation<HandOver>(0, { kind: 'hand-over', shift: name, from: time, deviceTime: `2020-02-${time}:00.000+08:00` })
  const handOvers = [named('18T07:05', '晚班'), named('19T07:20', '晚班'), named('18T23:10', '中班'), named('19T05:00', '')]
  // As the phone that has the evening shift open writes it, at 22:36.
  const signedAt = (minutes: number) => shiftToSign('in', minuteOfDay(MORNING + minutes * 60_000, 480), USUAL_SHIFTS, '中班') ?? ''
  const early = anOperation(0, {
    kind: 'attendance',
    name: '早到',
    as: 'volunteer',
    direction: 'in',
    shift: signedAt(905),
    ...atMinute(905),
  })
  const of = (day: string) =>
    withinAsked([...handOvers, early], { day: day as Day, shift, zone: 480 }).map((each) =>
      'from' in each ? each.from : 'name' in each ? each.name : '',
    )
  expect(of('2020-02-18')).toEqual(['19T05:00', '19T07:20', '早到'])
  expect(of('2020-02-17')).toEqual(['18T07:05'])
})

test('no heading is broken within a word, in English too', async () => {
  for (const kind of ['daily', 'ledger-full', 'incidents', 'hand-over'] as const) {
    const { columns } = await sheetOf(aSource([]), { kind, madeBy: '', madeAt: 0 }, en)
    for (const { title, width } of columns) for (const word of title.split(' ')) expect([title, word.length < width]).toEqual([title, true])
  }
})

test('a nil report is said of what is over and whole: not while the time runs, not while a phone of that post is missing', async () => {
  const notes = (part: object) => dailyReport(aSource([], part), zhCN).map(({ note }) => note)
  const [NIL, YET] = ['零报告', '暂无记录']
  expect(notes({})).toEqual([NIL, NIL, NIL, NIL])
  expect(notes({ asOf: Date.parse('2020-02-18T15:05:00+08:00') })).toEqual([YET, YET, YET, YET])
  expect(notes({ asOf: Date.parse('2020-02-17T15:05:00+08:00') })).toEqual([YET, YET, YET, YET])
  expect(notes({ arePhonesKnown: false })).toEqual([YET, YET, YET, YET])
  const phone = { deviceId: 'b' as DeviceId, name: '2号手机', postId: SOUTH_GATE }
  expect(notes({ phones: [phone] })).toEqual([NIL, YET, YET, YET])
  expect(notes({ phones: [{ ...phone, until: Date.parse('2020-02-18T23:59:00+08:00') }] })).toEqual([NIL, YET, YET, YET])
  expect(notes({ phones: [{ ...phone, until: Date.parse('2020-02-19T00:00:00+08:00') }] })).toEqual([NIL, NIL, NIL, NIL])
})

test('a courier who stays outside is measured and a courier, but nobody’s 进; the day is no nil report, and the ledger says why, measured or not', () => {
  const outside = {
    subject: { kind: 'courier', company: '顺丰' },
    verdict: { kind: 'stop', why: 'courier-outside' },
    postId: SOUTH_GATE,
  } as const
  const source = aSource([passage(0, outside), passage(10, { ...outside, measured: { reason: 'refused' } })])
  const south = dailyReport(source, zhCN).find(({ place }) => place === '梧桐苑 南门')
  expect(south).toMatchObject({ in: 0, couriers: 2, measured: 1, 'not-measured': 1, note: '' })
  expect(ledgerOf(source, 'masked', zhCN)).toMatchObject([
    { outcome: '已登记，不进小区', note: '' },
    { outcome: '未测温（本人拒绝）', note: '已登记，不进小区' },
  ])
  const excepted = { ...outside, exception: { kind: 'exception', reason: '送药' } } as const
  const carried = aSource([passage(0, excepted)])
  expect(dailyReport(carried, zhCN).find(({ place }) => place === '梧桐苑 南门')).toMatchObject({ in: 1, couriers: 1 })
  expect(only('masked', [passage(0, excepted)])?.outcome).toBe('可通行')
})
