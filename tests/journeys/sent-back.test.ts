import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { alongWith, mendAs, moveTo } from '../../src/app/features/returned/mending'
import { keepFollowUps } from '../../src/app/shell/follow-up'
import type { OperationKey, ResidentId } from '../../src/domain/ids'
import type { OperationKind } from '../../src/domain/operation'
import { dayOf } from '../../src/domain/time'
import { rejectedOperations } from '../../src/storage/outbox'
import { purge } from '../../src/storage/purge'
import { first, valueIn } from '../support/builders'
import { COMPOUND, NORTH_GATE, SOUTH_GATE } from '../support/community'
import { aGate, type TestGate } from '../support/gate'
import { aHousehold, aWorld, putHouseholds, type World } from '../support/world'

const FIVE_MINUTES = 300_000
const MONTH = 30 * 86_400_000
let world: World
let lead: TestGate
let day = 1

beforeAll(async () => {
  world = await aWorld('2020-02-01T07:00:00+08:00')
  await putHouseholds(world, COMPOUND, [
    aHousehold(
      'h-1',
      '501',
      Array.from({ length: 40 }, (_, i) => ({ id: `r-${i}` as ResidentId })),
    ),
  ])
})
afterAll(() => world.close())
beforeEach(async () => {
  world.at(`${today()}T08:00:00+08:00`)
  lead = await aGate(world, { postId: COMPOUND as never, role: 'lead' })
  valueIn(await lead.services.changeIdentity({ postId: NORTH_GATE }))
  await closedSince(`${today()}T07:30:00+08:00`)
  lead.offline = true
})
afterEach(async () => {
  await closedSince(null)
  await lead.forget()
  day++
})

const today = () => `2020-02-${String(day).padStart(2, '0')}`
/** Each test has its own people: what one leaves open is told to the phones of the next. */
const resident = (n: number) => `r-${day * 3 + n}` as ResidentId
const closedSince = (time: string | null) => world.pool.query('update units set closed_at = $2 where unit_id = $1', [NORTH_GATE, time])
const sentBack = () => rejectedOperations(lead.services.db, lead.services.codec)

async function passes(n: number, celsius: number): Promise<OperationKey> {
  await lead.person(resident(n))
  await lead.measure(celsius)
  lead.actions.back()
  return first((await lead.records()).filter(({ kind }) => kind === 'check-in').slice(-1)).key
}
async function measuredAgain(key: OperationKey, celsius: number): Promise<void> {
  world.pass(FIVE_MINUTES + 1000)
  lead.again(key)
  await lead.measure(celsius)
  lead.actions.back()
}
async function comesBack(): Promise<void> {
  lead.offline = false
  valueIn(await lead.sync())
  valueIn(await lead.services.changeIdentity({ postId: SOUTH_GATE }))
}
/** What the phones of the other tests left open was told to this one, too. */
const mine = () => lead.matters().filter(({ passage }) => dayOf(passage.at, 480) === today())
/** 改记到本岗, on the card of such a record. */
async function movesHere(kind: OperationKind): Promise<number> {
  const list = await sentBack()
  const { operation } = first(list.filter((each) => each.operation.kind === kind))
  valueIn(await moveTo(lead.services, operation, list, SOUTH_GATE))
  await lead.services.refreshCounters()
  await lead.services.kept.reloadMatters()
  return alongWith(operation, list).length
}
const COUNTED = ['in', 'confirmed', 'waiting', 'openIncidents', 'voided'] as const
async function counted() {
  const tallies = [await lead.tally(today()), await world.tally(SOUTH_GATE, today())]
  return tallies.map((tally) => COUNTED.map((name) => tally[name]))
}

test.each(['check-in', 'retest', 'incident-step'] as const)(
  'a passage is moved to another post with all that was said of it, from the card of its %s',
  async (kind) => {
    const key = await passes(1, 37.6)
    await measuredAgain(key, 37.5)
    await measuredAgain(key, 37.8)
    await lead.step(key, { at: 'taken-over', by: '李医生' })
    const undone = await passes(2, 36.5)
    valueIn(await keepFollowUps(lead.services, [{ kind: 'void', target: undone, reason: 'undo' }]))
    const before = await lead.tally(today())
    await comesBack()
    expect(await sentBack()).toHaveLength(6)

    expect(await movesHere(kind)).toBe(3)
    expect(await movesHere('void')).toBe(1)
    expect(await sentBack()).toEqual([])
    await lead.kill()
    valueIn(await lead.sync())
    const same = COUNTED.map((name) => before[name])
    expect(same).toEqual([1, 1, 0, 1, 1])
    expect(await counted()).toEqual([same, same])
    expect(mine()).toMatchObject([{ incident: { takenOver: { by: '李医生' } } }])
    expect(lead.services.counters.value).toMatchObject({ waiting: 0, rejected: 0 })

    const moved = first(mine()).passage.key
    valueIn(await keepFollowUps(lead.services, [{ kind: 'incident-step', target: moved, step: { at: 'closed', outcome: 'home' } }]))
    valueIn(await lead.sync())
    await purge(lead.services.db, Date.now() + MONTH)
    expect(await lead.services.db.facts.where('day').equals(today()).count()).toBe(0)
  },
)

test('a retest that was taken back stays taken back, and who waits goes on waiting', async () => {
  const key = await passes(1, 37.6)
  await measuredAgain(key, 36.4)
  const retest = first((await lead.records()).slice(-1)).key
  valueIn(await keepFollowUps(lead.services, [{ kind: 'void', target: key, only: retest, reason: 'undo' }]))
  await comesBack()
  await movesHere('void')
  valueIn(await lead.sync())
  expect(await counted()).toEqual([
    [1, 0, 1, 0, 0],
    [1, 0, 1, 0, 0],
  ])
  expect(mine()).toMatchObject([{ passage: { readings: [{ celsius: 37.6 }], step: { at: 'wait' } } }])
})

test('killed in the middle of it, all is as it was', async () => {
  const key = await passes(1, 37.6)
  await measuredAgain(key, 37.5)
  await comesBack()
  const list = await sentBack()
  const dies = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
    throw new DOMException('gone', 'AbortError')
  })
  expect(await moveTo(lead.services, first(list).operation, list, SOUTH_GATE)).toMatchObject({ ok: false })
  dies.mockRestore()
  await lead.kill()
  expect(await sentBack()).toEqual(list)
  expect(mine()).toMatchObject([{ passage: { key, readings: [{ celsius: 37.6 }, { celsius: 37.5 }] } }])
  await movesHere('check-in')
  valueIn(await lead.sync())
  expect(mine()).toMatchObject([{ passage: { readings: [{ celsius: 37.6 }, { celsius: 37.5 }] } }])
})

test('a first reading that is corrected keeps its retests, and its post', async () => {
  const key = await passes(1, 37.6)
  await measuredAgain(key, 36.4)
  await comesBack()
  const { operation } = first(await sentBack())
  if (operation.kind !== 'check-in' || !('celsius' in operation.measured)) throw new Error('expected a passage')
  await closedSince(null)
  valueIn(await mendAs(lead.services, { ...operation, measured: { ...operation.measured, celsius: 37.4 } }))
  valueIn(await lead.sync())
  expect(await world.held(lead)).toMatchObject([
    { kind: 'check-in', measured: { celsius: 37.4 }, postId: NORTH_GATE },
    { kind: 'retest', reading: { celsius: 36.4 }, postId: NORTH_GATE },
  ])
  expect(mine()).toEqual([])
})
