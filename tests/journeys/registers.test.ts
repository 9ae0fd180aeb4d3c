import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { lastPassage } from '../../src/app/features/gate/last-passage'
import { saveBus } from '../../src/app/features/gate/registers/bus-saving'
import { NO_BUS } from '../../src/app/features/gate/registers/bus-values'
import { courierWho, unlistedWho, visitorWho } from '../../src/app/shell/who'
import type { ResidentId } from '../../src/domain/ids'
import { receiptsOf, sendNotice } from '../../src/server/database/notices'
import { draftRuleSets, publishRuleSets } from '../../src/server/database/rule-sets'
import { alsoRead } from '../../src/storage/notices'
import { visitCodeText } from '../../src/trust/visit-code'
import { NANJING_RULES } from '../../src/wire/nanjing'
import { valueIn } from '../support/builders'
import { COMMUNITY, COMPOUND, NORTH_GATE, SOUTH_GATE } from '../support/community'
import { aGate, type TestGate } from '../support/gate'
import { aHousehold, aWorld, LANE, putHouseholds, type World, XIANGFANG } from '../support/world'

const HOUR = 3_600_000
const AWAY = 'r-away' as ResidentId
const AT_HOME = 'r-home' as ResidentId
const FATHER = 'r-father' as ResidentId
const MOTHER = 'r-mother' as ResidentId

let world: World
let gate: TestGate
let day = 18
const gates: TestGate[] = []

beforeAll(async () => {
  world = await aWorld('2020-02-18T08:00:00+08:00')
  await putHouseholds(world, COMPOUND, [aHousehold('h-1', '501', [{ id: AWAY, away: true }, { id: AT_HOME }])])
  await putHouseholds(world, XIANGFANG, [aHousehold('h-2', '101', [{ id: FATHER }, { id: MOTHER }])])
  await draftRuleSets(world.pool, COMMUNITY.id, [
    ...NANJING_RULES,
    {
      id: 'quota',
      title: '每户每两天一人外出一次',
      scope: { level: 'compound', compoundId: XIANGFANG },
      effectiveFrom: '2020-02-01T00:00:00+08:00',
      parameters: { outingQuota: { people: 1, days: 2 }, pass: 'not-asked' },
      text: '每户每两天一人外出采购一次。',
      textFound: true,
    },
  ])
  await publishRuleSets(world.pool, COMMUNITY.id, 'test')
})
afterAll(() => world.close())
beforeEach(async () => {
  world.at(`${today()}T08:00:00+08:00`)
  gate = await another()
})
afterEach(async () => {
  vi.restoreAllMocks()
  day++
  for (const each of gates.splice(0)) await each.forget()
})

const today = () => `2020-02-${day}`
async function another(postId = SOUTH_GATE): Promise<TestGate> {
  const made = await aGate(world, { postId })
  gates.push(made)
  return made
}
/** What both the phone and, after a sync, the server count. */
async function expectCounts(counts: object): Promise<void> {
  expect(await gate.tally(today())).toMatchObject(counts)
  gate.offline = false
  expect((await gate.sync()).ok).toBe(true)
  expect(await world.held(gate)).toEqual((await gate.records()).filter(({ kind }) => kind !== 'tip'))
  expect(await world.tally(SOUTH_GATE, today())).toMatchObject(counts)
}

/** The arrival and the passage of each who came with the bus, kept by its form; three of them are not registered yet. */
function keepBus(people: number) {
  const rows = Array.from({ length: people }, (_, i) => ({
    name: `返岗${i}`,
    celsius: i === 7 ? '37.6' : '36.4',
    ...(i < 3 ? { registered: false } : {}),
  }))
  const values = { ...NO_BUS, origin: '安徽省阜阳市', number: '苏A12345', registered: true, keyArea: false, rows }
  return saveBus(gate.services, values, undefined)
}

