import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { handOver } from '../../src/app/features/shift/hand-over'
import { giveCases } from '../../src/app/features/shift/passing-on'
import { openHere, sumOf } from '../../src/app/features/shift/shift-sum'
import { signing } from '../../src/app/features/shift/sign'
import { daySource } from '../../src/app/reporting/day-source'
import { shiftToOpen } from '../../src/domain/community'
import { dailyReport } from '../../src/domain/daily-report'
import type { ResidentId } from '../../src/domain/ids'
import type { HandOver } from '../../src/domain/post-operations'
import type { VolunteerKind } from '../../src/domain/shift'
import { type Day, minuteOfDay } from '../../src/domain/time'
import { zhCN } from '../../src/reports/words/zh-cn'
import { daySource as serverSource } from '../../src/server/database/day-reports'
import { type Collected, collect, openParts } from '../../src/vault/pass-on'
import { valueIn } from '../support/builders'
import { COMMUNITY, COMPOUND, NORTH_GATE, SOUTH_GATE } from '../support/community'
import { aGate, FAR_OFF, type TestGate } from '../support/gate'
import { aHousehold, aWorld, putHouseholds, type World } from '../support/world'

const HOUR = 3_600_000
const resident = (n: number) => `r-${n}` as ResidentId

let world: World
let lead: TestGate

beforeAll(async () => {
  world = await aWorld('2020-02-16T07:00:00+08:00')
  const households = Array.from({ length: 9 }, (_, i) => aHousehold(`h-${i}`, `${i + 1}01`, [{ id: resident(i) }]))
  await putHouseholds(world, COMPOUND, households)
})
afterAll(() => world.close())
afterEach(() => lead.forget())

/** A lead's phone, whose invite is for both gates, and which stands at the south one. */
async function aLead(): Promise<TestGate> {
  const gate = await aGate(world, { postId: COMPOUND as never, role: 'lead' })
  valueIn(await gate.services.changeIdentity({ postId: SOUTH_GATE }))
  return gate
}
async function opensShift({ services }: TestGate): Promise<number> {
  const openedAt = services.now()
  const opening = { kind: 'shift-opening', shift: '早班', site: 'forehead', thermometers: [] } as const
  const shift = { key: crypto.randomUUID(), openedAt, name: '早班', site: 'forehead', thermometers: [] } as const
  valueIn(await services.saveWith([{ operation: opening }], 'shift', shift))
  return openedAt
}
async function passes(gate: TestGate, n: number, celsius = 36.5): Promise<void> {
  await gate.person(resident(n))
  await gate.measure(celsius)
  gate.actions.back()
}
const signs = async ({ services }: TestGate, name: string, as: VolunteerKind, direction: 'in' | 'out') =>
  void valueIn(await services.save([{ operation: { kind: 'attendance', name, as, direction } }]))
/** Who signed, and for which shift. */
const signings = async () =>
  (await lead.records()).flatMap((each) => (each.kind === 'attendance' ? [[each.name, each.direction, each.shift]] : []))
const handed = async (gate: TestGate) => (await gate.records()).filter((each): each is HandOver => each.kind === 'hand-over').at(-1)

test('a shift that is open over three days counts the days between, and only its own post', async () => {
  world.at('2020-02-16T07:00:00+08:00')
  lead = await aLead()
  const openedAt = await opensShift(lead)
  await passes(lead, 1)
  world.at('2020-02-17T09:00:00+08:00')
  await passes(lead, 2)
  await passes(lead, 3)
  valueIn(await lead.services.changeIdentity({ postId: NORTH_GATE }))
  await passes(lead, 4)
  valueIn(await lead.services.changeIdentity({ postId: SOUTH_GATE }))
  world.at('2020-02-18T10:00:00+08:00')
  await passes(lead, 5)
  expect((await sumOf(lead.services, openedAt)).counts).toMatchObject({ in: 4, measured: 4 })
})

