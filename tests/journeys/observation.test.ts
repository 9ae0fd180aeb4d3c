import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { saveLate } from '../../src/app/features/gate/registers/late-saving'
import { residentWho, unlistedWho } from '../../src/app/shell/who'
import type { ResidentId } from '../../src/domain/ids'
import type { Day } from '../../src/domain/time'
import { observe, release } from '../../src/server/database/observations'
import { trailOf, verifyTrail } from '../../src/server/database/trail'
import { COMMUNITY, COMPOUND, SOUTH_GATE } from '../support/community'
import { aGate, type GateParts, type TestGate } from '../support/gate'
import { aHousehold, aWorld, LANE, putHouseholds, type World } from '../support/world'

const OBSERVED = 'r-observed' as ResidentId
const NEIGHBOUR = 'r-neighbour' as ResidentId
const HOME = aHousehold('h-observed', '501', [{ id: OBSERVED, name: '李建国' }])

let world: World
let gate: TestGate
const gates: TestGate[] = []

beforeAll(async () => {
  world = await aWorld('2020-02-18T09:00:00+08:00')
  await putHouseholds(world, COMPOUND, [HOME, aHousehold('h-2', '502', [{ id: NEIGHBOUR }])])
})
afterAll(() => world.close())
beforeEach(async () => {
  world.at('2020-02-18T09:00:00+08:00')
  await observeUntil('2020-02-20')
  gate = await another()
})
// Each test has the same days, and the server's counts for itself.
afterEach(async () => {
  await world.pool.query('delete from operations')
  for (const each of gates.splice(0)) await each.forget()
})

async function another(part: GateParts = {}): Promise<TestGate> {
  const made = await aGate(world, part)
  gates.push(made)
  return made
}
const observeUntil = (until: string) => {
  const observed = { residentId: OBSERVED, householdId: HOME.id, compoundId: COMPOUND, kind: 'home' as const, until: until as Day }
  return observe(world.pool, COMMUNITY.id, [observed], 'test')
}
/** Somebody wants to go out: what the gate shows. */
async function wantsOut(at: TestGate, who = OBSERVED): Promise<string> {
  await at.person(who, 'out')
  return at.at
}
const held = (at: TestGate) => {
  if (at.shown.at !== 'held') throw new Error(`expected somebody to be held, got ${at.shown.at}`)
  return at.shown
}

test('who is under observation and wants out is asked to wait; turned back, it is recorded, and no passage', async () => {
  gate.offline = true
  await gate.kill()
  expect(await wantsOut(gate)).toBe('held')
  expect(held(gate).passing.parts.verdict).toEqual({ kind: 'wait', why: 'observation' })
  // Nobody has passed yet.
  expect(await gate.records()).toEqual([])
  await gate.actions.turnBack(held(gate))
  expect(gate.at).toBe('scan')
  await gate.kill()
  expect(await gate.records()).toMatchObject([
    { kind: 'turned-back', why: 'observation', direction: 'out', subject: { residentId: OBSERVED } },
  ])

  gate.offline = false
  await gate.sync()
  expect(await world.held(gate)).toEqual(await gate.records())
  for (const counts of [await gate.tally('2020-02-18'), await world.tally(SOUTH_GATE, '2020-02-18')])
    expect(counts).toMatchObject({ in: 0, out: 0, turnedBack: 1, emergencies: 0 })
})

test('nobody else is held: not the neighbour, and not who comes home; but whoever of the household is on no list is', async () => {
  gate.offline = true
  expect(await wantsOut(gate, NEIGHBOUR)).toBe('measure')
  gate.actions.back()
  await gate.person(OBSERVED, 'in')
  expect(gate.at).toBe('measure')
  gate.actions.back()
  await gate.person(unlistedWho(HOME, { way: 'tile' }), 'out')
  expect(gate.at).toBe('held')
})

test('a medical emergency passes without waiting, unmeasured; it is an exception in the record and in the trail', async () => {
  gate.offline = true
  await wantsOut(gate)
  await gate.actions.medical(held(gate).passing)
  expect(gate.shown).toMatchObject({ at: 'told', step: 'medical' })
  await gate.kill()
  const [record] = await gate.records()
  expect(record).toMatchObject({
    kind: 'check-in',
    direction: 'out',
    measured: { reason: 'emergency' },
    verdict: { kind: 'wait', why: 'observation' },
    exception: { kind: 'emergency', what: 'medical' },
  })
  expect(gate.matters()).toEqual([])

  gate.offline = false
  await gate.sync()
  expect(await world.held(gate)).toEqual([record])
  for (const counts of [await gate.tally('2020-02-18'), await world.tally(SOUTH_GATE, '2020-02-18')])
    expect(counts).toMatchObject({ out: 1, notMeasured: 1, emergencies: 1, turnedBack: 0 })
  const entries = await trailOf(world.pool, COMMUNITY.id, { limit: 100 })
  expect(entries.filter(({ what }) => what === 'exception-made')).toMatchObject([
    { actor: gate.own.id, about: record?.key, detail: { word: 'emergency' } },
  ])
  expect(JSON.stringify(entries)).not.toContain('李建国')
  expect(await verifyTrail(world.pool, COMMUNITY.id)).toMatchObject({ ok: true })
})

