import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { localIdentity } from '../../src/app/features/activate/local-identity'
import { addHousehold, addMembers, bindCard } from '../../src/app/features/gate/binding'
import { saveLate } from '../../src/app/features/gate/registers/late-saving'
import { importRoster } from '../../src/app/features/roster/import-roster'
import { residentWho, whoOf } from '../../src/app/shell/who'
import { cardIdOf } from '../../src/domain/card'
import type { ResidentId } from '../../src/domain/ids'
import type { Direction, Operation } from '../../src/domain/operation'
import { findResidents } from '../../src/domain/roster-search'
import { isReadingAsked } from '../../src/domain/rules/verdict'
import { rosterOf } from '../../src/server/database/rosters'
import { draftRuleSets, publishRuleSets } from '../../src/server/database/rule-sets'
import { lastSubjects } from '../../src/storage/facts'
import { signCard } from '../../src/trust/card'
import { NANJING_RULES } from '../../src/wire/nanjing'
import { first, valueIn } from '../support/builders'
import { anInvite, COMMUNITY } from '../support/community'
import { aGate, FAR_OFF, type GateParts, type TestGate } from '../support/gate'
import { until } from '../support/until'
import { aHousehold, aWorld, METRO_EXIT, printCards, VILLAGE_GATE, WANTOU, type World } from '../support/world'

const MINUTE = 60_000

let world: World
const gates: TestGate[] = []

beforeAll(async () => {
  world = await aWorld('2020-02-16T08:00:00+08:00')
  await draftRuleSets(world.pool, COMMUNITY.id, NANJING_RULES)
  await publishRuleSets(world.pool, COMMUNITY.id, 'test')
})
afterAll(() => world.close())
// The tests have a village and its days in common: what one left would be the next one's.
beforeEach(async () => {
  for (const table of ['operations', 'roster_pages', 'cards', 'changes']) await world.pool.query(`delete from ${table}`)
})
afterEach(async () => {
  for (const each of gates.splice(0)) await each.forget()
})

async function another(part: GateParts): Promise<TestGate> {
  const made = await aGate(world, part)
  gates.push(made)
  return made
}

/** A blank card is scanned and given to a household that nobody wrote down before. */
async function bindBlank(gate: TestGate, code: string, unit: string, names: readonly string[]): Promise<void> {
  await gate.scan(code)
  const { shown } = gate
  if (shown.at !== 'scan' || shown.problem?.kind !== 'card-unbound') throw new Error(`expected a blank card, got ${JSON.stringify(shown)}`)
  const { cardId } = shown.problem
  gate.actions.go({ at: 'bind', cardId })
  gate.actions.household(valueIn(await addHousehold(gate.services, { unit, names }, cardId)), { way: 'card', cardId })
  expect(gate.at).toBe('household')
}
/** A member's tile, in the household that is on the screen. */
async function tile(gate: TestGate, name: string): Promise<void> {
  const { shown } = gate
  if (shown.at !== 'household') throw new Error(`expected a household, got ${shown.at}`)
  const resident = shown.household.residents.find((each) => each.name === name)
  if (!resident) throw new Error('there is no such tile')
  await gate.person(residentWho(resident, shown.household, { way: shown.way, ...(shown.cardId ? { cardId: shown.cardId } : {}) }))
}
/** A line of the paper, with the paper's own time; as the form of late entries keeps it. */
async function lateEntry(gate: TestGate, name: string, time: string, direction: Direction, celsius: number): Promise<void> {
  const line = { day: time.slice(0, 10), time: time.slice(11, 16), typed: name, direction, celsius: String(celsius) }
  const kept = await saveLate(gate.services, line, undefined)
  if (!kept?.ok) throw new Error('the line was not kept')
}
/** The gate waits for no record of a refusal; a test that counts does. */
const refusals = (gate: TestGate, count: number) =>
  until(
    () => gate.records(),
    (records) => records.filter(({ kind }) => kind === 'access').length === count,
  )
