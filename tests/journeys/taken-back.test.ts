import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { lastPassage } from '../../src/app/features/gate/last-passage'
import { takeBack } from '../../src/app/features/gate/undoing'
import { type FollowUp, keepFollowUps } from '../../src/app/shell/follow-up'
import { courierWho, residentWho, visitorWho, type Who } from '../../src/app/shell/who'
import type { OperationKey, ResidentId } from '../../src/domain/ids'
import { aReading, valueIn } from '../support/builders'
import { COMPOUND, SOUTH_GATE } from '../support/community'
import { aGate, type TestGate } from '../support/gate'
import { aHousehold, aWorld, putHouseholds, type World } from '../support/world'

const FIVE_MINUTES = 300_000
// Each test has a day and a person to itself: what one leaves open is told to the phones of the next.
const sick = () => `r-${day}` as ResidentId
const WIFE = 'r-wife' as ResidentId

let world: World
let gate: TestGate
let day = 1
const gates: TestGate[] = []

beforeAll(async () => {
  world = await aWorld('2020-02-01T06:30:00+08:00')
  await putHouseholds(world, COMPOUND, [
    aHousehold('h-1', '501', [...Array.from({ length: 16 }, (_, i) => ({ id: `r-${i + 1}` as ResidentId })), { id: WIFE }]),
  ])
})
afterAll(() => world.close())
beforeEach(async () => {
  world.at(`${today()}T06:30:00+08:00`)
  gate = await another()
})
afterEach(async () => {
  day++
  for (const each of gates.splice(0)) await each.forget()
})

const today = () => `2020-02-${String(day).padStart(2, '0')}`
async function another(): Promise<TestGate> {
  const made = await aGate(world)
  gates.push(made)
  return made
}
/** 撤销, as the bar and the page of a wait do it. */
async function undo(at: TestGate): Promise<void> {
  if (!lastPassage.value) throw new Error('there is nothing to undo')
  valueIn(await takeBack(at.services, lastPassage.value, 'undo'))
}
const say = async (at: TestGate, ...followUps: FollowUp[]) => valueIn(await keepFollowUps(at.services, followUps))
async function waits(at: TestGate): Promise<OperationKey> {
  await at.person(sick())
  await at.measure(37.6)
  const { shown } = at
  if (shown.at !== 'told') throw new Error(`expected a wait, got ${shown.at}`)
  at.actions.back()
  return shown.key
}
/** From the first reading on to the armpit. */
async function confirmed(at: TestGate): Promise<OperationKey> {
  const key = await waits(at)
  for (const celsius of [37.5, 37.8]) {
    world.pass(FIVE_MINUTES)
    at.again(key)
    await at.measure(celsius)
  }
  return key
}
const mattersOf = (at: TestGate, who = sick()) =>
  at.matters().filter(({ passage: { checkIn } }) => checkIn.subject.kind === 'resident' && checkIn.subject.residentId === who)
const steps = (at: TestGate) => mattersOf(at).map(({ passage: { step } }) => step)

test('who waits and is scanned again goes on waiting: by card, by tile, on the other phone, and after a kill; nobody gets green by it', async () => {
  const key = await waits(gate)
  world.pass(2 * 60_000)
  await gate.person(sick())
  expect(gate.shown).toMatchObject({ at: 'measure', retest: { key, site: 'neck', waitsSince: Date.now() - 2 * 60_000 } })
  await gate.kill()
  const home = gate.services.roster.value?.residentById.get(sick())
  if (!home) throw new Error('not on the roster')
  await gate.person(residentWho(home.resident, home.household, { way: 'tile' }), 'in')
  expect(gate.shown).toMatchObject({ at: 'measure', retest: { key } })
  gate.actions.back()
  // Whose family waits passes as ever.
  await gate.person(WIFE)
  expect(gate.shown).toMatchObject({ at: 'measure' })
  expect(gate.shown).not.toHaveProperty('retest')
  await gate.measure(36.5)

  const second = await another()
  for (const each of [gate, second]) await each.sync()
  await second.kill()
  await second.person(sick())
  expect(second.shown).toMatchObject({ at: 'measure', retest: { key } })
  await second.measure(36.7)
  expect((await second.records()).map(({ kind }) => kind)).toEqual(['retest'])
  await second.person(sick())
  expect(second.at).toBe('measure')
  expect(second.shown).not.toHaveProperty('retest')
})

