import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { lastPassage } from '../../src/app/features/gate/last-passage'
import { takeBack } from '../../src/app/features/gate/undoing'
import type { OperationKey, ResidentId } from '../../src/domain/ids'
import { valueIn } from '../support/builders'
import { COMPOUND } from '../support/community'
import { aGate, type TestGate } from '../support/gate'
import { aHousehold, aWorld, putHouseholds, type World } from '../support/world'

const resident = (n: number) => `r-${n}` as ResidentId

let world: World
let gate: TestGate

beforeAll(async () => {
  world = await aWorld('2020-02-18T07:31:00+08:00')
  await putHouseholds(world, COMPOUND, [aHousehold('h-1', '101', [{ id: resident(1) }])])
})
afterAll(() => world.close())
beforeEach(async () => {
  world.at('2020-02-18T07:31:00+08:00')
  gate = await aGate(world)
  gate.offline = true
})
afterEach(() => gate.forget())

const only = ({ matters }: TestGate) => {
  const [matter, ...others] = matters()
  if (!matter || others.length > 0) throw new Error(`expected one open matter, got ${others.length + (matter ? 1 : 0)}`)
  return matter
}

const HOUR = 3_600_000
const measureShown = ({ shown }: TestGate) => {
  if (shown.at !== 'measure') throw new Error(`expected the pad, got ${shown.at}`)
  return shown
}

test('who came in too low and was not measured again is registered on the way out, and the morning ends as left before retest', async () => {
  const key = await tooLow(gate, 1)
  world.pass(HOUR)
  await gate.person(resident(1), 'out')
  const { direction, retest, unfinished } = measureShown(gate)
  expect({ direction, retest }).toEqual({ direction: 'out', retest: undefined })
  expect(unfinished).toMatchObject([{ key, readings: [{ celsius: 33.4 }] }])
  await gate.measure(36.5)
  await gate.kill()
  expect(gate.matters()).toEqual([])
  expect(await gate.records()).toMatchObject([
    { kind: 'check-in', direction: 'in' },
    { kind: 'check-in', direction: 'out', measured: { celsius: 36.5 } },
    { kind: 'walk-off', target: key },
  ])
})

test('taken back, who was registered on the way out waits again where they waited', async () => {
  const key = await tooLow(gate, 1)
  await gate.person(resident(1), 'out')
  await gate.measure(36.5)
  if (!lastPassage.value) throw new Error('nothing was kept')
  valueIn(await takeBack(gate.services, lastPassage.value, 'undo'))
  expect(only(gate).passage).toMatchObject({ key, step: { at: 'too-low' } })
})

test('the direction turned back to the side where they wait, their chain goes on', async () => {
  const key = await tooLow(gate, 1)
  await gate.person(resident(1), 'out')
  await gate.actions.turn(measureShown(gate))
  expect(gate.shown).toMatchObject({ at: 'measure', direction: 'in', retest: { key } })
})

test('after four hours who comes in again is registered anew', async () => {
  const key = await tooLow(gate, 1)
  world.pass(4 * HOUR - 1000)
  await gate.person(resident(1), 'in')
  expect(measureShown(gate).retest?.key).toBe(key)
  gate.actions.back()
  world.pass(1000)
  await gate.person(resident(1), 'in')
  await gate.measure(36.5)
  expect(gate.matters()).toEqual([])
  expect((await gate.records()).map(({ kind }) => kind)).toEqual(['check-in', 'check-in', 'walk-off'])
})

test('an incident that nobody closed keeps nobody from being registered, and stays open', async () => {
  await gate.person(resident(1), 'in')
  await gate.measure(37.6)
  const { key } = only(gate).passage
  for (const celsius of [37.5, 37.8]) {
    gate.again(key)
    await gate.measure(celsius)
    gate.actions.back()
  }
  world.pass(24 * HOUR)
  await gate.person(resident(1), 'out')
  if (gate.shown.at !== 'told' || gate.shown.step !== 'confirmed' || !gate.shown.passing) throw new Error('no incident is shown')
  await gate.actions.goOn(gate.shown.passing)
  expect(measureShown(gate)).toMatchObject({ direction: 'out' })
  await gate.measure(36.5)
  expect((await gate.records()).at(-1)).toMatchObject({ kind: 'check-in', direction: 'out' })
  expect(only(gate)).toMatchObject({ passage: { key }, incident: { key } })
})

/** 33.4 at the forehead, and "back" for the queue behind them. */
async function tooLow(at: TestGate, n: number): Promise<OperationKey> {
  await at.person(resident(n), 'in')
  await at.measure(33.4)
  at.actions.back()
  return only(at).passage.key
}