test('a bus of twenty is kept all or none: with a full disk none, killed and tried again all; who came with a fever waits', async () => {
  gate.offline = true
  const add = IDBObjectStore.prototype.add
  let writes = 0
  const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, ...row) {
    if (++writes === 31) throw new DOMException('full', 'QuotaExceededError')
    return add.apply(this, row)
  })
  expect(await keepBus(20)).toEqual({ ok: false, error: { kind: 'storage-full' } })
  expect(writes).toBe(31)
  full.mockRestore()
  await gate.kill()
  expect(await gate.records()).toEqual([])
  expect(gate.services.counters.value).toMatchObject({ lastSeq: 0, waiting: 0 })

  // Also where the gate has looked at who goes out.
  await gate.services.changePreferences({ direction: 'out' })
  expect(valueIn(await keepBus(20))).toBe('wait')
  expect(lastPassage.value).toMatchObject({ direction: 'in', who: { name: '整车 20 人' } })
  await gate.kill()
  expect(gate.services.counters.value).toMatchObject({ lastSeq: 40, waiting: 40 })
  const [waiting] = gate.matters()
  expect(waiting?.passage.checkIn.subject).toEqual({ kind: 'written', name: '返岗7' })
  await expectCounts({ in: 20, measured: 20, arrivals: 20, unregistered: 3, atThreshold: 1, waiting: 1 })
  if (waiting) gate.again(waiting.passage.key)
  await gate.measure(36.6)
  await expectCounts({ in: 20, arrivals: 20, waiting: 0 })
})

test('a courier stays outside, measured and registered there; the next time it is one tap and a new reading, after a restart too', async () => {
  gate.offline = true
  await gate.person(courierWho({ company: '顺丰', plate: '苏A6F1K9', dropOff: '南门货架' }, 'written'))
  expect(gate.shown).toMatchObject({ at: 'measure', parts: { verdict: { kind: 'stop', why: 'courier-outside' } } })
  await gate.measure(36.3)
  expect(gate.at).toBe('scan')
  await gate.kill()
  world.pass(3 * HOUR)
  const [again, ...others] = gate.services.kept.values.remembered.value.couriers
  expect(others).toEqual([])
  if (!again) throw new Error('the courier was forgotten')
  await gate.person(courierWho(again.form, 'remembered'))
  await gate.measure(36.8)
  // One who gives no name is a count of one, and nobody to be remembered.
  await gate.person(courierWho({}, 'written'))
  await gate.measure(36.5)
  expect(gate.services.kept.values.remembered.value.couriers).toHaveLength(1)
  expect(await gate.records()).toMatchObject([
    { subject: { company: '顺丰', plate: '苏A6F1K9' }, measured: { celsius: 36.3 }, way: 'written' },
    { subject: { company: '顺丰', plate: '苏A6F1K9' }, measured: { celsius: 36.8 }, way: 'remembered' },
    { subject: { kind: 'courier' }, verdict: { why: 'courier-outside' } },
  ])
  // They stood there, and went no further.
  await expectCounts({ in: 0, couriers: 3, measured: 3 })
})

test('a resident whom the roster says to be away is asked for the arrival when they first come in, and never again after it', async () => {
  gate.offline = true
  await gate.person(AWAY)
  const { shown } = gate
  if (shown.at !== 'ask') throw new Error(`expected a question, got ${shown.at}`)
  expect(shown.asks).toEqual(['arrival'])
  const { subject } = shown.passing.who
  if (subject.kind !== 'resident') throw new Error('not a resident')
  const { residentId, householdId } = subject
  const form = {
    name: '张三0',
    origin: '湖北省黄冈市',
    arrivedOn: today(),
    means: 'train',
    platform: 'not-registered',
    code: 'red',
    keyArea: true,
    metInPerson: true,
    source: 'post',
  } as const
  valueIn(await gate.services.save([{ operation: { kind: 'arrival', ...form, residentId, householdId } }]))
  await gate.answer({ arrival: 'registered' })
  expect(gate.at).toBe('measure')
  await gate.measure(36.5)
  // The post proposes and decides nothing: whoever was in a key area has passed.
  expect(gate.at).toBe('scan')
  expect((await gate.records()).at(-1)).toMatchObject({ kind: 'check-in', answers: { arrival: 'registered' } })

  await gate.kill()
  for (const direction of ['out', 'in', 'out', 'in'] as const) {
    world.pass(HOUR)
    await gate.person(AWAY, direction)
    expect(gate.at).toBe('measure')
    await gate.measure(36.5)
  }
  await expectCounts({ in: 3, out: 2, arrivals: 1, unregistered: 1, keyArea: 1, turnedBack: 0 })
  // Another phone of the post, which knows nothing of it but what the server tells, does not ask again.
  const other = await another()
  other.offline = true
  await other.person(AWAY)
  expect(other.at).toBe('measure')
})