test.each<[string, Who]>([
  [
    'a visitor without a phone',
    visitorWho(
      { name: '钱来客', keyArea: false, reason: 'family', address: { building: '3', unit: '2', room: '501' } },
      'written',
      undefined,
    ),
  ],
  ['a courier with a plate', courierWho({ company: '京东', plate: '苏A12345' }, 'written')],
  [
    'who is not listed',
    {
      subject: { kind: 'written', name: '赵四海', address: { building: '9', unit: '1', room: '101' } },
      way: 'written',
      name: '赵四海',
      unit: '',
    },
  ],
])('%s who waits and is written down again goes on waiting', async (_name, who) => {
  await gate.person(who)
  await gate.measure(37.6)
  gate.actions.back()
  world.pass(60_000)
  await gate.person(who)
  expect(gate.shown).toMatchObject({ at: 'measure', retest: { site: 'neck' } })
  await gate.measure(36.6)
  expect(gate.matters().filter(({ passage }) => passage.checkIn.subject.kind === who.subject.kind)).toEqual([])
})

test('who has an open incident is not passed by: the incident is shown, and no reading is asked', async () => {
  const key = await confirmed(gate)
  await gate.kill()
  await gate.person(sick())
  expect(gate.shown).toMatchObject({ at: 'told', step: 'confirmed', key })
  await say(gate, { kind: 'incident-step', target: key, step: { at: 'closed', outcome: 'cleared' } })
  await gate.person(sick())
  expect(gate.at).toBe('measure')
})

test('撤销 after a mis-tapped retest takes back the retest alone: the person waits again, the first reading stays', async () => {
  const key = await waits(gate)
  world.pass(FIVE_MINUTES)
  gate.again(key)
  await gate.measure(36.7)
  expect(mattersOf(gate)).toEqual([])
  await undo(gate)
  await gate.kill()
  expect(mattersOf(gate)).toMatchObject([{ passage: { key, step: { at: 'wait', site: 'neck' }, readings: [{ celsius: 37.6 }] } }])
  await gate.sync()
  expect(await world.tally(SOUTH_GATE, today())).toMatchObject({ in: 1, voided: 0, waiting: 1, atThreshold: 1 })

  gate.again(key)
  await gate.left()
  expect(lastPassage.value).toMatchObject({ key, outcome: 'left' })
  await undo(gate)
  expect(steps(gate)).toEqual([{ at: 'wait', site: 'neck' }])
  gate.again(key)
  await gate.measure(36.6)
  // What is over keeps the phone from letting go of its day no longer.
  expect(await gate.services.db.waits.count()).toBe(0)
})

test('a first reading that led to a wait, and a 37.8 at the armpit that led to an incident, can be undone', async () => {
  await waits(gate)
  expect(lastPassage.value).toMatchObject({ outcome: 'waits' })
  await undo(gate)
  expect(mattersOf(gate)).toEqual([])
  expect(await gate.tally(today())).toMatchObject({ in: 0, voided: 1, waiting: 0 })

  await confirmed(gate)
  expect(lastPassage.value).toMatchObject({ outcome: 'confirmed' })
  expect(gate.shown).toMatchObject({ at: 'told', step: 'confirmed', retake: { retest: { site: 'armpit' } } })
  await undo(gate)
  await gate.kill()
  expect(steps(gate)).toEqual([{ at: 'wait', site: 'armpit' }])
  await gate.sync()
  expect(await world.tally(SOUTH_GATE, today())).toMatchObject({ in: 1, confirmed: 0, openIncidents: 0, waiting: 1 })
})

test('a correction of one reading of the chain opens and closes who waits, on every phone of the post', async () => {
  const second = await another()
  const key = await waits(gate)
  for (const each of [gate, second]) await each.sync()
  expect(mattersOf(second)).toHaveLength(1)
  await say(gate, { kind: 'amend', target: key, reason: '点错了', measured: aReading(36.6) })
  expect(mattersOf(gate)).toEqual([])
  for (const each of [gate, second]) await each.sync()
  await second.kill()
  expect(mattersOf(second)).toEqual([])
  expect(await second.services.db.cases.get(key)).toMatchObject({ open: 0 })

  await say(gate, { kind: 'amend', target: key, reason: '点错了', measured: aReading(37.6) })
  expect(steps(gate)).toEqual([{ at: 'wait', site: 'neck' }])
  for (const each of [gate, second]) await each.sync()
  expect(mattersOf(second)).toHaveLength(1)
})

