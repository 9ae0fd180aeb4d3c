import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { lastPassage } from '../../src/app/features/gate/last-passage'
import { contextOf, park, resumed, saveForm } from '../../src/app/features/gate/registers/parking'
import { passenger } from '../../src/app/features/gate/registers/passenger'
import type { VehicleUnderway } from '../../src/app/features/gate/registers/register-state'
import { courierWho, residentWho, visitorWho, type Who, whoOf } from '../../src/app/shell/who'
import type { ResidentId } from '../../src/domain/ids'
import { dayOf } from '../../src/domain/time'
import { draftRuleSets, publishRuleSets } from '../../src/server/database/rule-sets'
import type { ParkedForm } from '../../src/storage/parked-forms'
import { tapsAfter } from '../../src/storage/taps'
import { valueIn } from '../support/builders'
import { COMMUNITY, COMPOUND } from '../support/community'
import { aGate, type TestGate } from '../support/gate'
import { aHousehold, aWorld, METRO_EXIT, putHouseholds, type World } from '../support/world'

const WEI = 'r-wei' as ResidentId
const FANG = 'r-fang' as ResidentId
const AWAY = 'r-away' as ResidentId

let world: World
let gate: TestGate
const gates: TestGate[] = []

beforeAll(async () => {
  world = await aWorld('2020-02-18T08:00:00+08:00')
  await putHouseholds(world, COMPOUND, [
    aHousehold('h-1', '501', [
      { id: WEI, name: '王伟' },
      { id: FANG, name: '王芳' },
      { id: AWAY, away: true },
    ]),
  ])
  const set = { scope: { level: 'city' }, effectiveFrom: '2020-02-01T00:00:00+08:00', text: '', textFound: true } as const
  await draftRuleSets(world.pool, COMMUNITY.id, [
    { ...set, id: 'strict', title: '严', parameters: { keyAreaVisitors: 'barred', couriers: 'stay-outside' } },
    {
      ...set,
      id: 'metro',
      title: '站口',
      scope: { level: 'post-type', type: 'metro-exit' },
      parameters: { passage: 'counted', readingOn: 'in' },
    },
  ])
  await publishRuleSets(world.pool, COMMUNITY.id, 'test')
})
afterAll(() => world.close())
beforeEach(async () => {
  gate = await another()
  gate.offline = true
})
afterEach(async () => {
  for (const each of gates.splice(0)) await each.forget()
})

async function another(postId?: typeof METRO_EXIT): Promise<TestGate> {
  const made = await aGate(world, postId ? { postId } : {})
  gates.push(made)
  return made
}

const aCar = (): VehicleUnderway => ({ id: crypto.randomUUID(), plate: '苏A12345', householdIds: [], done: [] })
/** The car on the screen. */
function car(): VehicleUnderway {
  if (gate.shown.at !== 'vehicle' || !gate.shown.vehicle) throw new Error(`expected the car, got ${gate.shown.at}`)
  return gate.shown.vehicle
}
/** Somebody in the car is tapped. */
const sits = (vehicle: VehicleUnderway, who: Who) => passenger(gate.actions, vehicle, who)
function known(id: ResidentId): Who {
  const found = gate.services.roster.value?.residentById.get(id)
  if (!found) throw new Error('nobody of that id')
  return residentWho(found.resident, found.household, { way: 'plate' })
}
const stranger = (keyArea: boolean) => visitorWho({ name: '车上人员1', keyArea }, 'written', undefined)
const parked = () => gate.services.kept.values.parked.value
/** The chip of a form that was put aside is tapped. */
const resume = (form: ParkedForm) => gate.actions.go(resumed(form, parked()))

test('who was not measured is not done: "back" at the pad, at a question, at a stop and at a repeat leads to the car without them', async () => {
  await sits(aCar(), known(WEI))
  gate.actions.back()
  expect(car().done).toEqual([])
  await sits(car(), known(AWAY))
  expect(gate.at).toBe('ask')
  gate.actions.back()
  expect(car().done).toEqual([])
  await sits(car(), stranger(true))
  expect(gate.at).toBe('stop')
  gate.actions.back()
  expect(car().done).toEqual([])
  expect(await gate.records()).toEqual([])

  await sits(car(), known(WEI))
  await gate.measure(36.5)
  await sits(car(), known(WEI))
  expect(gate.at).toBe('just-registered')
  gate.actions.back()
  expect(car().done).toEqual([{ name: '王*', residentId: WEI }])
})

test('two of one masked name are two: each of them sits in the car by who they are', async () => {
  await sits(aCar(), known(WEI))
  await gate.measure(36.5)
  expect(car().done.some(({ residentId }) => residentId === FANG)).toBe(false)
  await sits(car(), known(FANG))
  await gate.measure(36.6)
  expect(car().done).toEqual([
    { name: '王*', residentId: WEI },
    { name: '王*', residentId: FANG },
  ])
})

