import type { Post } from '../../src/domain/community'
import { dayLogOf } from '../../src/domain/day-log'
import type { CompoundId, DeviceId, HouseholdId, OperationKey, PostId, ResidentId } from '../../src/domain/ids'
import type { CheckIn, Operation, Told } from '../../src/domain/operation'
import type { ReportSource } from '../../src/domain/report'
import type { Household, Resident } from '../../src/domain/roster'
import { BASE_RULES } from '../../src/domain/rules/rules'
import { type Day, isoWithOffset } from '../../src/domain/time'
import { aCheckIn, aKey, aReading, MORNING } from './builders'
import { COMMUNITY, NORTH_GATE, SOUTH_GATE } from './community'

const GATES: readonly Post[] = [post(SOUTH_GATE, '南门', { management: 'property' }), post(NORTH_GATE, '北门', { management: 'property' })]

function post(id: PostId, name: string, setting: NonNullable<Post['setting']>): Post {
  return { id, name, type: 'compound-gate', compoundId: 'wutong' as CompoundId, compoundName: '梧桐苑', setting }
}

const ROSTER: readonly Household[] = [
  household('h-1', { building: '3', unit: '2', room: '501' }, [
    { id: 'r-1' as ResidentId, name: '张建华', phone: '13812345678', tenure: 'owner' },
    { id: 'r-2' as ResidentId, name: '欧阳小红', tenure: 'tenant' },
  ]),
]

function household(id: string, address: Household['address'], residents: readonly Resident[]): Household {
  return { id: id as HouseholdId, address, plates: [], residents, cards: [] }
}

/** A report's data, of operations of any phones. */
export function aSource(operations: readonly Told[], part: Partial<ReportSource> = {}): ReportSource {
  const judgedBy = () => BASE_RULES
  return {
    log: dayLogOf(operations, judgedBy),
    community: COMMUNITY,
    posts: GATES,
    day: '2020-02-18' as Day,
    zone: 480,
    judgedBy,
    ruleSets: [],
    span: { from: Date.parse('2020-02-18T00:00:00+08:00'), to: Date.parse('2020-02-19T00:00:00+08:00') },
    asOf: Date.parse('2020-02-19T08:00:00+08:00'),
    uploads: new Map(),
    unsentElsewhere: { waiting: 0, returned: 0 },
    phones: [],
    arePhonesKnown: true,
    observed: () => ({ standing: 2, ended: 1 }),
    residentOf(subject) {
      const home = ROSTER.find(({ id }) => 'householdId' in subject && subject.householdId === id)
      const resident = home?.residents.find(({ id }) => subject.kind === 'resident' && subject.residentId === id)
      return { ...(home ? { household: home } : {}), ...(resident ? { resident } : {}) }
    },
    ...part,
  }
}

/** A resident of the roster: 张建华 1, 欧阳小红 2. */
export const resident = (n: 1 | 2) => ({ kind: 'resident', residentId: `r-${n}` as ResidentId, householdId: 'h-1' as HouseholdId }) as const

/** `minutes` after 07:31 of that day. */
export const atMinute = (minutes: number) => ({ deviceTime: isoWithOffset(MORNING + minutes * 60_000, 480) })

const { kind: _kind, subject: _subject, direction: _direction, measured: _measured, way: _way, rules: _rules, ...STAMP } = aCheckIn()

/** Any operation, stamped `minutes` after 07:31. */
export function anOperation<O extends Operation>(minutes: number, rest: Partial<O> & { readonly kind: O['kind'] }): Told<O> {
  return { ...STAMP, key: aKey(), seq: aCheckIn().seq, ...atMinute(minutes), ...rest } as unknown as Told<O>
}

export const passage = (minutes: number, part: Partial<CheckIn> = {}) => aCheckIn({ ...atMinute(minutes), ...part })

/** A day with one of everything. */
export function aWholeDay(): { readonly operations: readonly Told[]; readonly waiting: OperationKey } {
  const fever = passage(10, { subject: resident(2), direction: 'out', measured: aReading(37.6) })
  const low = passage(20, { measured: aReading(33.4) })
  const undone = passage(30, { subject: { kind: 'written', name: '李四' } })
  const twice = { ...passage(40, { subject: resident(1), direction: 'out' }), by: 'other-phone' as DeviceId }
  const own = passage(40, { subject: resident(1), direction: 'out', postId: SOUTH_GATE })
  const visitor = passage(60, {
    subject: { kind: 'visitor', name: '王五', phone: '13900001234', reason: '探亲', keyArea: true, householdId: 'h-1' as HouseholdId },
    postId: NORTH_GATE,
    noMask: true,
    vehicle: { id: 'v-1', plate: '苏A12345', role: 'driver' },
  })
  const operations: Told[] = [
    passage(0, { subject: resident(1) }),
    fever,
    anOperation(16, { kind: 'retest', target: fever.key, reading: aReading(37.5, { site: 'neck', attempt: 2 }) }),
    anOperation(22, { kind: 'retest', target: fever.key, reading: aReading(37.8, { site: 'armpit', attempt: 3 }) }),
    anOperation(23, { kind: 'incident-step', target: fever.key, step: { at: 'symptoms', words: '咳嗽' } }),
    anOperation(24, { kind: 'incident-step', target: fever.key, step: { at: 'called', role: 'health' } }),
    anOperation(30, { kind: 'incident-step', target: fever.key, step: { at: 'taken-over', by: '周医生' } }),
    anOperation(50, { kind: 'incident-step', target: fever.key, step: { at: 'closed', outcome: 'fever-clinic' } }),
    low,
    anOperation(21, { kind: 'retest', target: low.key, reading: aReading(36.2, { site: 'wrist', attempt: 2 }) }),
    undone,
    anOperation(31, { kind: 'void', target: undone.key, reason: 'undo' }),
    own,
    twice,
    visitor,
    passage(70, { subject: { kind: 'courier', company: '顺丰' }, measured: { reason: 'thermometer-broken' }, clockOffset: 600_000 }),
    anOperation(80, {
      kind: 'count',
      direction: 'in',
      people: 5,
      measured: { inRange: true, site: 'forehead' },
      rules: 'base-1',
      postId: NORTH_GATE,
    }),
    anOperation(90, { kind: 'turned-back', subject: { kind: 'written', name: '赵六' }, direction: 'in', why: 'no-pass', rules: 'base-1' }),
    anOperation(91, { kind: 'turned-back', subject: resident(1), direction: 'out', why: 'observation', rules: 'base-1' }),
    anOperation(100, {
      kind: 'arrival',
      name: '孙七',
      phone: '13700007777',
      origin: '湖北省黄冈市',
      arrivedOn: '2020-02-18',
      means: 'train',
      meansNumber: 'G7012',
      address: { building: '5', unit: '1', room: '302' },
      platform: 'not-registered',
      code: 'orange',
      keyArea: true,
      metInPerson: true,
      source: 'post',
    }),
    anOperation(110, { kind: 'request', topic: 'medicine' }),
    anOperation(-30, { kind: 'attendance', name: '王志愿', as: 'volunteer', direction: 'in' }),
    anOperation(-29, { kind: 'attendance', name: '刘党员', as: 'party-member', direction: 'in' }),
  ]
  return { operations, waiting: visitor.key }
}