test("a visitor's own code fills in the form; who was in a key area is stopped, turned back or let in by an exception; who comes again is one tap", async () => {
  gate.offline = true
  const visitor = {
    name: '赵来客',
    phone: '13800001234',
    reason: '探亲',
    keyArea: false,
    address: { building: '3', unit: '2', room: '501' },
  }
  await gate.scan(visitCodeText(visitor))
  expect(gate.shown).toMatchObject({ at: 'visitor', values: visitor, way: 'form-code' })
  const roster = gate.services.roster.value
  await gate.person(visitorWho({ ...visitor, hostConfirmed: true }, 'form-code', roster))
  expect(gate.at).toBe('measure')
  await gate.measure(36.6)

  const declared = { name: '钱来客', keyArea: true }
  await gate.person(visitorWho(declared, 'written', roster))
  const { shown } = gate
  if (shown.at !== 'stop') throw new Error(`expected a stop, got ${shown.at}`)
  expect(shown.why).toBe('key-area')
  await gate.actions.turnBack(shown)
  await gate.person(visitorWho(declared, 'written', roster))
  if (gate.shown.at !== 'stop') throw new Error('expected a stop')
  await gate.actions.except(gate.shown.passing, '社区同意')
  await gate.measure(36.6)

  await gate.kill()
  const remembered = gate.services.kept.values.remembered.value.visitors.map(({ form }) => form)
  expect(remembered).toMatchObject([{ name: '钱来客' }, { name: '赵来客', phone: '13800001234' }])
  // What was declared is declared anew each time.
  expect(remembered.every((form) => form.keyArea === undefined)).toBe(true)
  await expectCounts({ in: 2, visitors: 2, keyArea: 1, exceptions: 1, turnedBack: 1 })
})

test('a quota is the household’s: who waits, walks off or is taken to a doctor has used nothing up; a member whom no list names has', async () => {
  const lane = await another(LANE)
  lane.offline = true
  await lane.person(FATHER, 'out')
  await lane.measure(37.6)
  lane.actions.back()
  await lane.person(MOTHER, 'out')
  expect(lane.at).toBe('measure')
  lane.actions.back()
  const [waiting] = lane.matters()
  if (!waiting) throw new Error('nobody waits')
  lane.again(waiting.passage.key)
  await lane.left()
  const home = lane.services.roster.value?.residentById.get(FATHER)?.household
  if (!home) throw new Error('the household is not known')
  await lane.person(unlistedWho(home, { way: 'tile' }), 'out')
  await lane.measure(36.5)
  for (const who of [MOTHER, unlistedWho(home, { way: 'tile' })]) {
    await lane.person(who, 'out')
    expect(lane.shown).toMatchObject({ at: 'stop', why: 'outing-quota' })
    lane.actions.back()
  }
})

