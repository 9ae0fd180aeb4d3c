import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { localIdentity } from '../../src/app/features/activate/local-identity'
import { mattersHere } from '../../src/app/features/gate/matters-here'
import { recentReadings } from '../../src/app/features/gate/recent-readings'
import { giveCases, mayTake } from '../../src/app/features/shift/passing-on'
import { openHere } from '../../src/app/features/shift/shift-sum'
import { visitorWho } from '../../src/app/shell/who'
import { isOpenTold } from '../../src/domain/case'
import type { OperationKey, ResidentId } from '../../src/domain/ids'
import { offersWrist } from '../../src/domain/thermometer'
import { keepCases, keepOwnWord } from '../../src/storage/cases'
import { purge } from '../../src/storage/purge'
import { type Collected, collect, isWhole, openParts, readAskingPhone, signedAskingText } from '../../src/vault/pass-on'
import { readAs } from '../../src/wire/read'
import { asCases, PassedOnSchema } from '../../src/wire/sync'
import { valueIn } from '../support/builders'
import { COMPOUND, NORTH_GATE, SOUTH_GATE } from '../support/community'
import { aGate, type GateParts, type TestGate } from '../support/gate'
import { aHousehold, aWorld, putHouseholds, type World } from '../support/world'

const FIVE_MINUTES = 300_000
const resident = (n: number) => `r-${n}` as ResidentId

let world: World
let gate: TestGate
let day = 1
const gates: TestGate[] = []

beforeAll(async () => {
  world = await aWorld('2020-02-01T06:30:00+08:00')
  const households = Array.from({ length: 20 }, (_, i) => aHousehold(`h-${i}`, `${i + 1}01`, [{ id: resident(i) }]))
  await putHouseholds(world, COMPOUND, households)
})
afterAll(() => world.close())
// Each test has a day to itself: a tally is of a day.
beforeEach(async () => {
  world.at(`${today()}T06:30:00+08:00`)
  gate = await another()
})
afterEach(async () => {
  day++
  for (const each of gates.splice(0)) await each.forget()
})

const today = () => `2020-02-${String(day).padStart(2, '0')}`
async function another(postId = SOUTH_GATE, part: GateParts = {}): Promise<TestGate> {
  const made = await aGate(world, { postId, ...part })
  gates.push(made)
  return made
}
const only = ({ matters }: TestGate) => {
  const [matter, ...others] = matters()
  if (!matter || others.length > 0) throw new Error(`expected one open matter, got ${others.length + (matter ? 1 : 0)}`)
  return matter
}

/** 37.6 at the forehead: somebody waits. */
async function waits(at: TestGate, n: number, celsius = 37.6): Promise<OperationKey> {
  await at.person(resident(n))
  await at.measure(celsius)
  const { shown } = at
  if (shown.at !== 'told' || shown.step !== 'wait') throw new Error(`expected a wait, got ${shown.at}`)
  at.actions.back()
  return shown.key
}

test('37.6, five minutes, 37.5 at the neck, 37.8 at the armpit, an incident, taken over, closed: killed between any two steps, offline', async () => {
  gate.offline = true
  const key = await waits(gate, 1)
  await gate.kill()
  expect(only(gate).passage).toMatchObject({ key, step: { at: 'wait', site: 'neck' }, readings: [{ celsius: 37.6 }] })
  // The minutes that were waited are not lost by a restart.
  expect(only(gate).passage.lastReadingAt).toBe(Date.parse(`${today()}T06:30:00+08:00`))

  world.pass(FIVE_MINUTES)
  gate.again(key)
  expect(gate.shown).toMatchObject({ at: 'measure', retest: { site: 'neck' } })
  await gate.kill()
  expect(gate.at).toBe('scan')
  gate.again(key)
  await gate.measure(37.5)
  await gate.kill()
  expect(only(gate).passage.step).toEqual({ at: 'wait', site: 'armpit' })

  world.pass(FIVE_MINUTES)
  gate.again(key)
  await gate.measure(37.8)
  expect(gate.shown).toMatchObject({ at: 'told', step: 'confirmed', key })
  await gate.kill()
  expect(only(gate)).toMatchObject({ passage: { step: { at: 'confirmed' } }, incident: { key } })
  const steps = [
    { at: 'checked', item: 'distance' },
    { at: 'called', role: 'health' },
    { at: 'symptoms', words: '咳嗽' },
    { at: 'taken-over', by: '李医生' },
  ] as const
  for (const step of steps) {
    world.pass(60_000)
    await gate.step(key, step)
    await gate.kill()
  }
  expect(only(gate).incident).toMatchObject({ symptoms: '咳嗽', takenOver: { by: '李医生' }, calls: [{ whom: 'health' }] })
  await gate.step(key, { at: 'closed', outcome: 'fever-clinic' })
  await gate.kill()
  expect(gate.matters()).toEqual([])

  gate.offline = false
  expect((await gate.sync()).ok).toBe(true)
  const records = await gate.records()
  expect(records.map(({ kind }) => kind)).toEqual(['check-in', 'retest', 'retest', ...Array(5).fill('incident-step')])
  expect(records.flatMap((each) => ('reading' in each ? [each.reading] : []))).toEqual([
    { celsius: 37.5, site: 'neck', attempt: 2 },
    { celsius: 37.8, site: 'armpit', attempt: 3 },
  ])
  expect(await world.held(gate)).toEqual(records)
  const counts = { in: 1, measured: 1, atThreshold: 1, confirmed: 1, waiting: 0, openIncidents: 0, handedOn: 1 }
  expect(await gate.tally(today())).toMatchObject(counts)
  expect(await world.tally(SOUTH_GATE, today())).toMatchObject(counts)
})

