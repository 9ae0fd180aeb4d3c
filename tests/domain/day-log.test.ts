import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attended, totalOf } from '../../src/domain/attendance'
import { isCase, isOpenCase } from '../../src/domain/case'
import { dayLogOf, withinSpan } from '../../src/domain/day-log'
import type { DeviceId, HouseholdId, OperationKey, ResidentId } from '../../src/domain/ids'
import type { CheckIn, Operation, Told } from '../../src/domain/operation'
import type { Site } from '../../src/domain/reading'
import { BASE_RULES } from '../../src/domain/rules/rules'
import { tally } from '../../src/domain/tally'
import { offersWrist, stuckThermometers } from '../../src/domain/thermometer'
import { isoWithOffset } from '../../src/domain/time'
import { aCheckIn, aKey, aReading, MORNING } from '../support/builders'

const judgedBy = () => BASE_RULES
const fold = (operations: readonly Told[]) => dayLogOf(operations, judgedBy)
const count = (operations: readonly Told[]) => tally(fold(operations), judgedBy)
const phone = (n: number) => ({ by: `phone-${n}` as DeviceId })
const at = (ms: number) => ({ deviceTime: isoWithOffset(MORNING + ms, 480) })
const resident = (n: number) => ({ kind: 'resident', residentId: `r-${n}` as ResidentId, householdId: 'h' as HouseholdId }) as const
const { kind: _k, subject: _s, direction: _d, measured: _m, way: _w, rules: _r, ...STAMP } = aCheckIn()
const linked = (target: OperationKey, rest: object, part: object = {}): Told =>
  ({ ...STAMP, key: aKey(), seq: aCheckIn().seq, target, ...rest, ...part }) as Told

const subjectOf = (kind: string, who: number): CheckIn['subject'] => {
  if (kind === 'visitor') return { kind, name: `来访${who}`, keyArea: who === 1 }
  return kind === 'courier' ? { kind, company: '顺丰' } : resident(who)
}
const REGISTERED = {
  arrival: (who: number) => ({
    kind: 'arrival',
    name: `来宁${who}`,
    origin: '合肥',
    arrivedOn: '2020-02-17',
    means: 'train',
    platform: who % 2 ? 'registered' : 'not-registered',
    keyArea: who === 1,
    metInPerson: true,
    source: 'post',
  }),
  request: (who: number) => ({ kind: 'request', topic: who % 2 ? 'medicine' : 'care' }),
  attendance: (who: number, direction: 'in' | 'out') => ({ kind: 'attendance', name: `志愿者${who}`, as: 'volunteer', direction }),
}

/** What up to three phones may have done to a few people, each phone numbering its own. */
const anyDay = fc
  .array(
    fc.record({
      phone: fc.integer({ min: 1, max: 3 }),
      what: fc.constantFrom(
        ...([
          'check-in',
          'check-in',
          'check-in',
          'check-in',
          'retest',
          'retest',
          'void',
          'amend',
          'amend-reading',
          'walk-off',
          'closed',
        ] as const),
        ...(['count', 'turned-back', 'arrival', 'request', 'attendance'] as const),
      ),
      subject: fc.constantFrom('resident', 'resident', 'resident', 'visitor', 'courier', 'in-car'),
      who: fc.integer({ min: 0, max: 3 }),
      celsius: fc.constantFrom(33.4, 36.5, 37.6, 37.8),
      site: fc.constantFrom('forehead' as const, 'armpit' as const),
      after: fc.integer({ min: -3_600_000, max: 3_600_000 }),
      of: fc.nat(),
    }),
    { maxLength: 40 },
  )
  .map((events) => {
    const seqs = new Map<number, number>()
    const passages: OperationKey[] = []
    const others: OperationKey[] = []
    return events.flatMap((event): Told[] => {
      const seq = (seqs.get(event.phone) ?? 0) + 1
      seqs.set(event.phone, seq)
      const stamp = { ...STAMP, key: aKey(MORNING + event.of), seq, ...at(event.after), ...phone(event.phone) }
      const reading = aReading(event.celsius, { site: event.site })
      const direction = event.of % 2 ? ('in' as const) : ('out' as const)
      if (event.what === 'check-in') {
        passages.push(stamp.key)
        const vehicle =
          event.subject === 'in-car' ? { vehicle: { id: `car-${event.who}`, plate: '苏A12345', role: 'driver' as const } } : {}
        return [
          {
            ...stamp,
            kind: 'check-in',
            subject: subjectOf(event.subject, event.who),
            direction,
            measured: reading,
            way: 'card',
            rules: 'base-1',
            ...vehicle,
          },
        ]
      }
      if (event.what === 'arrival' || event.what === 'request' || event.what === 'attendance') {
        others.push(stamp.key)
        return [{ ...stamp, ...REGISTERED[event.what](event.who, direction) } as Told]
      }
      if (event.what === 'count')
        return [{ ...stamp, kind: 'count', direction, people: 5, measured: { inRange: true, site: 'forehead' }, rules: 'base-1' }]
      if (event.what === 'turned-back')
        return [{ ...stamp, kind: 'turned-back', subject: resident(event.who), direction, why: 'no-pass', rules: 'base-1' }]
      const targets = event.what === 'void' ? [...passages, ...others] : passages
      const target = targets[event.of % Math.max(1, targets.length)]
      if (!target) return []
      if (event.what === 'retest') return [{ ...stamp, kind: 'retest', target, reading }]
      if (event.what === 'void') return [{ ...stamp, kind: 'void', target, reason: 'undo' }]
      if (event.what === 'amend') return [{ ...stamp, kind: 'amend', target, reason: 'x', direction }]
      if (event.what === 'amend-reading') return [{ ...stamp, kind: 'amend', target, reason: 'x', measured: reading }]
      if (event.what === 'walk-off') return [{ ...stamp, kind: 'walk-off', target }]
      return [{ ...stamp, kind: 'incident-step', target, step: { at: 'closed', outcome: 'home' } }]
    })
  })