test('one is turned back, the others go on in the same car', async () => {
  await sits(aCar(), known(WEI))
  await gate.measure(36.5)
  await sits(car(), stranger(true))
  if (gate.shown.at !== 'stop') throw new Error('expected a stop')
  await gate.actions.turnBack(gate.shown)
  expect(car().done.map(({ residentId }) => residentId)).toEqual([WEI])
  await sits(car(), known(FANG))
  await gate.measure(36.5)
  expect(await gate.tally('2020-02-18')).toMatchObject({ in: 2, vehicles: 1, turnedBack: 1 })
})

test('a car that was begun survives a kill as a chip, and is one car afterwards, not two; a wait inside does not lose it', async () => {
  await sits(aCar(), known(WEI))
  await gate.measure(37.6)
  expect(gate.at).toBe('told')
  await gate.kill()
  const [form, ...others] = parked()
  expect(others).toEqual([])
  if (!form) throw new Error('the car is gone')
  resume(form)
  expect(car().done.map(({ residentId }) => residentId)).toEqual([WEI])
  await sits(car(), known(FANG))
  await gate.measure(36.5)
  expect(parked()).toMatchObject([{ id: form.id, form: 'vehicle', values: { done: [{ residentId: WEI }, { residentId: FANG }] } }])
  const roles = (await gate.records()).flatMap((each) => (each.kind === 'check-in' ? [each.vehicle] : []))
  expect(roles).toMatchObject([{ role: 'driver' }, { role: 'passenger' }])
  expect(await gate.tally('2020-02-18')).toMatchObject({ vehicles: 1, in: 2 })
})

test('somebody in a car whom nobody named is not offered as one who came before', async () => {
  await sits(aCar(), stranger(false))
  await gate.measure(36.5)
  expect(gate.services.kept.values.remembered.value.visitors).toEqual([])
})

test('what was typed of a visitor is kept until the passage is: a kill at the pad loses nothing, and a saved passage takes the chip along', async () => {
  const form = { name: '钱多多', keyArea: false }
  const begin = async (id?: string) => {
    const before = {
      at: 'visitor',
      values: form,
      parked: await park(gate.services, { form: 'visitor', title: '钱*多', values: form }, id),
    } as const
    await gate.actions.person(visitorWho(form, 'written', undefined), { before })
    return before.parked
  }
  const id = await begin()
  await gate.kill()
  expect(parked()).toMatchObject([{ id, form: 'visitor', values: form }])
  await begin(id)
  gate.actions.back()
  expect(gate.shown).toMatchObject({ at: 'visitor', values: form, parked: id })
  await begin(id)
  await gate.measure(36.5)
  expect(parked()).toEqual([])
  await gate.kill()
  expect(parked()).toEqual([])
  expect(await gate.records()).toHaveLength(1)
})

test('a form that was put aside goes on in its car, with whom the car has registered since; how they came and that they are held stays', async () => {
  const values = { name: '钱多多', keyArea: false }
  const vehicle = aCar()
  const shown = { at: 'visitor', vehicle, way: 'form-code', held: true, values } as const
  await park(gate.services, { form: 'visitor', title: '钱*多', values, context: contextOf(shown) }, undefined)
  await sits(vehicle, known(WEI))
  await gate.measure(36.5)
  await gate.kill()
  const form = parked().find((each) => each.form === 'visitor')
  if (!form) throw new Error('the form is gone')
  resume(form)
  const car = { id: vehicle.id, done: [{ residentId: WEI }] }
  expect(gate.shown).toMatchObject({ at: 'visitor', way: 'form-code', held: true, values, parked: form.id, vehicle: car })
})

test('an arrival that was put aside goes on with the passage that waits for it, a passenger where there is a driver by now', async () => {
  await sits(aCar(), known(AWAY))
  const asked = gate.shown
  if (asked.at !== 'ask') throw new Error(`expected a question, got ${asked.at}`)
  const { passing } = asked
  const values = { residentId: AWAY, name: '张三' }
  await park(gate.services, { form: 'arrival', title: '张*', values, context: contextOf({ at: 'arrival', passing }) }, undefined)
  gate.actions.back()
  await sits(car(), known(WEI))
  await gate.measure(36.5)
  await gate.kill()
  const form = parked().find((each) => each.form === 'arrival')
  if (!form) throw new Error('the form is gone')
  resume(form)
  const { shown } = gate
  if (shown.at !== 'arrival' || !shown.passing) throw new Error('the passage is gone')
  await gate.actions.answered(shown.passing, { arrival: 'registered' })
  await gate.measure(36.6)
  expect(car().done.map(({ residentId }) => residentId)).toEqual([WEI, AWAY])
  const records = (await gate.records()).flatMap((each) => (each.kind === 'check-in' ? [each.vehicle] : []))
  expect(records).toMatchObject([{ role: 'driver' }, { role: 'passenger' }])
})

