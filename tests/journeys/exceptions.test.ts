import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { lastPassage } from '../../src/app/features/gate/last-passage'
import { takeBack } from '../../src/app/features/gate/undoing'
import { courierWho, residentWho, unlistedWho, visitorWho, whoOf } from '../../src/app/shell/who'
import type { ResidentId } from '../../src/domain/ids'
import type { Day } from '../../src/domain/time'
import { observe } from '../../src/server/database/observations'
import { draftRuleSets, publishRuleSets } from '../../src/server/database/rule-sets'
import { aReading, first, valueIn } from '../support/builders'
import { COMMUNITY, COMPOUND } from '../support/community'
import { aGate, type TestGate } from '../support/gate'
import { aHousehold, aWorld, LANE, putHouseholds, type World, XIANGFANG } from '../support/world'

const AWAY = 'r-away' as ResidentId
const OBSERVED = 'r-observed' as ResidentId
const FREE = 'r-free' as ResidentId
const HOME = aHousehold('h-1', '501', [{ id: AWAY, away: true }, { id: OBSERVED }])
const LANE_HOME = aHousehold('h-2', '101', [{ id: FREE }])
const FROM = '2020-02-01T00:00:00+08:00'
const set = { effectiveFrom: FROM, title: '试行', text: '试行。', textFound: true } as const

let world: World
let gate: TestGate
let day = 3
const gates: TestGate[] = []

beforeAll(async () => {
  world = await aWorld('2020-02-02T23:00:00+08:00')
  await putHouseholds(world, COMPOUND, [HOME])
  await putHouseholds(world, XIANGFANG, [LANE_HOME])
  const parameters = { pass: 'required', keyAreaVisitors: 'barred', gateHours: { from: 360, to: 1320 } } as const
  await draftRuleSets(world.pool, COMMUNITY.id, [
    { ...set, id: 'strict', scope: { level: 'compound', compoundId: COMPOUND }, parameters },
    { ...set, id: 'no-reading', scope: { level: 'compound', compoundId: XIANGFANG }, parameters: { readingOn: 'none' } },
  ])
  await publishRuleSets(world.pool, COMMUNITY.id, 'test')
  const observed = { residentId: OBSERVED, householdId: HOME.id, compoundId: COMPOUND, kind: 'home', until: '2020-02-25' as Day } as const
  await observe(world.pool, COMMUNITY.id, [observed], 'test')
})
afterAll(() => world.close())
beforeEach(async () => {
  world.at(`2020-02-${String(day).padStart(2, '0')}T23:00:00+08:00`)
  gate = await another()
})
afterEach(async () => {
  day++
  for (const each of gates.splice(0)) await each.forget()
})

async function another(postId?: Parameters<typeof aGate>[1]): Promise<TestGate> {
  const made = await aGate(world, postId)
  gates.push(made)
  return made
}
const stopped = (at: TestGate) => {
  if (at.shown.at !== 'stop') throw new Error(`expected a stop, got ${at.shown.at}`)
  return at.shown
}
const measuring = (at: TestGate) => {
  if (at.shown.at !== 'measure') throw new Error(`expected to measure, got ${at.shown.at}`)
  return at.shown
}

test('an exception is for what stopped them: who came back without the permit is still asked about the journey', async () => {
  await gate.person(AWAY, 'in')
  await gate.answer({ pass: 'missing' })
  expect(stopped(gate).why).toBe('no-pass')
  await gate.actions.except(stopped(gate).passing, '认识，确是住户')
  expect(gate.shown).toMatchObject({ at: 'ask', asks: ['arrival'] })
  await gate.answer({ arrival: 'no-journey' })
  await gate.measure(36.5)
  expect(await gate.records()).toMatchObject([
    {
      verdict: { kind: 'stop', why: 'no-pass' },
      exception: { kind: 'exception', reason: '认识，确是住户' },
      answers: { pass: 'missing', arrival: 'no-journey' },
    },
  ])
})

test('two causes are two exceptions, and both reasons stand in the record', async () => {
  const visitor = { name: '钱来客', keyArea: true }
  await gate.person(visitorWho(visitor, 'written', gate.services.roster.value), 'in')
  expect(stopped(gate).why).toBe('key-area')
  await gate.actions.except(stopped(gate).passing, '社区同意')
  expect(stopped(gate).why).toBe('gate-hours')
  await gate.actions.except(stopped(gate).passing, '接送老人孩子')
  await gate.measure(36.5)
  expect(await gate.records()).toMatchObject([{ exception: { reason: '社区同意；接送老人孩子' } }])
})