test('the cases of another post are neither counted nor handed over', async () => {
  world.at('2020-02-18T07:00:00+08:00')
  lead = await aLead()
  const openedAt = await opensShift(lead)
  await passes(lead, 1, 37.6)
  valueIn(await lead.services.changeIdentity({ postId: NORTH_GATE }))
  await passes(lead, 2, 37.7)
  valueIn(await lead.services.changeIdentity({ postId: SOUTH_GATE }))
  expect(lead.matters()).toHaveLength(2)
  const sum = await sumOf(lead.services, openedAt)
  expect(sum.counts).toMatchObject({ openRetests: 1, openIncidents: 0 })
  expect(openHere(lead.services).map(({ passage }) => passage.readings[0]?.celsius)).toEqual([37.6])

  const parts = valueIn(await giveCases(lead.services, lead.own.receiveKey))
  const collected = parts.reduce<Collected | undefined>(collect, undefined)
  if (!collected) throw new Error('nothing was collected')
  const { deviceId, passed } = valueIn(await openParts(collected, lead.own.keys.receive))
  expect(deviceId).toBe(lead.own.id)
  expect(passed).toMatchObject({ communityId: COMMUNITY.id, from: '梧桐苑 南门', cases: [{ operations: [{}] }] })
})

test('the receiver records from then on; who left signed out as what they were; hours, phones and open cases are on the record', async () => {
  world.at('2020-02-18T07:00:00+08:00')
  lead = await aLead()
  const { services } = lead
  await signs(lead, '王党员', 'party-member', 'in')
  await services.changePreferences({ operator: '王党员', operators: ['王党员'], kinds: { 王党员: 'party-member' } })
  const openedAt = await opensShift(lead)
  await services.keep('phones', [{ deviceId: 'other' as never, name: '小米 ab12', unitId: SOUTH_GATE, lastSeen: openedAt - HOUR }])
  world.at('2020-02-18T10:00:00+08:00')
  await passes(lead, 1, 37.6)
  world.at('2020-02-18T15:00:00+08:00')
  const signed = {
    from: '王党员',
    to: { name: '李物业', as: 'property' },
    staying: [],
    supplies: { masks: 40, bottles: 2 },
    words: '',
  } as const
  valueIn(await handOver(services, await sumOf(services, openedAt), signed))
  expect(await handed(lead)).toMatchObject({
    from: '王党员',
    to: '李物业',
    counts: { in: 1, personTimes: 1, volunteerMinutes: 480, openRetests: 1 },
    supplies: { masks: 40, bottles: 2 },
    phones: [
      { name: lead.own.id.slice(0, 4), unsent: 3 },
      { name: '小米 ab12', lastSeen: '2020-02-18T06:00:00.000+08:00' },
    ],
    open: [{ kind: 'retest', since: '2020-02-18T10:00:00.000+08:00', place: '3幢2单元201室' }],
  })
  expect(services.kept.values.shift.value).toBeUndefined()
  expect(services.preferences.value).toMatchObject({ operator: '李物业', operators: ['李物业'] })
  const signing = (await lead.records()).flatMap((each) => (each.kind === 'attendance' ? [[each.name, each.as, each.direction]] : []))
  expect(signing.slice(-2)).toEqual([
    ['王党员', 'party-member', 'out'],
    ['李物业', 'property', 'in'],
  ])
  await passes(lead, 2)
  expect((await lead.records()).at(-1)).toMatchObject({ kind: 'check-in', operator: '李物业' })
  valueIn(await lead.sync())
  expect((await world.held(lead)).filter(({ kind }) => kind === 'hand-over')).toHaveLength(1)
})

test('where nobody takes over, no name goes on the records of this phone, and nobody is on duty any more', async () => {
  world.at('2020-02-18T15:00:00+08:00')
  lead = await aLead()
  await lead.services.changePreferences({ operator: '王志愿', operators: ['王志愿', '孙志愿'] })
  const openedAt = await opensShift(lead)
  valueIn(await handOver(lead.services, await sumOf(lead.services, openedAt), { from: '王志愿', staying: [], supplies: {}, words: '' }))
  expect((await handed(lead))?.to).toBeUndefined()
  expect(lead.services.preferences.value).toMatchObject({ operator: '', operators: [] })
  expect(await signings()).toEqual([
    ['王志愿', 'out', '早班'],
    ['孙志愿', 'out', '早班'],
  ])
})