test('the passage and the end of its form are one: with a full disk neither is kept', async () => {
  const form = { name: '钱多多', keyArea: false }
  const id = await park(gate.services, { form: 'visitor', title: '钱*多', values: form }, undefined)
  await gate.actions.person(visitorWho(form, 'written', undefined), { before: { at: 'visitor', values: form, parked: id } })
  const add = IDBObjectStore.prototype.add
  IDBObjectStore.prototype.add = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  await gate.measure(36.5)
  IDBObjectStore.prototype.add = add
  expect(gate.shown).toMatchObject({ at: 'measure', failed: { kind: 'storage-full' } })
  await gate.kill()
  expect(parked().map((each) => each.id)).toEqual([id])
  expect(await gate.records()).toEqual([])
})

test('a visitor who is turned back leaves no form behind', async () => {
  const form = { name: '钱多多', keyArea: true }
  const id = await park(gate.services, { form: 'visitor', title: '钱*多', values: form }, undefined)
  await gate.actions.person(visitorWho(form, 'written', undefined), { before: { at: 'visitor', values: form, parked: id } })
  if (gate.shown.at !== 'stop') throw new Error('expected a stop')
  await gate.actions.turnBack(gate.shown)
  expect(gate.at).toBe('scan')
  expect(parked()).toEqual([])
})

test('a form that became a record is no chip any more; another one stays', async () => {
  const [first, second] = [
    await park(gate.services, { form: 'late', title: '补录', values: {} }, undefined),
    await park(gate.services, { form: 'courier', title: '顺丰', values: { company: '顺丰' } }, undefined),
  ]
  valueIn(await saveForm(gate.services, [{ operation: { kind: 'tip', topic: 'other' } }], first))
  await gate.kill()
  expect(parked()).toMatchObject([{ id: second, form: 'courier' }])
})

test('a courier who stays outside is not told that they may pass', async () => {
  await gate.person(courierWho({ company: '顺丰' }, 'written'))
  await gate.measure(36.3)
  expect(lastPassage.value).toMatchObject({ outcome: 'outside', reading: { celsius: 36.3 } })
  await gate.person(courierWho({ company: '美团' }, 'written'))
  await gate.measure(37.6)
  const [waiting] = gate.matters()
  if (!waiting) throw new Error('nobody waits')
  gate.actions.back()
  gate.again(waiting.passage.key)
  await gate.measure(36.4)
  expect(lastPassage.value).toMatchObject({ outcome: 'outside' })
})

test('a courier who must carry something in passes by an exception with its reason, and may pass, after a retest too', async () => {
  await gate.person(courierWho({ company: '顺丰' }, 'written'))
  const { shown } = gate
  if (shown.at !== 'measure') throw new Error(`expected to measure, got ${shown.at}`)
  await gate.actions.except(shown, '买药买菜等急需')
  await gate.measure(37.6)
  const [waiting] = gate.matters()
  if (!waiting) throw new Error('nobody waits')
  gate.actions.back()
  gate.again(waiting.passage.key)
  await gate.measure(36.3)
  expect(lastPassage.value).toMatchObject({ outcome: 'admitted', reading: { celsius: 36.3 } })
  const [record] = await gate.records()
  expect(record).toMatchObject({ verdict: { why: 'courier-outside' }, exception: { kind: 'exception', reason: '买药买菜等急需' } })
})

test('who is held at a metro exit is always measured, on the way out too, and is told apart by a phone’s tail', async () => {
  const exit = await another(METRO_EXIT)
  exit.offline = true
  await exit.services.changePreferences({ direction: 'out' })
  exit.actions.hold(whoOf({ kind: 'written', name: '5678' }, 'written', undefined), { before: { at: 'hold' } })
  expect(exit.shown).toMatchObject({ at: 'measure', direction: 'out', who: { name: '尾号5678' } })
  await exit.measure(37.7)
  exit.actions.back()
  exit.actions.hold(whoOf({ kind: 'written', name: '' }, 'written', undefined), {})
  expect(exit.shown).toMatchObject({ who: { name: '未留名' } })
})

test('the counter’s total is that of the day’s records: after a restart, and without what was undone', async () => {
  const exit = await another(METRO_EXIT)
  exit.offline = true
  const { rules, save } = { rules: exit.services.rulesNow().version, save: exit.services.save }
  const count = async (people: number) => {
    const measured = { inRange: true, site: 'forehead' } as const
    const [kept] = valueIn(await save([{ operation: { kind: 'count', direction: 'in', people, measured, rules } }]))
    if (!kept) throw new Error('nothing was kept')
    return kept.key
  }
  await count(5)
  const undone = await count(1)
  await count(1)
  await exit.kill()
  const { db, codec } = exit.services
  const day = dayOf(Date.now(), 480)
  const all = await tapsAfter(db, codec, day, 0)
  expect(all.taps.map(({ people }) => people).sort()).toEqual([1, 1, 5])
  valueIn(await exit.services.save([{ operation: { kind: 'void', target: undone, reason: 'undo' } }]))
  const news = await tapsAfter(db, codec, day, all.seq)
  expect(news).toMatchObject({ taps: [], voided: [undone] })
  expect(await tapsAfter(db, codec, dayOf(Date.now() + 86_400_000, 480), 0)).toMatchObject({ taps: [] })
})
