import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DayQuestion, daySource } from '../../src/app/reporting/day-source'
import type { CompoundId, DeviceId, HouseholdId, ResidentId } from '../../src/domain/ids'
import type { Day } from '../../src/domain/time'
import { sheetOf } from '../../src/reports/sheet'
import { zhCN } from '../../src/reports/words/zh-cn'
import { type GatepostDatabase, openDatabase } from '../../src/storage/database'
import type { Identity } from '../../src/storage/identity'
import { record } from '../../src/storage/record'
import { applyChanges } from '../../src/storage/roster-store'
import type { Codecs } from '../../src/vault/codecs'
import { aCheckInDraft, aContext, valueIn } from '../support/builders'
import { aRosterPage, COMMUNITY, COMPOUND, NORTH_GATE, SOUTH_GATE } from '../support/community'
import { aVault } from '../support/vault'

const DAY = '2020-02-18' as Day
const NIGHT = { name: '夜班', from: 22 * 60, to: 6 * 60 }
const IDENTITY: Identity = {
  deviceId: 'own' as DeviceId,
  epoch: 'e',
  state: 'active',
  role: 'lead',
  community: { ...COMMUNITY, shifts: [NIGHT] },
  posts: [SOUTH_GATE, NORTH_GATE].map((id) => ({ id, name: id, type: 'compound-gate', compoundId: COMPOUND, compoundName: '梧桐苑' })),
  postId: SOUTH_GATE,
  ruleSets: [],
  activatedAt: 0,
}

let db: GatepostDatabase
let codecs: Codecs
beforeEach(async () => {
  db = valueIn(await openDatabase(`day-source-${crypto.randomUUID()}`))
  codecs = await aVault(db)
})
afterEach(() => db.delete())

const at = (time: string) => Date.parse(`2020-02-${time}:00+08:00`)
const passedAt = async (time: string, postId = SOUTH_GATE) =>
  valueIn(await record(db, codecs.facts, [aCheckInDraft()], { ...aContext(), deviceNow: at(time), postId }))

const asked = async (part: Partial<DayQuestion> = {}, asOf = at('18T23:59'), identity = IDENTITY) => {
  const phone = { db, ...codecs, identity, rosterHidden: false, unknownPost: '其他值守点', asOf, onRead: () => undefined }
  return (await daySource(phone, { day: DAY, zone: 480, ...part })).source
}
const times = async (part: Partial<DayQuestion>) => {
  const { rows } = await sheetOf(await asked(part), { kind: 'ledger-masked', madeBy: '', madeAt: 0 }, zhCN)
  return rows.map((row) => `${row[1]} ${row[2]}`)
}

test('a night shift is one report, on both sides of midnight; the calendar day is another', async () => {
  for (const time of ['18T05:59', '18T21:59', '18T22:00', '18T23:59', '19T00:00', '19T05:59', '19T06:00']) await passedAt(time)
  expect(await times({ shift: '夜班' })).toEqual(['2020-02-18 22:00', '2020-02-18 23:59', '2020-02-19 00:00', '2020-02-19 05:59'])
  expect(await times({})).toEqual(['2020-02-18 05:59', '2020-02-18 21:59', '2020-02-18 22:00', '2020-02-18 23:59'])
})

test('a cut-off leaves out what happened from then on, and nothing before', async () => {
  for (const time of ['18T11:59', '18T12:00', '18T12:01', '18T23:00']) await passedAt(time)
  expect(await times({ until: at('18T12:00') })).toEqual(['2020-02-18 11:59'])
  expect(await times({ until: at('18T12:01') })).toEqual(['2020-02-18 11:59', '2020-02-18 12:00'])
  expect(await times({ shift: '夜班', until: at('18T23:00') })).toEqual([])
})

test('one post’s report holds no other post’s records, and each record is waiting until it is on the server', async () => {
  await passedAt('18T08:00')
  await passedAt('18T08:01', NORTH_GATE)
  const source = await asked({ postId: NORTH_GATE })
  expect([source.log.passages.map(({ checkIn }) => checkIn.postId), source.posts.map(({ id }) => id)]).toEqual([[NORTH_GATE], [NORTH_GATE]])
  expect([...source.uploads.values()]).toEqual(['waiting', 'waiting'])
})

test('who is under observation at home is known of today only; of another day nothing is claimed, and a central one is not at home', async () => {
  const observation = {
    residentId: 'r' as ResidentId,
    householdId: 'h-0-0' as HouseholdId,
    kind: 'home',
    until: '2020-02-25' as Day,
  } as const
  await applyChanges(
    db,
    codecs.own,
    [
      { kind: 'roster', compoundId: COMPOUND, pages: 1 },
      { kind: 'roster-page', page: aRosterPage() },
      { kind: 'observations', observations: [observation, { ...observation, until: DAY }, { ...observation, kind: 'central' }] },
    ],
    '1',
    () => true,
  )
  expect((await asked()).observed(COMPOUND)).toEqual({ standing: 1 })
  expect((await asked()).observed('elsewhere' as CompoundId)).toEqual({ standing: 0 })
  expect((await asked({}, at('19T08:00'))).observed(COMPOUND)).toBeUndefined()
})