test('36.7 at the second measuring clears: an ordinary passage, linked to its chain', async () => {
  const key = await waits(gate, 1)
  await gate.kill()
  world.pass(FIVE_MINUTES)
  gate.again(key)
  await gate.measure(36.7)
  expect(gate.at).toBe('scan')
  await gate.kill()
  expect(gate.matters()).toEqual([])
  await gate.sync()
  expect(await world.held(gate)).toMatchObject([{ key }, { kind: 'retest', target: key, reading: { celsius: 36.7, site: 'neck' } }])
  const counts = { in: 1, measured: 1, atThreshold: 1, confirmed: 0, waiting: 0, openIncidents: 0 }
  expect(await world.tally(SOUTH_GATE, today())).toMatchObject(counts)
  expect(await gate.tally(today())).toMatchObject(counts)
})

test('who walks off before the second measuring is recorded as that, and nobody waits any more', async () => {
  const key = await waits(gate, 1)
  await gate.kill()
  gate.again(key)
  await gate.left()
  await gate.kill()
  expect(gate.matters()).toEqual([])
  await gate.sync()
  expect((await world.held(gate)).map(({ kind }) => kind)).toEqual(['check-in', 'walk-off'])
  const counts = { in: 0, inside: 0, measured: 1, atThreshold: 1, confirmed: 0, waiting: 0 }
  expect(await world.tally(SOUTH_GATE, today())).toMatchObject(counts)
  expect(await gate.tally(today())).toMatchObject(counts)
})

test('several wait at once while others pass; each goes on with their own chain, whatever is killed in between', async () => {
  const keys: OperationKey[] = []
  for (const n of [1, 2, 3]) {
    keys.push(await waits(gate, n, 37.3 + n / 10))
    world.pass(30_000)
    await gate.person(resident(n + 10))
    await gate.measure(36.5)
    expect(gate.at).toBe('scan')
    await gate.kill()
  }
  const [first, second, third] = keys as [OperationKey, OperationKey, OperationKey]
  expect(gate.matters().map(({ passage }) => passage.key)).toEqual(keys)
  world.pass(FIVE_MINUTES)
  gate.again(second)
  await gate.measure(36.8)
  await gate.kill()
  gate.again(third)
  await gate.measure(37.6)
  await gate.kill()
  gate.again(first)
  await gate.left()
  await gate.kill()
  expect(only(gate).passage).toMatchObject({ key: third, step: { at: 'wait', site: 'armpit' } })
  gate.again(third)
  await gate.measure(37.9)
  expect(only(gate).incident?.key).toBe(third)
  await gate.sync()
  expect(await world.tally(SOUTH_GATE, today())).toMatchObject({
    in: 5,
    measured: 6,
    atThreshold: 3,
    confirmed: 1,
    openIncidents: 1,
    waiting: 0,
  })
  await gate.step(third, { at: 'closed', outcome: 'home' })
  await gate.sync()
})