test("a household's outings are counted over the days of the quota; the second is stopped, the way home never, and the day after next it is open again", async () => {
  const lane = await another(LANE)
  lane.offline = true
  const out = async (who: ResidentId) => {
    await lane.person(who, 'out')
    return lane.at
  }
  expect(await out(FATHER)).toBe('measure')
  await lane.measure(36.5)
  await lane.kill()
  world.pass(HOUR)
  await lane.person(FATHER, 'in')
  await lane.measure(36.5)
  expect(await out(MOTHER)).toBe('stop')
  expect(lane.shown).toMatchObject({ why: 'outing-quota' })
  lane.actions.back()
  world.pass(24 * HOUR)
  expect(await out(MOTHER)).toBe('stop')
  lane.actions.back()
  world.pass(24 * HOUR)
  expect(await out(MOTHER)).toBe('measure')
  await lane.measure(36.5)
  // What was voided has not been an outing.
  const last = (await lane.records()).at(-1)
  if (!last) throw new Error('nothing was kept')
  valueIn(await lane.services.save([{ operation: { kind: 'void', target: last.key, reason: 'undo' } }]))
  world.pass(HOUR)
  expect(await out(FATHER)).toBe('measure')
  lane.offline = false
  await lane.sync()
  expect(await world.held(lane)).toEqual(await lane.records())
})

test('a tip stays on the phone, sealed, until it is delivered; then it is nowhere but on the server, and changes no verdict', async () => {
  gate.offline = true
  const [tip] = valueIn(await gate.services.save([{ operation: { kind: 'tip', topic: 'unregistered-arrival', words: '3幢有人昨夜回来' } }]))
  if (!tip) throw new Error('nothing was kept')
  await gate.person(AT_HOME)
  await gate.measure(36.5)
  await gate.kill()
  expect((await gate.records()).map(({ kind }) => kind)).toEqual(['tip', 'check-in'])
  expect(new TextDecoder().decode((await gate.services.db.facts.get(tip.key))?.payload)).not.toContain('3幢')
  gate.network.fault = 'answer-lost'
  await gate.sync()
  expect(await gate.services.db.facts.get(tip.key)).toBeDefined()
  gate.network.fault = 'none'
  await gate.sync()
  const { db } = gate.services
  expect(await db.facts.get(tip.key)).toBeUndefined()
  expect(await db.outbox.count()).toBe(0)
  expect((await gate.records()).map(({ kind }) => kind)).toEqual(['check-in'])
  expect(gate.services.counters.value).toMatchObject({ waiting: 0, rejected: 0, accepted: 2, lastSeq: 2 })
  expect(valueIn(await gate.services.heldByServer())).toBe(2)
  expect(await world.held(gate)).toMatchObject([{ kind: 'tip', words: '3幢有人昨夜回来' }, { kind: 'check-in' }])
})

test('a notice is read offline, once, and the community hears which posts have read it', async () => {
  const second = await another()
  const north = await another(NORTH_GATE)
  const notice = { id: `n-${day}`, title: '今晚消杀', text: '从北门进出', publishedAt: new Date().toISOString() }
  await sendNotice(world.pool, COMMUNITY.id, notice, 'test')
  for (const each of [gate, second, north]) await each.sync()
  const read = async (each: TestGate) => {
    const row = each.services.kept.notices.value.find(({ id }) => id === notice.id)
    if (!row) throw new Error('the notice has not come')
    expect(row.readAt).toBe(0)
    valueIn(await each.services.save([{ operation: { kind: 'notice-read', noticeId: row.id } }], alsoRead(row, Date.now())))
  }
  for (const each of [gate, second]) {
    each.offline = true
    await read(each)
    await each.kill()
    expect(each.services.kept.notices.value).toMatchObject([{ title: '今晚消杀', readAt: Date.now() }])
    world.pass(60_000)
  }
  expect(await receiptsOf(world.pool, COMMUNITY.id, notice.id)).toEqual([])
  for (const each of [second, gate]) {
    each.offline = false
    await each.sync()
  }
  const receipts = await receiptsOf(world.pool, COMMUNITY.id, notice.id)
  expect(receipts).toEqual([{ postId: SOUTH_GATE, phones: 2, firstAt: new Date(`${today()}T08:00:00+08:00`) }])
  expect(gate.services.kept.notices.value).toMatchObject([{ readAt: Date.parse(`${today()}T08:00:00+08:00`) }])
})