test('whatever phones did, and in whatever order it is read: the same log, the same tally', () => {
  fc.assert(
    fc.property(
      anyDay.chain((day) => fc.tuple(fc.constant(day), fc.shuffledSubarray(day, { minLength: day.length }))),
      ([day, shuffled]) => {
        expect(fold(shuffled)).toEqual(fold(day))
        expect(count(shuffled)).toEqual(count(day))
      },
    ),
    { numRuns: 300 },
  )
})

test('sums hold: everybody was measured or not, and went in or out but for who walked off, and nothing is counted that was voided', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const { passages, marks } = fold(day)
      const counts = count(day)
      const walkedOff = passages.filter(
        ({ key, step, walkOff, voided }) => step.at === 'walked-off' && walkOff && !voided && !marks.get(key)?.duplicateOf,
      )
      const batches = day.filter((each) => each.kind === 'count').length * 5
      const stood = passages.length - counts.voided - counts.duplicates + batches
      expect(counts.measured + counts.notMeasured).toBe(stood)
      expect(counts.in + counts.out).toBe(stood - walkedOff.length)
      expect(counts.openIncidents).toBeLessThanOrEqual(counts.confirmed)
      expect(counts.visitors + counts.couriers).toBeLessThanOrEqual(passages.length - counts.voided)
      const voided = new Set(day.flatMap((each) => (each.kind === 'void' ? [each.target] : [])))
      const standing = (kind: Operation['kind']) => day.filter((each) => each.kind === kind && !voided.has(each.key)).length
      expect([counts.arrivals, counts.requests]).toEqual([standing('arrival'), standing('request')])
      expect(counts.unregistered).toBeLessThanOrEqual(counts.arrivals)
      const span = { from: Number.NEGATIVE_INFINITY, to: MORNING + 7_200_000 }
      expect(totalOf(attended(fold(day).attendance, span)).personTimes).toBeLessThanOrEqual(standing('attendance'))
    }),
  )
})

test('two phones wrote one passage: both stay, one is marked, it counts once; another minute is another passage', () => {
  const one = { ...aCheckIn({ subject: resident(1), ...at(0) }), ...phone(1) }
  const same = { ...aCheckIn({ subject: resident(1), ...at(20_000) }), ...phone(2) }
  const later = { ...aCheckIn({ subject: resident(1), direction: 'out', ...at(600_000) }), ...phone(2) }
  for (const operations of [
    [one, same, later],
    [later, same, one],
  ]) {
    const log = fold(operations)
    expect(log.passages).toHaveLength(3)
    expect([...log.marks]).toEqual([[same.key, { duplicateOf: one.key }]])
    expect(count(operations)).toMatchObject({ in: 1, out: 1, duplicates: 1, inside: 0 })
  }
})

test('one phone, the same person again within the minute: kept, and noted as a gap, not as a double', () => {
  const operations = [aCheckIn({ subject: resident(1), ...at(0) }), aCheckIn({ subject: resident(1), ...at(30_000) })]
  expect([...fold(operations).marks.values()]).toEqual([{ sequence: true }])
  expect(count(operations)).toMatchObject({ in: 2, inside: 1, duplicates: 0 })
})

