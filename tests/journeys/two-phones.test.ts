import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { residentWho, unlistedWho } from '../../src/app/shell/who'
import { dayLogOf } from '../../src/domain/day-log'
import type { ResidentId } from '../../src/domain/ids'
import { correctedTime } from '../../src/domain/time'
import { COMPOUND, SOUTH_GATE } from '../support/community'
import { aGate, type GateParts, type TestGate } from '../support/gate'
import { aHousehold, aWorld, printCards, putHouseholds, type World } from '../support/world'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const resident = (n: number) => `r-${n}` as ResidentId

let world: World
let cards: string[]
let day = 1
const gates: TestGate[] = []

beforeAll(async () => {
  world = await aWorld('2020-02-01T07:00:00+08:00')
  await putHouseholds(world, COMPOUND, [
    aHousehold('h-1', '501', [{ id: resident(1) }, { id: resident(2) }, { id: resident(3) }]),
    aHousehold('h-2', '502', [{ id: resident(4) }, { id: resident(5) }]),
  ])
  cards = await printCards(world, { compoundId: COMPOUND, order: 'households' })
})
afterAll(() => world.close())
beforeEach(() => world.at(`${today()}T07:00:00+08:00`))
afterEach(async () => {
  day++
  for (const each of gates.splice(0)) await each.forget()
})

const today = () => `2020-02-${String(day).padStart(2, '0')}`
const server = (on = today()) => world.tally(SOUTH_GATE, on)
async function phone(part: GateParts = {}): Promise<TestGate> {
  const made = await aGate(world, part)
  gates.push(made)
  return made
}
async function passes(gate: TestGate, who: ResidentId, direction: 'in' | 'out' = 'in', celsius = 36.5): Promise<void> {
  await gate.person(who, direction)
  await gate.measure(celsius)
  expect(gate.at).toBe('scan')
}
/** The household's card is scanned, and a member's tile tapped; none: somebody who is not on the list. */
async function tapped(gate: TestGate, who?: ResidentId): Promise<void> {
  await gate.scan(cards[0] ?? '')
  const { shown } = gate
  if (shown.at !== 'household') throw new Error(`expected the household, got ${JSON.stringify(shown)}`)
  const { household, way, cardId } = shown
  const found = { way, ...(cardId ? { cardId } : {}) }
  const known = household.residents.find(({ id }) => id === who)
  await gate.person(known ? residentWho(known, household, found) : unlistedWho(household, found))
}
const marksOf = async (gate: TestGate) => {
  const { judgedBy } = gate.services
  return [...dayLogOf(await gate.records(), judgedBy).marks.values()]
}

test("a household's card: three members and a child, each with a reading, none of them a duplicate of another", async () => {
  const gate = await phone()
  gate.offline = true
  for (const n of [1, 2, 3, undefined]) {
    await tapped(gate, n === undefined ? undefined : resident(n))
    expect(gate.at).toBe('measure')
    await gate.measure(36.4)
    expect(gate.at).toBe('scan')
    world.pass(5000)
  }
  expect(await marksOf(gate)).toEqual([])
  gate.offline = false
  await gate.sync()
  expect(await world.held(gate)).toMatchObject([1, 2, 3, 4].map((seq) => ({ seq, way: 'card', cardId: expect.any(String) })))
  expect(await server()).toMatchObject({ in: 4, measured: 4, duplicates: 0, inside: 3 })
})

test('the same person within a minute is answered; after it they are recorded, with a note that a passage was missed', async () => {
  const gate = await phone()
  gate.offline = true
  await passes(gate, resident(1))
  world.pass(59_000)
  await gate.kill()
  await tapped(gate, resident(1))
  expect(gate.shown).toMatchObject({ at: 'just-registered', passing: { seen: { direction: 'in' } } })
  gate.actions.back()
  expect(await gate.records()).toHaveLength(1)
  // Another one of the household is nobody's repeat.
  await tapped(gate, resident(2))
  expect(gate.at).toBe('measure')
  gate.actions.back()

  world.pass(2000)
  await tapped(gate, resident(1))
  await gate.measure(36.5)
  expect(await marksOf(gate)).toEqual([{ sequence: true }])
  gate.offline = false
  await gate.sync()
  expect(await server()).toMatchObject({ in: 2, duplicates: 0, inside: 1 })
})