test('who goes out all the same is on record as gone, with the verdict beside it, and is not counted as turned back', async () => {
  await wantsOut(gate)
  await gate.actions.wentOut(held(gate).passing)
  expect(gate.at).toBe('scan')
  expect(await gate.records()).toMatchObject([
    { kind: 'check-in', direction: 'out', measured: { reason: 'walked-on' }, verdict: { kind: 'wait', why: 'observation' } },
  ])
  await gate.sync()
  for (const counts of [await gate.tally('2020-02-18'), await world.tally(SOUTH_GATE, '2020-02-18')])
    expect(counts).toMatchObject({ out: 1, notMeasured: 1, turnedBack: 0, emergencies: 0 })
})

test('it ends at 00:00 of its last day, on a phone that has heard nothing since', async () => {
  gate.offline = true
  world.at('2020-02-19T23:59:59+08:00')
  expect(await wantsOut(gate)).toBe('held')
  gate.actions.back()
  await gate.kill()
  world.at('2020-02-20T00:00:00+08:00')
  expect(await wantsOut(gate)).toBe('measure')
})

test('a phone whose clock is a day ahead ends no observation a day early', async () => {
  const wrong = await another({ ahead: 86_400_000 })
  wrong.offline = true
  world.at('2020-02-19T12:00:00+08:00')
  expect(await wantsOut(wrong)).toBe('held')
  wrong.actions.back()
  world.at('2020-02-20T00:00:01+08:00')
  expect(await wantsOut(wrong)).toBe('measure')
})

test('released early, they pass as soon as the phone has heard of it; prolonged, they are held again; other compounds hear nothing', async () => {
  const elsewhere = await another({ postId: LANE })
  expect(await release(world.pool, COMMUNITY.id, OBSERVED, 'test')).toBe(true)
  expect(await wantsOut(gate)).toBe('held')
  gate.actions.back()
  await gate.sync()
  expect(await wantsOut(gate)).toBe('measure')
  gate.actions.back()
  await gate.kill()
  expect(await wantsOut(gate)).toBe('measure')
  gate.actions.back()

  await observeUntil('2020-02-22')
  await gate.sync()
  gate.offline = true
  world.at('2020-02-21T12:00:00+08:00')
  expect(await wantsOut(gate)).toBe('held')
  await elsewhere.sync()
  expect(elsewhere.services.kept.values.observations.value).toEqual([])
})

test('who was read too low on the way in and is under observation waits on the way out, with the medical exit', async () => {
  gate.offline = true
  await gate.person(OBSERVED, 'in')
  await gate.measure(34.2)
  gate.actions.back()
  expect(await wantsOut(gate)).toBe('held')
  await gate.actions.medical(held(gate).passing)
  expect((await gate.records()).map(({ kind }) => kind)).toEqual(['check-in', 'check-in', 'walk-off'])
  expect(gate.matters()).toEqual([])
})

test('the paper says that somebody under observation went out: it is kept as it was, with what the rules said of it beside it', async () => {
  const home = gate.services.roster.value?.residentById.get(OBSERVED)
  if (!home) throw new Error('not on the roster')
  const who = residentWho(home.resident, home.household, { way: 'written' })
  const line = { day: '2020-02-18', time: '7:10', typed: '', who, direction: 'out', celsius: '36.5' } as const
  expect((await saveLate(gate.services, line, undefined))?.ok).toBe(true)
  expect((await saveLate(gate.services, { ...line, time: '7:40', direction: 'in' }, undefined))?.ok).toBe(true)
  const [out, back] = await gate.records()
  expect(out).toMatchObject({ direction: 'out', verdict: { kind: 'wait', why: 'observation' }, measured: { celsius: 36.5 } })
  expect(back).not.toHaveProperty('verdict')
  await gate.sync()
  expect(await world.held(gate)).toEqual(await gate.records())
})