/** 开班, as its page does it. */
async function opens({ services }: TestGate): Promise<number> {
  const openedAt = services.now()
  const { shifts } = services.identity.value.community
  const name = shiftToOpen(minuteOfDay(openedAt, 480), shifts)?.name ?? ''
  const shift = { key: crypto.randomUUID(), openedAt, name, site: 'forehead', thermometers: [] } as const
  const opening = { kind: 'shift-opening', shift: name, site: 'forehead', thermometers: [] } as const
  valueIn(await services.saveWith([{ operation: opening }], 'shift', shift))
  return openedAt
}
async function comes({ services }: TestGate, name: string, direction: 'in' | 'out' = 'in'): Promise<void> {
  valueIn(await services.save([{ operation: signing(services, name, 'volunteer', direction) }]))
  const { operators } = services.preferences.value
  await services.changePreferences({ operators: direction === 'in' ? [...operators, name] : operators.filter((each) => each !== name) })
}
/** 值守人数, 人次 of the south gate: on the phone, and by the server. */
async function staffOf({ services }: TestGate, day: string, shift?: string) {
  const { db, codec, ownCodec, identity, now } = services
  const phone = {
    db,
    facts: codec,
    own: ownCodec,
    identity: identity.value,
    rosterHidden: false,
    unknownPost: '?',
    asOf: now(),
    onRead: () => undefined,
  }
  const { source } = await daySource(phone, { day: day as Day, ...(shift ? { shift } : {}), postId: SOUTH_GATE, zone: 480 })
  const times = identity.value.community.shifts.find(({ name }) => name === shift)
  const server = await serverSource(world.pool, COMMUNITY.id, {
    day: day as Day,
    shift: times,
    unitId: SOUTH_GATE,
    asOf: FAR_OFF.getTime(),
  })
  if (!server) throw new Error('the server knows no such community')
  return [source, server].map((each) => {
    const [row] = dailyReport(each, zhCN)
    return [row?.staff, row?.['person-times']]
  })
}

test('who opens, signs in and hands over beside the hour stands in the shift that they mean, in every report', async () => {
  world.at('2020-02-20T06:50:00+08:00')
  lead = await aLead()
  const { services } = lead
  await services.changePreferences({ operator: '早班王', operators: [] })
  await comes(lead, '早班王')
  const openedAt = await opens(lead)
  expect(services.kept.values.shift.value?.name).toBe('早班')
  // A second phone of the post, and a hand that is not sure: the same person.
  await comes(lead, '早班王')
  world.at('2020-02-20T08:00:00+08:00')
  await comes(lead, '早班赵')
  world.at('2020-02-20T14:50:00+08:00')
  await comes(lead, '中班李')
  world.at('2020-02-20T15:02:00+08:00')
  const sum = await sumOf(services, openedAt)
  expect([sum.counts.personTimes, sum.next]).toEqual([2, ['中班李']])
  const signed = { from: '早班王', to: { name: '中班李', as: 'volunteer' }, staying: ['早班赵'], supplies: {}, words: '' } as const
  valueIn(await handOver(services, sum, signed))
  expect(services.preferences.value.operators).toEqual(['早班赵', '中班李'])
  const evening = await opens(lead)
  world.at('2020-02-20T19:00:00+08:00')
  await comes(lead, '早班赵', 'out')
  world.at('2020-02-20T22:00:00+08:00')
  valueIn(await lead.sync())
  expect((await sumOf(services, evening)).counts.personTimes).toBe(2)
  const both = (count: number) => [
    [count, count],
    [count, count],
  ]
  expect(await staffOf(lead, '2020-02-20', '早班')).toEqual(both(2))
  expect(await staffOf(lead, '2020-02-20', '中班')).toEqual(both(2))
  expect(await staffOf(lead, '2020-02-19', '晚班')).toEqual(both(0))
  expect(await staffOf(lead, '2020-02-20')).toEqual(both(3))
})

test('who is not asked to stay goes home with the shift; nobody stands there for ever', async () => {
  world.at('2020-02-22T23:00:00+08:00')
  lead = await aLead()
  const { services } = lead
  await services.changePreferences({ operator: '甲', operators: [] })
  for (const name of ['甲', '乙', '丙']) await comes(lead, name)
  const openedAt = await opens(lead)
  world.at('2020-02-23T07:02:00+08:00')
  const signed = { from: '甲', to: { name: '丁', as: 'volunteer' }, staying: ['丙'], supplies: {}, words: '' } as const
  valueIn(await handOver(services, await sumOf(services, openedAt), signed))
  expect((await signings()).slice(-3)).toEqual([
    ['甲', 'out', '晚班'],
    ['乙', 'out', '晚班'],
    ['丁', 'in', '早班'],
  ])
  const next = await opens(lead)
  world.at('2020-02-23T15:00:00+08:00')
  const { people } = await sumOf(services, next)
  expect(people.map(({ name, isHere }) => [name, isHere])).toEqual([
    ['丙', true],
    ['丁', true],
  ])
  valueIn(await lead.sync())
  expect(await staffOf(lead, '2020-02-22', '晚班')).toEqual([
    [3, 3],
    [3, 3],
  ])
})