const known = (operations: readonly Operation[]) => operations.map(({ key, seq, kind }) => ({ key, seq, kind }))

test('a village with no list and no signal: blank cards make the households, tiles do the rest, the paper comes after with its own times; all of it arrives', async () => {
  const codes = await printCards(world, { compoundId: WANTOU, order: 'blank', count: 3 })
  const gate = await another({ postId: VILLAGE_GATE })
  gate.offline = true
  expect(gate.services.roster.value?.households).toBe(0)
  const [first = '', second = '', third = ''] = codes
  world.at('2020-02-18T08:00:00+08:00')
  await bindBlank(gate, first, '12', ['王大爷', '李大妈'])
  await tile(gate, '王大爷')
  await gate.measure(36.3)
  await bindBlank(gate, second, '13', ['赵六'])
  await gate.kill()
  // The card that was bound before the app was gone is that household's.
  await gate.scan(second)
  await tile(gate, '赵六')
  await gate.measure(36.5)
  const roster = gate.services.roster.value
  if (!roster) throw new Error('the phone has lost its households')
  const recent = await lastSubjects(gate.services.db, roster, 6)
  expect(recent.map((id) => roster.residentById.get(id)?.resident.name)).toEqual(['赵六', '王大爷'])
  // A second card for a household that is there.
  await gate.scan(third)
  const { shown } = gate
  const home = gate.services.roster.value?.allHouseholds.find(({ address }) => address.room === '12')
  if (shown.at !== 'scan' || shown.problem?.kind !== 'card-unbound' || !home) throw new Error('expected a blank card')
  valueIn(await bindCard(gate.services, shown.problem.cardId, home, false))
  await gate.scan(third)
  expect(gate.shown).toMatchObject({ at: 'household', household: { address: { room: '12' } } })
  gate.actions.back()

  await lateEntry(gate, '王五', '2020-02-17T22:40:00+08:00', 'in', 36.4)
  await lateEntry(gate, '孙七', '2020-02-18T06:10:00+08:00', 'out', 36.2)
  await gate.kill()
  const records = await gate.records()
  expect(records).toHaveLength(9)
  expect(await gate.tally('2020-02-17')).toMatchObject({ in: 1, out: 0, measured: 1 })
  expect(await gate.tally('2020-02-18')).toMatchObject({ in: 2, out: 1, measured: 3, inside: 2 })

  world.at('2020-02-20T09:00:00+08:00')
  gate.network.fault = 'answer-lost'
  await gate.sync()
  gate.network.fault = 'none'
  expect((await gate.sync()).ok).toBe(true)
  expect(gate.services.counters.value).toMatchObject({ waiting: 0, rejected: 0, accepted: 9 })
  expect(await world.held(gate)).toEqual(records)
  for (const day of ['2020-02-17', '2020-02-18']) expect(await world.tally(VILLAGE_GATE, day)).toMatchObject(await gate.tally(day))
  expect(await world.tally(VILLAGE_GATE, '2020-02-20')).toMatchObject({ in: 0, out: 0 })
  const told = (await rosterOf(world.pool, COMMUNITY.id, WANTOU)).flatMap(({ households }) => households)
  expect(told).toMatchObject([
    { address: { room: '12' }, residents: [{ name: '王大爷' }, { name: '李大妈' }], cards: [{ state: 'valid' }, { state: 'valid' }] },
    { address: { room: '13' }, residents: [{ name: '赵六' }], cards: [{ state: 'valid' }] },
  ])
  // Another phone of the village learns the households that this one made, and their cards.
  const next = await another({ postId: VILLAGE_GATE })
  next.offline = true
  await next.scan(first)
  expect(next.shown).toMatchObject({ at: 'household', household: { address: { room: '12' } } })
})

