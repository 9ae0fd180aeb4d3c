import { Dexie } from 'dexie'
import type { DeviceId, OperationKey, PostId } from '../domain/ids'
import type { Operation, Told } from '../domain/operation'
import type { Day } from '../domain/time'
import { toldByOthers } from './cases'
import type { Codec } from './codec'
import type { GatepostDatabase, MergedDayRow } from './database'
import { operationsOfDay } from './facts'

/** What another phone of the post gave of its day, without a network: all that it knew of that day then. */
export interface MergedDay {
  readonly day: Day
  readonly deviceId: DeviceId
  /** How its own phone calls it. */
  readonly name: string
  readonly postId: PostId
  /** Its corrected time, ms. */
  readonly madeAt: number
  /** The number of its newest record then: tells the newer of two files, whatever its clock does. */
  readonly lastSeq: number
  readonly operations: readonly Operation[]
  /** What of it was not on the server then. */
  readonly uploads: readonly { readonly key: OperationKey; readonly state: 'waiting' | 'rejected' }[]
}

export type Merging = 'merged' | 'same' | 'older'

const aboutDay = (day: string, deviceId: string) => `merged ${day} ${deviceId}`

/**
 * Keeps what a phone gave of some days: all or nothing. The newest file of a phone and day holds, because a record that was mended since
 * is in it under another key. Taken twice, or in the wrong order, it changes nothing. `now`: device ms.
 */
export async function mergeDays(db: GatepostDatabase, own: Codec, given: readonly MergedDay[], now: number): Promise<Merging> {
  const weighed = await Promise.all(given.map(async (day) => ({ day, merging: mergingOf(day, await mergedDay(db, own, day)) })))
  const rows = await Promise.all(
    weighed
      .filter(({ merging }) => merging === 'merged')
      .map(async ({ day: { day, deviceId, ...rest } }) => ({
        day,
        device: deviceId,
        takenAt: now,
        payload: await own.seal({ day, deviceId, ...rest }, aboutDay(day, deviceId)),
      })),
  )
  await db.mergedDays.bulkPut(rows)
  const found = weighed.map(({ merging }) => merging)
  return found.includes('merged') ? 'merged' : found.includes('older') ? 'older' : 'same'
}

function mergingOf(given: MergedDay, before: MergedDay | undefined): Merging {
  if (!before) return 'merged'
  const newer = given.lastSeq - before.lastSeq || given.madeAt - before.madeAt
  return newer > 0 ? 'merged' : newer < 0 ? 'older' : 'same'
}

async function mergedDay(db: GatepostDatabase, own: Codec, { day, deviceId }: MergedDay): Promise<MergedDay | undefined> {
  const row = await db.mergedDays.get([day, deviceId])
  return row && opened(own, row)
}

/** What other phones gave of a day. */
export async function mergedDaysOf(db: GatepostDatabase, own: Codec, day: Day): Promise<MergedDay[]> {
  const rows = await db.mergedDays.where('[day+device]').between([day, Dexie.minKey], [day, Dexie.maxKey]).toArray()
  return Promise.all(rows.map((row) => opened(own, row)))
}

/** Only `mergeDays` makes these rows; a build of before told neither of numbers nor of uploads. */
async function opened(own: Codec, { day, device, payload }: MergedDayRow): Promise<MergedDay> {
  return { lastSeq: 0, uploads: [], ...((await own.open(payload, aboutDay(day, device))) as Omit<MergedDay, 'lastSeq' | 'uploads'>) }
}

/** The days of which another phone gave something. */
export async function daysMerged(db: GatepostDatabase): Promise<Day[]> {
  const rows = await db.mergedDays.toCollection().primaryKeys()
  return [...new Set(rows.map(([day]) => String(day) as Day))]
}

/** All that is known here of a day's passages: this phone's, what other phones gave, and what they did to somebody who waited here. */
export async function toldOfDay(
  db: GatepostDatabase,
  { facts, own, self = '' }: { readonly facts: Codec; readonly own: Codec; readonly self?: string },
  day: Day,
): Promise<Told[]> {
  const [mine, merged] = await Promise.all([operationsOfDay(db, facts, day), mergedDaysOf(db, own, day)])
  const keys = new Set(mine.map(({ key }) => key))
  const theirs = merged.flatMap(({ deviceId, operations }) =>
    operations.flatMap((operation) => (keys.has(operation.key) ? [] : [{ ...operation, by: deviceId }])),
  )
  const known = [...mine, ...theirs]
  return [...known, ...(await toldByOthers(db, own, known, self))]
}