test('how long two phones’ records are one passage is the rule’s to say', () => {
  const one = { ...aCheckIn({ subject: resident(1), ...at(0) }), ...phone(1) }
  const other = { ...aCheckIn({ subject: resident(1), ...at(90_000) }), ...phone(2) }
  const doubles = (duplicateWindow: number) => {
    const by = () => ({ ...BASE_RULES, duplicateWindow })
    return tally(dayLogOf([one, other], by), by).duplicates
  }
  expect([doubles(60_000), doubles(120_000), doubles(0)]).toEqual([0, 1, 0])
})

test('a band is that of the site, and of the rules by which a record was judged', () => {
  const strict = { ...BASE_RULES, bands: { ...BASE_RULES.bands, wrist: { ...BASE_RULES.bands.wrist, threshold: 37.0, tooLowBelow: 34.0 } } }
  const by = (version: string) => (version === 'strict' ? strict : BASE_RULES)
  const step = (site: Site, celsius: number, rules: string) =>
    dayLogOf([aCheckIn({ measured: aReading(celsius, { site }), rules })], by).passages[0]?.step.at
  expect([step('wrist', 37.1, 'strict'), step('wrist', 37.1, 'base-1'), step('forehead', 37.1, 'strict')]).toEqual([
    'wait',
    'admitted',
    'admitted',
  ])
  expect([step('wrist', 34.5, 'strict'), step('wrist', 34.5, 'base-1')]).toEqual(['admitted', 'too-low'])
})

test('presence goes by when people passed, not by when it was heard of', () => {
  const out = { ...aCheckIn({ subject: resident(1), direction: 'out', ...at(60_000 * 30) }), ...phone(1) }
  const before = { ...aCheckIn({ subject: resident(1), direction: 'in', ...at(0) }), ...phone(2) }
  expect(count([out]).inside).toBe(0)
  expect(count([out, before]).inside).toBe(0)
  expect(count([before]).inside).toBe(1)
})

test('a clock that jumps back within a phone does not turn its own order around', () => {
  const passage = aCheckIn({ seq: 1, measured: aReading(37.6) })
  const neck = linked(passage.key, { kind: 'retest', reading: aReading(37.5, { site: 'neck' }) }, { seq: 2, ...at(300_000) })
  const armpit = linked(passage.key, { kind: 'retest', reading: aReading(36.9, { site: 'armpit' }) }, { seq: 3, ...at(-86_400_000) })
  const [folded] = fold([armpit, neck, passage]).passages
  expect(folded?.readings.map(({ celsius }) => celsius)).toEqual([37.6, 37.5, 36.9])
  expect(folded?.step).toEqual({ at: 'admitted' })
})

test('what was written from paper stands at the paper’s time', () => {
  const late = aCheckIn({ ...at(3_600_000), occurredAt: '2020-02-18T06:00:00.000+08:00' })
  const operations = [aCheckIn(at(0)), late]
  expect(fold(operations).passages[0]?.key).toBe(late.key)
  const six = Date.parse('2020-02-18T06:00:00+08:00')
  expect(withinSpan(operations, six, six + 1)).toEqual([late])
})

test('an incident is open from the armpit on, until somebody closes it; a case from the first high reading on', () => {
  const passage: CheckIn = aCheckIn({ measured: aReading(37.6) })
  const steps: Operation[] = [passage]
  const open = () => [isCase(steps, judgedBy), isOpenCase(steps, judgedBy), fold(steps).incidents.length]
  expect(open()).toEqual([true, true, 0])
  steps.push(linked(passage.key, { kind: 'retest', reading: aReading(37.8, { site: 'armpit' }) }))
  expect(open()).toEqual([true, true, 1])
  steps.push(linked(passage.key, { kind: 'incident-step', step: { at: 'taken-over', by: '李医生' } }))
  expect(fold(steps).incidents[0]).toMatchObject({ takenOver: { by: '李医生' } })
  steps.push(linked(passage.key, { kind: 'incident-step', step: { at: 'closed', outcome: 'fever-clinic' } }))
  expect(open()).toEqual([true, false, 1])
  expect(count(steps)).toMatchObject({ confirmed: 1, openIncidents: 0, handedOn: 1 })
  expect(isCase([aCheckIn({ measured: aReading(33.4) })], judgedBy)).toBe(false)
  expect(isOpenCase([passage, linked(passage.key, { kind: 'void', reason: 'undo' })], judgedBy)).toBe(false)
})