test('registered all the same within the minute, it counts: one phone makes no duplicate of its own', async () => {
  const gate = await phone()
  await passes(gate, resident(1))
  world.pass(30_000)
  await gate.person(resident(1))
  await gate.anyway()
  await gate.measure(36.5)
  await gate.sync()
  expect(await marksOf(gate)).toEqual([{ sequence: true }])
  expect(await server()).toMatchObject({ in: 2, duplicates: 0 })
})

test('two phones at one post, both offline, synced in reverse: a passage that both wrote down counts once, and one of the two is marked', async () => {
  const first = await phone()
  const second = await phone()
  for (const each of [first, second]) each.offline = true
  await passes(first, resident(1))
  world.pass(20_000)
  await passes(second, resident(1))
  world.pass(10 * MINUTE)
  await passes(second, resident(2))
  world.pass(10 * MINUTE)
  await passes(first, resident(2), 'out')
  world.pass(MINUTE)
  // Nobody saw number 4 go out; they come in again, and nobody stops them.
  await passes(first, resident(4))
  world.pass(30 * MINUTE)
  await passes(second, resident(4))

  for (const each of [second, first]) {
    each.offline = false
    expect((await each.sync()).ok).toBe(true)
  }
  expect(await server()).toMatchObject({ in: 4, out: 1, duplicates: 1, inside: 2, voided: 0 })
  for (const each of [first, second]) expect(await world.held(each)).toEqual(await each.records())
  const counted = await server()
  for (const each of [second, first, second]) await each.sync()
  expect(await server()).toEqual(counted)
})

test.each<[string, number]>([
  ['a day ahead', DAY],
  ['three hours behind', -3 * HOUR],
])('a phone whose clock is %s: its order is kept, its time corrected, and it is known to be wrong', async (_name, ahead) => {
  const right = await phone()
  const wrong = await phone({ ahead })
  for (const each of [right, wrong]) each.offline = true
  await passes(wrong, resident(1))
  world.pass(10 * MINUTE)
  await passes(right, resident(1), 'out')
  world.pass(10 * MINUTE)
  await passes(wrong, resident(1))
  world.pass(10 * MINUTE)
  for (const each of [right, wrong]) {
    each.offline = false
    expect((await each.sync()).ok).toBe(true)
  }
  const held = await world.held(wrong)
  expect(held.map(({ seq }) => seq)).toEqual([1, 2])
  expect(held.map(({ clockOffset }) => clockOffset)).toEqual([-ahead, -ahead])
  expect(held.map(correctedTime)).toEqual(['07:00', '07:20'].map((time) => Date.parse(`${today()}T${time}:00+08:00`)))
  // By corrected time: in, out, in.
  expect(await server()).toMatchObject({ in: 2, out: 1, inside: 1, duplicates: 0 })
  const { rows } = await world.pool.query('select clock_offset from devices where device_id = $1', [wrong.own.id])
  expect(Number(rows[0].clock_offset)).toBe(-ahead)
})

test('a clock that jumps back three hours in the middle of a chain changes nothing of its order', async () => {
  const gate = await phone()
  gate.offline = true
  world.pass(5 * HOUR)
  await gate.person(resident(5))
  await gate.measure(37.6)
  gate.actions.back()
  const [{ key } = { key: undefined }] = await gate.records()
  if (!key) throw new Error('nothing was kept')
  world.pass(5 * MINUTE)
  gate.again(key)
  await gate.measure(37.5)
  gate.actions.back()
  gate.ahead = -3 * HOUR
  await gate.kill()
  world.pass(5 * MINUTE)
  gate.again(key)
  await gate.measure(37.8)
  expect(gate.shown).toMatchObject({ at: 'told', step: 'confirmed' })
  await gate.kill()
  expect(gate.matters()).toMatchObject([{ incident: { key } }])

  gate.offline = false
  await gate.sync()
  const held = await world.held(gate)
  const device = held.map(({ deviceTime }) => deviceTime)
  expect(device).not.toEqual([...device].sort())
  // What stood in for the clock keeps the corrected times in order too.
  const times = held.map(correctedTime)
  expect(times).toEqual([...times].sort())
  expect(await server()).toMatchObject({ in: 1, confirmed: 1, waiting: 0 })
  // The server has told the time: from now on it is right again.
  await gate.step(key, { at: 'closed', outcome: 'home' })
  await gate.sync()
  expect((await world.held(gate)).map(correctedTime).at(-1)).toBe(Date.now())
  expect(await server()).toMatchObject({ openIncidents: 0 })
})