test('a post that began by itself joins a server days later: who waits still waits, and not a record is lost or changed', async () => {
  const codes = await printCards(world, { compoundId: WANTOU, order: 'blank', count: 1 })
  world.at('2020-02-18T08:00:00+08:00')
  const form = { post: '村口', type: 'village-gate', compound: '湾头组', body: '湾头组', contact: '025-1' } as const
  let ids = 0
  const local: GateParts['local'] = ({ id }) => localIdentity(form, { now: Date.now(), deviceId: id, newId: () => `local-${++ids}` })
  const gate = await another({ local })
  gate.offline = true
  const { services } = gate
  const { localCompoundId } = services.identity.value
  if (!localCompoundId) throw new Error('a local post has a compound')
  const page = { compoundId: localCompoundId, page: 0, households: [aHousehold('h-1', '1', [{ id: 'r-1' as ResidentId, name: '王大爷' }])] }
  valueIn(await importRoster(services, localCompoundId, [page]))
  const [resident] = services.roster.value?.allResidents ?? []
  if (!resident) throw new Error('the list was not taken')
  await gate.person(resident.resident.id)
  await gate.measure(36.4)
  await gate.person(whoOf({ kind: 'written', name: '赵六' }, 'written', undefined))
  await gate.measure(37.6)
  gate.actions.back()
  await lateEntry(gate, '王五', '2020-02-17T22:40:00+08:00', 'in', 36.4)
  await gate.kill()
  const before = await gate.records()
  expect(before).toHaveLength(4)
  expect(gate.matters()).toHaveLength(1)

  world.at('2020-02-20T09:00:00+08:00')
  gate.offline = false
  await gate.join(await anInvite(world.pool, { role: 'lead', unitId: VILLAGE_GATE, expiresAt: FAR_OFF }))
  gate.network.fault = 'answer-lost'
  await gate.sync()
  await gate.kill()
  gate.network.fault = 'none'
  expect((await gate.sync()).ok).toBe(true)
  expect(await gate.records()).toEqual(before)
  expect(await world.held(gate)).toEqual(before)
  expect(gate.services.identity.value).toMatchObject({ state: 'active', postId: VILLAGE_GATE, deviceId: gate.own.id })
  expect(gate.services.post.value.setting).toMatchObject({ management: 'village' })
  const waiting = gate.matters()
  expect(waiting.map(({ passage }) => passage.checkIn.subject)).toEqual([{ kind: 'written', name: '赵六' }])
  expect(await world.tally(VILLAGE_GATE, '2020-02-17')).toMatchObject({ in: 1 })
  expect(await world.tally(VILLAGE_GATE, '2020-02-18')).toMatchObject({ in: 2, atThreshold: 1, waiting: 1 })
  const roster = (await rosterOf(world.pool, COMMUNITY.id, WANTOU)).flatMap(({ households }) => households)
  expect(roster).toMatchObject([{ id: 'h-1', residents: [{ name: '王大爷' }] }])

  // The chain that began before goes on; what comes now is judged by the community's rules; its blank cards are known.
  const [matter] = waiting
  if (matter) gate.again(matter.passage.key)
  await gate.measure(36.7)
  await bindBlank(gate, codes[0] ?? '', '2', ['孙七'])
  await tile(gate, '孙七')
  await gate.measure(36.5)
  expect((await gate.sync()).ok).toBe(true)
  const after = await world.held(gate)
  expect(known(after)).toEqual(known(await gate.records()))
  expect(after.slice(4).map(({ kind }) => kind)).toEqual(['retest', 'household-adding', 'card-binding', 'check-in'])
  expect(after.flatMap((each) => (each.kind === 'check-in' ? [each.rules] : []))).toEqual([
    'base-1',
    'base-1',
    'base-1',
    expect.stringContaining('nj-13-village'),
  ])
  expect(gate.services.counters.value).toMatchObject({ waiting: 0, rejected: 0, accepted: 8 })
  expect(await world.tally(VILLAGE_GATE, '2020-02-18')).toMatchObject({ in: 2, waiting: 0 })
  expect(await world.tally(VILLAGE_GATE, '2020-02-20')).toMatchObject({ in: 1 })
})