test('who was let in by an exception and turns around is judged anew: under observation, they wait', async () => {
  await gate.person(OBSERVED, 'in')
  await gate.answer({ pass: 'missing' })
  await gate.actions.except(stopped(gate).passing, '认识，确是住户')
  await gate.actions.turn(measuring(gate))
  expect(gate.shown).toMatchObject({ at: 'held', passing: { direction: 'out', parts: { verdict: { why: 'observation' } } } })
  expect(gate.shown).not.toHaveProperty('passing.parts.exception')
})

test('an answer that was undone is asked for again', async () => {
  const register = async () => {
    await gate.person(AWAY, 'in')
    const { shown } = gate
    if (shown.at !== 'ask') throw new Error(`expected a question, got ${shown.at}`)
    return shown.asks
  }
  expect(await register()).toContain('arrival')
  await gate.answer({ pass: 'shown', arrival: 'no-journey' })
  await gate.measure(36.5)
  if (!lastPassage.value) throw new Error('there is nothing to undo')
  valueIn(await takeBack(gate.services, lastPassage.value, 'undo'))
  expect(await register()).toContain('arrival')
})

test('two quick taps are one record: a reading, turned back, an ambulance, and a tile where the scan saves', async () => {
  await gate.person(OBSERVED, 'in')
  await gate.answer({ pass: 'shown' })
  const shown = measuring(gate)
  await Promise.all([36.5, 36.6].map((celsius) => gate.actions.measured(shown, aReading(celsius))))
  expect(await gate.records()).toMatchObject([{ measured: { celsius: 36.5 } }])

  await gate.person(AWAY, 'in')
  await gate.answer({ pass: 'missing' })
  const stop = stopped(gate)
  await Promise.all([gate.actions.turnBack(stop), gate.actions.turnBack(stop)])
  await Promise.all([gate.actions.emergency('ambulance'), gate.actions.emergency('ambulance')])
  // The chip stays where it is, so that the second tap may come when the first is on disk.
  await gate.actions.emergency('ambulance')
  expect((await gate.records()).map(({ kind }) => kind)).toEqual(['check-in', 'turned-back', 'check-in'])
  world.pass(60_000)
  await gate.actions.emergency('ambulance')
  expect(await gate.records()).toHaveLength(4)

  const lane = await another({ postId: LANE })
  const tiles = [residentWho(first(LANE_HOME.residents), LANE_HOME, { way: 'tile' }), unlistedWho(LANE_HOME, { way: 'tile' })]
  for (const who of tiles) await Promise.all([lane.actions.person(who), lane.actions.person(who)])
  expect((await lane.records()).map((each) => each.kind === 'check-in' && each.subject.kind)).toEqual(['resident', 'unlisted'])
})

test('where no reading is asked a visitor and a courier are remembered all the same', async () => {
  const lane = await another({ postId: LANE })
  await lane.person(courierWho({ company: '顺丰' }, 'written'))
  await lane.person(visitorWho({ name: '钱来客' }, 'written', lane.services.roster.value))
  expect(await lane.records()).toHaveLength(2)
  await lane.kill()
  const { couriers, visitors } = lane.services.kept.values.remembered.value
  expect([couriers, visitors]).toMatchObject([[{ form: { company: '顺丰' } }], [{ form: { name: '钱来客' } }]])
})

test('who is held at a counter and turns around is measured all the same', async () => {
  const lane = await another({ postId: LANE })
  const held = whoOf({ kind: 'written', name: '5602' }, 'written', undefined)
  lane.actions.hold(held, { before: { at: 'hold' } })
  await lane.actions.turn(measuring(lane))
  expect(lane.shown).toMatchObject({ at: 'measure', direction: 'out', before: { at: 'hold' } })
  expect(await lane.records()).toEqual([])
  await lane.actions.turn(measuring(lane))
  await lane.measure(37.6)
  expect(await lane.records()).toMatchObject([{ direction: 'in', measured: { celsius: 37.6 } }])
})