test('those in one car are one vehicle; a batch is its people; turned back is nobody’s passage', () => {
  const inCar = (id: string) => ({ vehicle: { id, plate: '苏A12345', role: 'driver' as const } })
  const operations: Told[] = [
    aCheckIn({ subject: resident(1), ...inCar('a') }),
    aCheckIn({ subject: resident(2), ...inCar('a') }),
    aCheckIn({ subject: resident(3), ...inCar('b') }),
    {
      ...STAMP,
      key: aKey(),
      seq: aCheckIn().seq,
      kind: 'count',
      direction: 'in',
      people: 5,
      measured: { inRange: true, site: 'forehead' },
      rules: 'x',
    },
    { ...STAMP, key: aKey(), seq: aCheckIn().seq, kind: 'turned-back', subject: resident(4), direction: 'in', why: 'no-pass', rules: 'x' },
  ]
  expect(count(operations)).toMatchObject({ vehicles: 2, in: 8, measured: 8, turnedBack: 1 })
})

test('ten equal readings in a row from one thermometer are its fault; another one between them changes nothing', () => {
  const gun = (celsius: number, thermometer: string) => aReading(celsius, { thermometer })
  const nine = Array.from({ length: 9 }, () => [gun(36.4, '一号'), gun(36.2, '二号')]).flat()
  expect(stuckThermometers(nine)).toEqual([])
  expect(stuckThermometers([...nine, gun(36.4, '一号'), gun(36.3, '二号')])).toEqual([{ thermometer: '一号', celsius: 36.4 }])
  expect(stuckThermometers([...nine, gun(36.4, '一号'), gun(36.5, '一号')])).toEqual([])
})

test('three low foreheads among the last ten offer the wrist; what was measured elsewhere does not count', () => {
  const low = aReading(33.4)
  expect(offersWrist([low, low, ...Array.from({ length: 8 }, () => aReading(36.5))], BASE_RULES)).toBe(false)
  expect(offersWrist([low, low, low, ...Array.from({ length: 7 }, () => aReading(36.5))], BASE_RULES)).toBe(true)
  expect(offersWrist([low, low, low, ...Array.from({ length: 10 }, () => aReading(36.5))], BASE_RULES)).toBe(false)
  expect(
    offersWrist(
      Array.from({ length: 3 }, () => aReading(33.4, { site: 'wrist' })),
      BASE_RULES,
    ),
  ).toBe(false)
})

test('a fever on one phone is not hidden by a glance on the other: what says more counts', () => {
  const glance = { ...aCheckIn({ subject: resident(1), ...at(0) }), ...phone(1) }
  const fever = { ...aCheckIn({ subject: resident(1), measured: aReading(37.6), ...at(20_000) }), ...phone(2) }
  const armpit = linked(
    fever.key,
    { kind: 'retest', reading: aReading(37.8, { site: 'armpit', attempt: 2 }) },
    { ...at(600_000), ...phone(2) },
  )
  expect([...fold([glance, fever, armpit]).marks]).toEqual([[glance.key, { duplicateOf: fever.key }]])
  expect(count([armpit, fever, glance])).toMatchObject({ in: 1, confirmed: 1, openIncidents: 1, duplicates: 1 })
})

test('a retest on a phone whose clock jumped back is still the later attempt', () => {
  const first = { ...aCheckIn({ measured: aReading(37.6), ...at(0) }), ...phone(1) }
  const neck = linked(first.key, { kind: 'retest', reading: aReading(37.5, { site: 'neck', attempt: 2 }) }, { ...at(300_000), ...phone(1) })
  const later = linked(
    first.key,
    { kind: 'retest', reading: aReading(36.6, { site: 'armpit', attempt: 3 }) },
    { ...at(-10_800_000), ...phone(2) },
  )
  expect(fold([later, neck, first]).passages[0]?.step).toEqual({ at: 'admitted' })
})

test('nobody waits at the gate for who was written down on paper hours ago', () => {
  const late = aCheckIn({ measured: aReading(37.6), occurredAt: '2020-02-18T06:00:00.000+08:00' })
  expect(fold([late]).passages[0]?.step).toEqual({ at: 'walked-off' })
  expect(count([late])).toMatchObject({ waiting: 0, atThreshold: 1 })
})

test('what two phones had a hand in concerns the whole post, high or not', () => {
  const low = { ...aCheckIn({ measured: aReading(33.4) }), ...phone(1) }
  const wrist = linked(low.key, { kind: 'retest', reading: aReading(36.2, { site: 'wrist', attempt: 2 }) }, phone(2))
  expect([isCase([low], judgedBy), isCase([low, wrist], judgedBy), isOpenCase([low, wrist], judgedBy)]).toEqual([false, true, false])
})
