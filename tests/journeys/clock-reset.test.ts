import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { localIdentity } from '../../src/app/features/activate/local-identity'
import { stripWarning } from '../../src/app/shell/strip-warning'
import { timeOfKey } from '../../src/domain/ids'
import type { Operation } from '../../src/domain/operation'
import { correctedTime, isoWithOffset } from '../../src/domain/time'
import { valueIn } from '../support/builders'
import { SOUTH_GATE } from '../support/community'
import { aGate, type TestGate } from '../support/gate'
import { aWorld, type World } from '../support/world'

const HOUR = 3_600_000
const TEN = Date.parse('2020-02-18T10:00:00+08:00')

let world: World
let gate: TestGate

beforeAll(async () => {
  world = await aWorld('2020-02-18T08:00:00+08:00')
})
afterAll(() => world.close())
afterEach(() => gate.forget())

/** A village's phone: no server has ever told it the time. */
async function aVillagePhone(): Promise<TestGate> {
  const form = { post: '村口', type: 'village-gate', compound: '湾头组', body: '湾头村委会', contact: '13800000000' } as const
  return aGate(world, {
    local: ({ id }) => localIdentity(form, { now: Date.now(), deviceId: id, newId: () => crypto.randomUUID() }),
  })
}
const passes = async ({ services }: TestGate) => {
  const subject = { kind: 'written', name: '湾村民' } as const
  const measured = { celsius: 36.5, site: 'forehead', attempt: 1 } as const
  valueIn(await services.save([{ operation: { kind: 'check-in', subject, direction: 'in', measured, way: 'written', rules: 'base-1' } }]))
}
const times = (records: readonly Operation[]) => records.map(correctedTime)
const warns = ({ services }: TestGate) =>
  stripWarning({ unsaved: undefined, problem: undefined, clock: services.clock.value, room: undefined })?.kind

test('the battery is out in the middle of a shift and the clock at 1970: the gate warns, and no record is of 1970', async () => {
  world.at('2020-02-18T10:00:00+08:00')
  gate = await aVillagePhone()
  await passes(gate)
  expect(warns(gate)).toBeUndefined()
  world.pass(HOUR)
  gate.ahead = -Date.now()
  await gate.kill()
  expect(warns(gate)).toBe('clock-back')
  await passes(gate)
  world.pass(60_000)
  await passes(gate)
  const meanwhile = await gate.records()
  expect(times(meanwhile)).toEqual([TEN, TEN, TEN + 60_000])
  // The server lays a record under its key's day, and drops what is older than its time.
  for (const { key } of meanwhile) expect(timeOfKey(key)).toBeGreaterThanOrEqual(TEN)
})

test('what a person tells holds from then on, after a restart too, until the clock is reset again', async () => {
  world.at('2020-02-18T10:00:00+08:00')
  gate = await aVillagePhone()
  await passes(gate)
  gate.ahead = -Date.now()
  await gate.kill()
  await passes(gate)
  world.at('2020-02-18T12:00:00+08:00')
  valueIn(await gate.services.confirmClock(-gate.ahead))
  expect(warns(gate)).not.toBe('clock-back')
  await passes(gate)
  await gate.kill()
  await passes(gate)
  expect(times(await gate.records())).toEqual([TEN, TEN, TEN + 2 * HOUR, TEN + 2 * HOUR])
  gate.ahead = -Date.now()
  await gate.kill()
  expect(warns(gate)).toBe('clock-back')
  expect(gate.services.now()).toBe(TEN + 2 * HOUR)
})

test('a paper entry of yesterday is not the last record, and one that goes back in front of the app is seen before the next record', async () => {
  world.at('2020-02-18T10:00:00+08:00')
  gate = await aVillagePhone()
  await passes(gate)
  const occurredAt = isoWithOffset(TEN - 20 * HOUR, 480)
  const subject = { kind: 'written', name: '湾村民' } as const
  const measured = { reason: 'refused' } as const
  const paper = { kind: 'check-in', subject, direction: 'in', measured, way: 'written', rules: 'base-1', occurredAt } as const
  valueIn(await gate.services.save([{ operation: paper }]))
  gate.ahead = -2 * HOUR
  await gate.kill()
  expect(warns(gate)).toBe('clock-back')
  gate.ahead = 0
  await passes(gate)
  gate.ahead = -5 * HOUR
  await passes(gate)
  const [first, , ...after] = times(await gate.records())
  for (const time of after) expect(time).toBeGreaterThanOrEqual(first ?? 0)
})

test('the server tells the time: the doubt is over, and the reset clock’s own records have their order', async () => {
  world.at('2020-02-18T10:00:00+08:00')
  gate = await aGate(world, { postId: SOUTH_GATE })
  await passes(gate)
  gate.offline = true
  world.pass(HOUR)
  gate.ahead = -Date.now()
  await gate.kill()
  await passes(gate)
  gate.offline = false
  valueIn(await gate.services.measureClock())
  expect(warns(gate)).not.toBe('clock-back')
  await passes(gate)
  valueIn(await gate.sync())
  expect(times(await world.held(gate))).toEqual([TEN, TEN, TEN + HOUR])
})