test('a post that never saw a server: households without a card, members added later, found by their initials; all of it is there after a kill, and arrives on joining', async () => {
  world.at('2020-02-18T08:00:00+08:00')
  const form = { post: '村口', type: 'village-gate', compound: '湾头组', body: '湾头组', contact: '025-1' } as const
  let ids = 0
  const gate = await another({ local: ({ id }) => localIdentity(form, { now: Date.now(), deviceId: id, newId: () => `cold-${++ids}` }) })
  gate.offline = true
  const { services } = gate
  expect(services.roster.value?.households).toBe(0)
  const made = valueIn(await addHousehold(services, { unit: '12', names: ['王大爷'] }))
  await gate.person(residentWho(first(made.residents), made, { way: 'tile' }))
  await gate.measure(36.4)
  const grown = valueIn(await addMembers(services, made, ['李大妈']))
  expect(grown.residents.map(({ name }) => name)).toEqual(['王大爷', '李大妈'])
  await gate.kill()
  const index = gate.services.roster.value
  if (!index) throw new Error('no roster')
  for (const [typed, name] of [
    ['ldm', '李大妈'],
    ['wdy', '王大爷'],
  ] as const)
    expect(findResidents(index, typed, 3)).toMatchObject([{ why: 'initials', resident: { name } }])
  const before = await gate.records()
  expect(before.map(({ kind }) => kind)).toEqual(['household-adding', 'check-in', 'household-adding'])

  gate.offline = false
  await gate.join(await anInvite(world.pool, { role: 'lead', unitId: VILLAGE_GATE, expiresAt: FAR_OFF }))
  gate.network.fault = 'answer-lost'
  await gate.sync()
  gate.network.fault = 'none'
  expect((await gate.sync()).ok).toBe(true)
  expect(await world.held(gate)).toEqual(before)
  const roster = (await rosterOf(world.pool, COMMUNITY.id, WANTOU)).flatMap(({ households }) => households)
  expect(roster).toMatchObject([{ id: made.id, residents: [{ name: '王大爷' }, { name: '李大妈' }] }])
})

test('a post that never saw a server binds the cards that the community printed; on joining the server takes them, and sends back one that nobody signed', async () => {
  const [code = ''] = await printCards(world, { compoundId: WANTOU, order: 'blank', count: 1 })
  const [spare = ''] = await printCards(world, { compoundId: WANTOU, order: 'blank', count: 1 })
  const claims = { id: cardIdOf(Uint8Array.of(7, 7, 7, 7, 7, 7, 7, 7)), issuedAt: 0, expiresAt: Date.parse('2020-12-31') / 1000 } as const
  const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
  const forged = await signCard({ ...claims, kind: 'blank' }, '01020304', privateKey)
  world.at('2020-02-18T08:00:00+08:00')
  const form = { post: '村口', type: 'village-gate', compound: '湾头组', body: '湾头组', contact: '025-1' } as const
  let ids = 0
  const gate = await another({ local: ({ id }) => localIdentity(form, { now: Date.now(), deviceId: id, newId: () => `alone-${++ids}` }) })
  gate.offline = true
  await bindBlank(gate, code, '12', ['王大爷'])
  gate.actions.back()
  await bindBlank(gate, forged, '13', ['赵六'])
  await gate.kill()
  await gate.scan(code)
  await tile(gate, '王大爷')
  await gate.measure(36.4)
  // What is more than blank is believed of nobody.
  await gate.scan(await signCard({ ...claims, kind: 'household' }, '01020304', privateKey))
  expect(gate.shown).toMatchObject({ at: 'scan', problem: { kind: 'unknown-key' } })
  gate.actions.back()
  await refusals(gate, 1)
  const before = await gate.records()

  gate.offline = false
  await gate.join(await anInvite(world.pool, { role: 'lead', unitId: VILLAGE_GATE, expiresAt: FAR_OFF }))
  await gate.sync()
  expect(gate.services.counters.value).toMatchObject({ waiting: 0, rejected: 1, accepted: before.length - 1 })
  const roster = (await rosterOf(world.pool, COMMUNITY.id, WANTOU)).flatMap(({ households }) => households)
  expect(roster).toMatchObject([
    { address: { room: '12' }, cards: [{ state: 'valid' }] },
    { address: { room: '13' }, cards: [] },
  ])
  gate.offline = true
  await gate.scan(code)
  expect(gate.shown).toMatchObject({ at: 'household', household: { address: { room: '12' } } })
  gate.actions.back()
  await gate.scan(spare)
  expect(gate.shown).toMatchObject({ at: 'scan', problem: { kind: 'card-unbound' } })
  gate.actions.back()
  await gate.scan(forged)
  expect(gate.shown).toMatchObject({ at: 'scan', problem: { kind: 'unknown-key' } })
  await refusals(gate, 2)
  // Somebody passes after it, so that nothing is under way when the phone is put away.
  await gate.person(whoOf({ kind: 'written', name: '孙七' }, 'written', undefined))
  await gate.measure(36.5)
})

