import 'fake-indexeddb/auto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { daySource as sourceOnPhone } from '../../src/app/reporting/day-source'
import type { ResidentId } from '../../src/domain/ids'
import type { ReportSource } from '../../src/domain/report'
import type { Day } from '../../src/domain/time'
import { sheetOf } from '../../src/reports/sheet'
import { zhCN } from '../../src/reports/words/zh-cn'
import { daySource as sourceOnServer } from '../../src/server/database/day-reports'
import { forgetInTime } from '../../src/server/database/retention'
import { purge } from '../../src/storage/purge'
import { valueIn } from '../support/builders'
import { COMMUNITY, COMPOUND } from '../support/community'
import { aGate, FAR_OFF, type TestGate } from '../support/gate'
import { aHousehold, aWorld, putHouseholds, type World } from '../support/world'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const SIGNATURES = 300_000 // ms that a nonce counts
const TODAY = '2020-02-18' as Day
const EVENING = Date.parse('2020-02-18T21:00:00+08:00')
const NAME = '欧阳守望'
const resident = (n: number) => `r-${n}` as ResidentId

let world: World
let gate: TestGate
beforeAll(async () => {
  world = await aWorld('2020-02-18T07:00:00+08:00')
  await putHouseholds(world, COMPOUND, [
    aHousehold('h-1', '501', [{ id: resident(1), name: NAME }, { id: resident(2) }, { id: resident(3) }]),
  ])
  gate = await aGate(world, { role: 'lead' })
})
afterAll(async () => {
  await gate.forget()
  await world.close()
})

async function onPhone(): Promise<ReportSource> {
  const { db, codec, ownCodec, identity, now } = gate.services
  const phone = { db, facts: codec, own: ownCodec, identity: identity.value, rosterHidden: false, unknownPost: '其他值守点' }
  const { source } = await sourceOnPhone({ ...phone, asOf: now(), onRead: () => undefined }, { day: TODAY, zone: 480 })
  return source
}
async function onServer(): Promise<ReportSource> {
  const source = await sourceOnServer(world.pool, COMMUNITY.id, { day: TODAY, asOf: FAR_OFF.getTime() })
  if (!source) throw new Error('no such community')
  return source
}
const rowsOf = async (source: Promise<ReportSource>, kind: 'ledger-full' | 'ledger-masked' | 'incidents') =>
  (await sheetOf(await source, { kind, madeBy: '', madeAt: Date.now() }, zhCN)).rows
const forget = (after: number) => {
  world.at(new Date(EVENING + after).toISOString())
  return forgetInTime(world.pool, Date.now(), SIGNATURES)
}

test('a day’s log: the same rows on phone and server, masked where it is to be; then gone from the phone after 72 h, from the server after 30 days, an incident 60 days after its closing', async () => {
  for (const n of [1, 2]) {
    await gate.person(resident(n), 'in')
    await gate.measure(36.5)
    world.pass(60_000)
  }
  await gate.person(resident(3), 'in')
  await gate.measure(37.6)
  const [wait] = gate.matters()
  if (!wait) throw new Error('nobody waits')
  for (const celsius of [37.5, 37.8]) {
    world.pass(300_000)
    gate.again(wait.passage.key)
    await gate.measure(celsius)
  }
  await gate.step(wait.passage.key, { at: 'taken-over', by: '李医生' })
  world.at(new Date(EVENING).toISOString())
  await gate.step(wait.passage.key, { at: 'closed', outcome: 'fever-clinic' })
  valueIn(await gate.sync())

  const full = await rowsOf(onPhone(), 'ledger-full')
  expect(full).toHaveLength(3)
  expect(JSON.stringify(full)).toContain(NAME)
  expect(JSON.stringify(await rowsOf(onPhone(), 'ledger-masked'))).not.toContain(NAME)
  expect(await rowsOf(onServer(), 'ledger-full')).toHaveLength(3)
  expect(await rowsOf(onServer(), 'incidents')).toHaveLength(1)

  const { db } = gate.services
  expect(await purge(db, EVENING + 71 * HOUR)).toBe(0)
  expect(await purge(db, EVENING + 73 * HOUR)).toBeGreaterThan(0)
  expect(await gate.records()).toEqual([])
  expect(await rowsOf(onServer(), 'ledger-full')).toHaveLength(3)

  await forget(29 * DAY)
  expect(await rowsOf(onServer(), 'ledger-full')).toHaveLength(3)
  await forget(31 * DAY)
  expect(await rowsOf(onServer(), 'ledger-full')).toHaveLength(0)
  const { rows: counts } = await world.pool.query('select sum(passages)::int as passages from daily_counts')
  expect(counts).toEqual([{ passages: 3 }])
  const kept = async () =>
    (await world.pool.query("select kind from kept_operations order by (payload->>'seq')::int")).rows.map(({ kind }) => kind)
  expect(await kept()).toEqual(['check-in', 'retest', 'retest', 'incident-step', 'incident-step'])
  await forget(59 * DAY)
  expect(await kept()).toHaveLength(5)
  await forget(61 * DAY)
  expect(await kept()).toEqual([])
})