test('low, then high, kept in one upload: the other phones of the post hear of it', async () => {
  const second = await another()
  gate.offline = true
  await gate.person(sick())
  await gate.measure(33.4)
  await gate.measure(37.6)
  expect(gate.shown).toMatchObject({ at: 'told', step: 'wait', site: 'neck' })
  gate.offline = false
  for (const each of [gate, second]) await each.sync()
  expect(steps(second)).toEqual([{ at: 'wait', site: 'neck' }])
})

test('an incident that was closed by mistake is open again everywhere, and can be closed', async () => {
  const second = await another()
  const key = await confirmed(gate)
  const close = { kind: 'incident-step', target: key, step: { at: 'closed', outcome: 'home' } } as const
  await say(gate, close)
  for (const each of [gate, second]) await each.sync()
  expect(mattersOf(second)).toEqual([])
  const closing = (await gate.records()).at(-1)
  if (!closing) throw new Error('nothing was kept')
  await say(gate, { kind: 'void', target: key, only: closing.key, reason: '点错了' })
  expect(mattersOf(gate)).toMatchObject([{ incident: { key } }])
  for (const each of [gate, second]) await each.sync()
  await second.kill()
  expect(mattersOf(second)).toMatchObject([{ incident: { key } }])
  expect(await world.tally(SOUTH_GATE, today())).toMatchObject({ confirmed: 1, openIncidents: 1 })
  await say(second, close)
  for (const each of [second, gate]) await each.sync()
  expect(mattersOf(gate)).toEqual([])
  expect(await gate.services.db.waits.count()).toBe(0)
})

test('who reads too low for ever is let pass with a reason once the wrist was tried, and nobody waits for them', async () => {
  await gate.person(sick())
  await gate.measure(33.4)
  await gate.measure(33.9)
  const { shown } = gate
  if (shown.at !== 'measure') throw new Error(`expected to measure, got ${shown.at}`)
  await gate.actions.letPass(shown, '天冷手凉，本人没有不舒服')
  expect(gate.at).toBe('scan')
  expect(lastPassage.value).toMatchObject({ outcome: 'excepted' })
  await gate.kill()
  expect(mattersOf(gate)).toEqual([])
  expect(await gate.services.db.waits.count()).toBe(0)
  await gate.sync()
  expect(await world.held(gate)).toMatchObject([{}, { reading: { celsius: 33.9 } }, { kind: 'walk-off', exception: { kind: 'exception' } }])
  expect(await world.tally(SOUTH_GATE, today())).toMatchObject({ in: 1, tooLow: 1, exceptions: 1, waiting: 0 })
})

test('a passage that was confirmed on the other phone is void where its own phone knows of it, and not where it does not', async () => {
  const other = await another()
  const first = await waits(gate)
  for (const each of [gate, other]) await each.sync()
  for (const celsius of [37.5, 37.8]) {
    other.again(first)
    await other.measure(celsius)
    other.actions.back()
  }
  await say(gate, { kind: 'void', target: first, reason: 'undo' })
  for (const each of [gate, other, gate]) await each.sync()
  const openAt = ({ matters }: TestGate) => matters().filter(({ incident }) => incident?.key === first).length
  expect([gate, other].map(openAt)).toEqual([1, 1])
  await say(gate, { kind: 'void', target: first, reason: '写错了人' })
  for (const each of [gate, other]) await each.sync()
  expect([gate, other].map(openAt)).toEqual([0, 0])
})

test('a pad that was open while the other phone confirmed a fever gives no green: what is said comes after all that was measured', async () => {
  const other = await another()
  const key = await waits(gate)
  for (const each of [gate, other]) await each.sync()
  other.again(key)
  for (const celsius of [37.5, 37.8]) {
    gate.again(key)
    await gate.measure(celsius)
    gate.actions.back()
  }
  for (const each of [gate, other]) await each.sync()
  await other.measure(36.6)
  expect(other.shown).toMatchObject({ at: 'told', step: 'confirmed', key })
  expect((await other.records()).at(-1)).toMatchObject({ kind: 'retest', reading: { celsius: 36.6, attempt: 4 } })
  for (const each of [other, gate, other]) await each.sync()
  for (const each of [gate, other]) expect(each.matters().filter(({ incident }) => incident?.key === key)).toHaveLength(1)
})
