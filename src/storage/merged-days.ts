import { Dexie } from 'dexie'
import type { DeviceId, PostId } from '../domain/ids'
import type { Operation, Told } from '../domain/operation'
import type { Day } from '../domain/time'
import type { Codec } from './codec'
import type { GatepostDatabase } from './database'
import { operationsOfDay } from './facts'

/** What another phone of the post gave of its day, without a network. */
export interface MergedDay {
  readonly day: Day
  readonly deviceId: DeviceId
  /** How its own phone calls it. */
  readonly name: string
  readonly postId: PostId
  /** Its corrected time, ms. */
  readonly madeAt: number
  readonly operations: readonly Operation[]
}

export type Merging = 'merged' | 'same' | 'older'

const aboutDay = (day: string, deviceId: string) => `merged ${day} ${deviceId}`

/** Keeps a phone's day. Taken twice it changes nothing; an older file does not take back what a newer one told. `now`: device ms. */
export async function mergeDay(db: GatepostDatabase, own: Codec, merged: MergedDay, now: number): Promise<Merging> {
  const before = await mergedDay(db, own, merged.day, merged.deviceId)
  const known = new Set(before?.operations.map(({ key }) => key))
  const news = merged.operations.filter(({ key }) => !known.has(key)).length
  if (before && news === 0) return before.operations.length > merged.operations.length ? 'older' : 'same'
  const told = new Set(merged.operations.map(({ key }) => key))
  const operations = [...merged.operations, ...(before?.operations.filter(({ key }) => !told.has(key)) ?? [])]
  const whole: MergedDay = { ...merged, operations, madeAt: Math.max(merged.madeAt, before?.madeAt ?? 0) }
  const payload = await own.seal(whole, aboutDay(merged.day, merged.deviceId))
  await db.mergedDays.put({ day: merged.day, device: merged.deviceId, takenAt: now, payload })
  return 'merged'
}

async function mergedDay(db: GatepostDatabase, own: Codec, day: Day, deviceId: DeviceId): Promise<MergedDay | undefined> {
  const row = await db.mergedDays.get([day, deviceId])
  // Only `mergeDay` makes these rows.
  return row && ((await own.open(row.payload, aboutDay(day, deviceId))) as MergedDay)
}

/** What other phones gave of a day. */
export async function mergedDaysOf(db: GatepostDatabase, own: Codec, day: Day): Promise<MergedDay[]> {
  const rows = await db.mergedDays.where('[day+device]').between([day, Dexie.minKey], [day, Dexie.maxKey]).toArray()
  return Promise.all(rows.map(async (row) => (await own.open(row.payload, aboutDay(day, row.device))) as MergedDay))
}

/** All that is known here of a day's passages: this phone's, and what other phones gave. */
export async function toldOfDay(
  db: GatepostDatabase,
  { facts, own }: { readonly facts: Codec; readonly own: Codec },
  day: Day,
): Promise<Told[]> {
  const [mine, merged] = await Promise.all([operationsOfDay(db, facts, day), mergedDaysOf(db, own, day)])
  const keys = new Set(mine.map(({ key }) => key))
  const theirs = merged.flatMap(({ deviceId, operations }) =>
    operations.flatMap((operation) => (keys.has(operation.key) ? [] : [{ ...operation, by: deviceId }])),
  )
  return [...mine, ...theirs]
}