test('a metro exit by rule: forty a minute for ten minutes by counter, two held with readings; phone and server count the same', async () => {
  world.at('2020-02-18T08:00:00+08:00')
  const gate = await another({ postId: METRO_EXIT })
  gate.offline = true
  expect(gate.services.rulesNow()).toMatchObject({ passage: 'counted', reading: 'in-range', readingOn: 'in' })
  /** A tap on the counter, as it keeps it. */
  const tap = async (people: number) => {
    const { save, rulesNow, preferences } = gate.services
    const { direction, site } = preferences.value
    const rules = rulesNow()
    const measured = isReadingAsked(rules, direction) ? ({ inRange: true, site } as const) : ({ reason: 'rule-asks-none' } as const)
    valueIn(await save([{ operation: { kind: 'count', direction, people, measured, rules: rules.version } }]))
    world.pass((people * MINUTE) / 40)
  }
  const hold = (tail: string) => gate.actions.hold(whoOf({ kind: 'written', name: tail }, 'written', undefined), { before: { at: 'hold' } })

  for (let minute = 0; minute < 10; minute++) {
    for (let i = 0; i < 7; i++) await tap(5)
    for (let i = 0; i < 5; i++) await tap(1)
    if (minute === 2 || minute === 5) {
      hold(`560${minute}`)
      await gate.measure(minute === 2 ? 37.4 : 37.9)
      expect(gate.shown).toMatchObject({ at: 'told', step: 'wait' })
      gate.actions.back()
      expect(gate.at).toBe('scan')
    }
    if (minute === 3 || minute === 7) await gate.kill()
  }
  expect(Date.now()).toBe(Date.parse('2020-02-18T08:10:00+08:00'))
  const [cleared, confirmed] = gate.matters()
  if (!cleared || !confirmed) throw new Error('two were held')
  gate.again(cleared.passage.key)
  await gate.measure(36.8)
  for (const celsius of [37.6, 37.8]) {
    gate.again(confirmed.passage.key)
    await gate.measure(celsius)
  }
  gate.network.fault = 'answer-lost'
  await gate.sync()
  await gate.kill()
  const counts = { in: 402, out: 0, measured: 402, notMeasured: 0, atThreshold: 2, confirmed: 1, waiting: 0, openIncidents: 1 }
  expect(await gate.tally('2020-02-18')).toMatchObject(counts)
  gate.offline = false
  expect((await gate.sync()).ok).toBe(true)
  expect(await world.tally(METRO_EXIT, '2020-02-18')).toEqual(await gate.tally('2020-02-18'))
  expect(await world.held(gate)).toEqual(await gate.records())
  const { accepted, waiting } = gate.services.counters.value
  expect([accepted, waiting, valueIn(await gate.services.heldByServer())]).toEqual([125, 0, 125])
})