test('33.4 is too low to count: the wrist, 36.2, pass; both are kept, and it counts once as 偏低重测; after three the post is offered the wrist', async () => {
  gate.offline = true
  for (const n of [1, 2, 3]) {
    await gate.person(resident(n))
    await gate.measure(33.4)
    expect(gate.shown).toMatchObject({ at: 'measure', retest: { site: 'wrist', readings: [{ celsius: 33.4 }] } })
    // Who was measured too low is not lost with the app: they stand among those who are waited for.
    await gate.kill()
    const { key, step } = only(gate).passage
    expect(step).toEqual({ at: 'too-low', site: 'wrist' })
    gate.again(key)
    await gate.measure(36.2)
    expect(gate.at).toBe('scan')
    expect(gate.matters()).toEqual([])
    expect(await gate.tally(today())).toMatchObject({ in: n, tooLow: n, measured: n, atThreshold: 0 })
    expect(offersWrist(recentReadings.value, gate.services.rulesNow())).toBe(n === 3)
    world.pass(60_000)
  }
  await gate.kill()
  expect(offersWrist(recentReadings.value, gate.services.rulesNow())).toBe(true)
  await gate.services.changePreferences({ site: 'wrist' })
  await gate.person(resident(4))
  await gate.measure(36.3)
  const records = await gate.records()
  expect(records.at(-1)).toMatchObject({ measured: { celsius: 36.3, site: 'wrist' } })
  expect(records.slice(0, 2)).toMatchObject([
    { measured: { celsius: 33.4, site: 'forehead', attempt: 1 } },
    { reading: { celsius: 36.2, site: 'wrist', attempt: 2 } },
  ])
  gate.offline = false
  await gate.sync()
  expect(await world.tally(SOUTH_GATE, today())).toMatchObject({ in: 4, tooLow: 3, measured: 4, atThreshold: 0, waiting: 0 })
})

test('an incident is seen on the other phone of the post, measured to its end and closed there; the first phone sees it closed', async () => {
  const second = await another()
  const elsewhere = await another(NORTH_GATE)
  const key = await waits(gate, 7)
  for (const each of [gate, second, elsewhere]) await each.sync()
  expect(elsewhere.matters()).toEqual([])
  await second.kill()
  expect(only(second).passage).toMatchObject({ key, by: gate.own.id, step: { at: 'wait' } })
  world.pass(FIVE_MINUTES)
  second.offline = true
  second.again(key)
  await second.measure(37.5)
  world.pass(FIVE_MINUTES)
  second.again(key)
  await second.measure(37.8)
  await second.kill()
  expect(only(second).incident?.key).toBe(key)
  expect(only(gate).passage.step.at).toBe('wait')

  second.offline = false
  for (const each of [second, gate]) await each.sync()
  await gate.kill()
  expect(only(gate)).toMatchObject({ passage: { readings: [{}, {}, {}] }, incident: { key } })
  await second.step(key, { at: 'taken-over', by: '李医生' })
  await second.step(key, { at: 'closed', outcome: 'hospital' })
  expect(second.matters()).toEqual([])
  for (const each of [second, gate]) await each.sync()
  expect(gate.matters()).toEqual([])
  await gate.kill()
  expect(gate.matters()).toEqual([])
  // Nothing of it keeps the phone from letting go of its day.
  expect(await gate.services.db.waits.count()).toBe(0)
  expect((await gate.records()).map(({ kind }) => kind)).toEqual(['check-in'])
  expect(await world.tally(SOUTH_GATE, today())).toMatchObject({ in: 1, confirmed: 1, openIncidents: 0, handedOn: 1 })
})

/** As the two pages of a hand-over do: one shows its key, the other its open cases, sealed to it. */
async function passOn(from: TestGate, to: TestGate): Promise<number> {
  const { receiveKey } = valueIn(await readAskingPhone(await signedAskingText(to.own.keys)))
  const texts = valueIn(await giveCases(from.services, receiveKey))
  // A camera reads a row of codes in any order, and some of them twice.
  const collected = [...texts].reverse().concat(texts).reduce<Collected | undefined>(collect, undefined)
  if (!collected || !isWhole(collected)) throw new Error('not all parts were read')
  const passed = valueIn(readAs(PassedOnSchema, valueIn(await openParts(collected, to.own.keys.receive)).passed))
  await keepCases(to.services.db, to.services.ownCodec, asCases(passed.cases), (told) => isOpenTold(told, to.services.judgedBy))
  await to.services.kept.reloadMatters()
  return texts.length
}

