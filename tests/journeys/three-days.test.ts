import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HouseholdId, OperationKey, ResidentId } from '../../src/domain/ids'
import type { Unstamped } from '../../src/domain/operation'
import { correctedTime, dayOf } from '../../src/domain/time'
import type { Draft } from '../../src/storage/record'
import { valueIn } from '../support/builders'
import { SOUTH_GATE } from '../support/community'
import type { NetworkFault } from '../support/faulty-fetch'
import { aGate, type TestGate } from '../support/gate'
import { aWorld, type World } from '../support/world'

const MINUTE = 60_000
const EVENTS = 2_100
const A_HUNDRED_SECONDS = 100_000 // ms between two events: three days less some hours
const BATTERY_OUT = 1_000 // the event before which the clock falls back to 1970
const TOLD = 1_300 // somebody reads the time from a wall
const ZONE = 480

let world: World
let gate: TestGate

beforeAll(async () => {
  world = await aWorld('2020-02-18T06:00:00+08:00')
  gate = await aGate(world)
})
afterAll(async () => {
  await gate.forget()
  await world.close()
})

const anEvent = fc.record({
  kind: fc.constantFrom('in', 'out', 'in', 'out', 'low', 'fever', 'courier', 'visitor', 'count', 'again', 'left', 'amend', 'void'),
  person: fc.nat(80),
  tenth: fc.nat(9),
  of: fc.nat(40),
  kill: fc.constantFrom('no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'no', 'in the middle', 'after it'),
})
type AnEvent = typeof anEvent extends fc.Arbitrary<infer Value> ? Value : never

/** What was written down so far, as far as a later record may name it. */
interface Written {
  readonly passages: OperationKey[]
  readonly waiting: OperationKey[]
}

function draftOf({ kind, person, tenth, of }: AnEvent, { passages, waiting }: Written): Draft {
  const normal = 36 + tenth / 10
  const waits = waiting.at(0)
  const earlier = passages.at(-1 - (of % Math.max(1, passages.length)))
  switch (kind) {
    case 'low':
      return { operation: aPassage(person, 'in', 33.4), wait: 'opens' }
    case 'fever':
      return { operation: aPassage(person, 'in', 37.6), wait: 'opens' }
    case 'courier':
    case 'visitor': {
      const subject = kind === 'courier' ? ({ kind } as const) : ({ kind, name: `访客${person}`, keyArea: false } as const)
      return { operation: { ...aPassage(person, 'in', normal), subject } }
    }
    case 'count':
      return { operation: { kind: 'count', direction: 'out', people: 5, measured: { inRange: true, site: 'forehead' }, rules: 'base-1' } }
    case 'again':
      if (!waits) break
      return { operation: { kind: 'retest', target: waits, reading: { celsius: 36.6, site: 'neck', attempt: 2 } }, wait: 'closes' }
    case 'left':
      if (!waits) break
      return { operation: { kind: 'walk-off', target: waits }, wait: 'closes' }
    case 'amend':
      if (!earlier) break
      return { operation: { kind: 'amend', target: earlier, reason: '点错了', direction: 'out' } }
    case 'void':
      if (!earlier) break
      return { operation: { kind: 'void', target: earlier, reason: '登记错人' }, wait: 'closes' }
  }
  return { operation: aPassage(person, kind === 'out' ? 'out' : 'in', normal) }
}

function aPassage(person: number, direction: 'in' | 'out', celsius: number): Extract<Unstamped, { kind: 'check-in' }> {
  return {
    kind: 'check-in',
    subject: { kind: 'resident', residentId: `r-${person}` as ResidentId, householdId: `h-${person >> 1}` as HouseholdId },
    direction,
    measured: { celsius, site: 'forehead', attempt: 1 },
    way: 'search',
    rules: 'base-1',
  }
}

function note(written: Written, { operation, wait }: Draft, key: OperationKey): void {
  if (operation.kind === 'check-in') written.passages.push(key)
  if (wait === 'opens') written.waiting.push(key)
  const over = wait === 'closes' && 'target' in operation ? written.waiting.indexOf(operation.target) : -1
  if (over >= 0) written.waiting.splice(over, 1)
}

test('three days without a network, 2,100 records of all kinds, killed in the middle of saving, the battery out and the clock at 1970; then a link that loses answers: each is there once, in its order', async () => {
  gate.offline = true
  const kept: OperationKey[] = []
  const written: Written = { passages: [], waiting: [] }
  for (const [i, event] of fc.sample(anEvent, { numRuns: EVENTS, seed: 20_200_218 }).entries()) {
    world.pass(A_HUNDRED_SECONDS)
    if (i === BATTERY_OUT) {
      gate.ahead = 1_000 - Date.now()
      await gate.kill()
    }
    if (i === TOLD) valueIn(await gate.services.confirmClock(-gate.ahead))
    const draft = draftOf(event, written)
    const saving = gate.services.save([draft])
    if (event.kill === 'in the middle') await gate.kill()
    // Killed in the middle it may be kept or not; what was said to be kept must be.
    const saved = await saving.catch(() => undefined)
    if (event.kill === 'after it') await gate.kill()
    if (!saved?.ok) continue
    for (const { key } of saved.value) {
      kept.push(key)
      note(written, draft, key)
    }
  }
  const records = await gate.records()
  const keys = records.map(({ key }) => key)
  expect(kept.length).toBeGreaterThan(EVENTS * 0.9)
  expect(keys.filter((key) => kept.includes(key))).toEqual(kept)
  expect(new Set(keys).size).toBe(keys.length)
  expect(records.map(({ seq }) => seq)).toEqual(records.map((_, n) => n + 1))
  // Nobody knows how long the battery was out; but no record is of 1970, and none goes back before an earlier one.
  const times = records.map(correctedTime)
  expect(times).toEqual([...times].sort((a, b) => a - b))
  expect(new Set(times.map((at) => dayOf(at, ZONE)))).toEqual(new Set(['2020-02-18', '2020-02-19', '2020-02-20']))

  const trouble = fc.record({
    fault: fc.constantFrom<NetworkFault>('answer-lost', 'answer-lost', 'timeout', 'html', 'none', 500, 429, 413, 'no-network'),
    kill: fc.boolean(),
  })
  for (const { fault, kill } of fc.sample(trouble, { numRuns: 40, seed: 7 })) {
    gate.network.fault = fault
    const meeting = gate.sync().catch(() => undefined) // of an app that is gone nobody hears
    if (kill) await gate.kill()
    await meeting
    world.pass(MINUTE)
  }
  gate.network.fault = 'none'
  valueIn(await gate.sync())
  const held = await world.held(gate)
  expect(held.map(({ key }) => key)).toEqual(keys)
  expect(valueIn(await gate.services.heldByServer())).toBe(keys.length)
  expect(gate.services.counters.value).toMatchObject({ waiting: 0, rejected: 0, accepted: keys.length })
  for (const day of ['2020-02-18', '2020-02-19', '2020-02-20']) expect(await world.tally(SOUTH_GATE, day)).toEqual(await gate.tally(day))
}, 240_000)
