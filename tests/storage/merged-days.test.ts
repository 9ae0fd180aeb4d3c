import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeviceId } from '../../src/domain/ids'
import type { Day } from '../../src/domain/time'
import { readCounters } from '../../src/storage/counters'
import { type GatepostDatabase, openDatabase } from '../../src/storage/database'
import { daysMerged, type MergedDay, mergeDays, mergedDaysOf, toldOfDay } from '../../src/storage/merged-days'
import { sendAgain, settle } from '../../src/storage/outbox'
import { purge } from '../../src/storage/purge'
import { record } from '../../src/storage/record'
import type { Codecs } from '../../src/vault/codecs'
import { aCheckIn, aCheckInDraft, aContext, MORNING, POST, valueIn } from '../support/builders'
import { aVault } from '../support/vault'

let db: GatepostDatabase
let codecs: Codecs
beforeEach(async () => {
  db = valueIn(await openDatabase(`merged-${crypto.randomUUID()}`))
  codecs = await aVault(db)
})
afterEach(() => db.delete())

const first = aCheckIn()
const second = aCheckIn()
const given = (operations: MergedDay['operations'], lastSeq = 1, madeAt = MORNING): MergedDay => ({
  day: '2020-02-18' as Day,
  deviceId: 'other' as DeviceId,
  name: '南门 1f3a',
  postId: POST,
  madeAt,
  lastSeq,
  operations,
  uploads: [],
})
const merge = (day: MergedDay) => mergeDays(db, codecs.own, [day], MORNING)
const told = () => toldOfDay(db, codecs, '2020-02-18' as Day)

test('another phone’s day is told beside this one’s; twice changes nothing, and an older file takes nothing back', async () => {
  valueIn(await record(db, codecs.facts, [aCheckInDraft()], aContext()))
  expect(await merge(given([first]))).toBe('merged')
  expect(await merge(given([first]))).toBe('same')
  expect(await merge(given([first, second], 2))).toBe('merged')
  expect(await merge(given([first]))).toBe('older')
  expect((await told()).map(({ by }) => by)).toEqual([undefined, 'other', 'other'])
  expect(JSON.stringify(await db.mergedDays.toArray())).not.toContain(first.operator)
})

test('what was mended since is told once, whichever of the two files comes first, though the clock was set back in between', async () => {
  const mended = { ...first, key: second.key }
  const [before, after] = [given([first], 1, MORNING), given([mended], 2, MORNING - 3_600_000)]
  for (const files of [
    [before, after],
    [after, before],
  ]) {
    await db.mergedDays.clear()
    for (const file of files) await merge(file)
    expect((await told()).map(({ key }) => key)).toEqual([second.key])
  }
})

test('a newer file without a new record is merged too: the phone is in the report until later', async () => {
  await merge(given([first]))
  expect(await merge(given([first], 1, MORNING + 60_000))).toBe('merged')
  expect((await mergedDaysOf(db, codecs.own, '2020-02-18' as Day)).map(({ madeAt }) => madeAt)).toEqual([MORNING + 60_000])
})

test('a day of which only other phones have told is one that can be handed in, once however many they are', async () => {
  await merge(given([first]))
  await merge({ ...given([second]), deviceId: 'third' as DeviceId })
  expect(await daysMerged(db)).toEqual(['2020-02-18'])
})

test('it goes when it has been here for 72 hours', async () => {
  await merge(given([first]))
  await purge(db, MORNING + 71 * 3_600_000)
  expect(await db.mergedDays.count()).toBe(1)
  await purge(db, MORNING + 73 * 3_600_000)
  expect(await db.mergedDays.count()).toBe(0)
})

test('what the server has lost goes into the outbox again, once', async () => {
  const saved = valueIn(await record(db, codecs.facts, [aCheckInDraft(), aCheckInDraft()], aContext()))
  const keys = saved.map(({ key }) => key)
  await settle(db, { accepted: keys, rejected: [], at: 1 })
  expect(await sendAgain(db, keys)).toBe(2)
  expect(await sendAgain(db, keys)).toBe(0)
  expect(await readCounters(db)).toMatchObject({ waiting: 2, accepted: 0 })
})