test('open cases go from the phone that goes home to the next by codes, without a network; twice is harmless, and the server counts them once', async () => {
  const next = await another()
  for (const each of [gate, next]) each.offline = true
  const waiting = await waits(gate, 1)
  const incident = await waits(gate, 2)
  for (const celsius of [37.5, 37.8]) {
    world.pass(FIVE_MINUTES)
    gate.again(incident)
    await gate.measure(celsius)
  }
  gate.actions.back()
  expect(await passOn(gate, next)).toBeGreaterThan(1)
  await passOn(gate, next)
  await next.kill()
  expect(
    next
      .matters()
      .map(({ passage }) => passage.key)
      .sort(),
  ).toEqual([waiting, incident].sort())
  next.again(waiting)
  await next.measure(36.6)
  await next.step(incident, { at: 'taken-over', by: '李医生' })
  // Taken over a second time, what the next phone has done since is not undone.
  await passOn(gate, next)
  expect(only(next)).toMatchObject({ passage: { key: incident }, incident: { takenOver: { by: '李医生' } } })
  await next.step(incident, { at: 'closed', outcome: 'fever-clinic' })
  await next.kill()
  expect(next.matters()).toEqual([])

  // The next phone is back on the network first, the one at home the day after.
  next.offline = false
  await next.sync()
  world.pass(20 * 3_600_000)
  gate.offline = false
  for (const each of [gate, next]) await each.sync()
  for (const each of [gate, next]) expect(each.matters()).toEqual([])
  expect(await world.tally(SOUTH_GATE, today())).toMatchObject({ in: 2, atThreshold: 2, confirmed: 1, waiting: 0, openIncidents: 0 })
  expect((await world.held(gate)).length + (await world.held(next)).length).toBe(7)
})

test('two phones of a local post, which no server joins, hand over all the same', async () => {
  const form = { post: '村口', type: 'village-gate', compound: '湾头组', body: '石榴坊', contact: '025-84990001' } as const
  const local: GateParts['local'] = ({ id }) => localIdentity(form, { now: Date.now(), deviceId: id, newId: () => crypto.randomUUID() })
  const [giver, next] = [await another(SOUTH_GATE, { local }), await another(SOUTH_GATE, { local })]
  const [{ identity: theirs }, { identity: own }] = [giver.services, next.services]
  expect(mayTake(theirs.value.community.id, own.value)).toBe(true)
  // A phone of a community takes only its own.
  expect(mayTake(theirs.value.community.id, gate.services.identity.value)).toBe(false)
  await giver.person(visitorWho({ name: '钱来客', phone: '13800000000' }, 'written', undefined), 'in')
  await giver.measure(37.6)
  giver.actions.back()
  await passOn(giver, next)
  expect([mattersHere(next.services).length, openHere(next.services).length]).toEqual([1, 1])
  const key = only(next).passage.key
  next.again(key)
  await next.measure(36.7)
  expect([mattersHere(next.services).length, openHere(next.services).length]).toEqual([0, 0])
})

test('what was ended on a phone that took a case over stays ended when that phone lets go of its day', async () => {
  const next = await another()
  for (const each of [gate, next]) each.offline = true
  const waiting = await waits(gate, 1)
  await passOn(gate, next)
  next.again(waiting)
  await next.measure(36.6)
  expect(next.matters()).toEqual([])
  next.offline = false
  await next.sync()
  world.pass(73 * 3_600_000)
  for (let start = 0; start < 2; start++) {
    const { db, codec: facts, ownCodec: own, judgedBy } = next.services
    await keepOwnWord(db, { facts, own, self: next.services.identity.value.deviceId }, (told) => isOpenTold(told, judgedBy))
    await purge(db, Date.now())
    await next.kill()
    expect(next.matters()).toEqual([])
  }
  expect(await next.records()).toEqual([])
})

test('an older word of a case, passed on by codes, takes back nothing of what the server has told since', async () => {
  const next = await another()
  const third = await another()
  const key = await waits(gate, 1)
  for (const each of [gate, third]) await each.sync()
  gate.offline = true
  world.pass(FIVE_MINUTES)
  third.again(key)
  await third.measure(37.5)
  for (const each of [third, next]) await each.sync()
  next.offline = true
  expect(only(next).passage.step).toEqual({ at: 'wait', site: 'armpit' })
  await passOn(gate, next)
  expect(only(next).passage.step).toEqual({ at: 'wait', site: 'armpit' })
  world.pass(FIVE_MINUTES)
  next.again(key)
  await next.measure(36.6)
  expect(next.matters()).toEqual([])
})
