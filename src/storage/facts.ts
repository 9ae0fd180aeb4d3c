import { Dexie } from 'dexie'
import type { OperationKey, ResidentId } from '../domain/ids'
import { aboutOperation, type CheckIn, type Operation } from '../domain/operation'
import type { Day } from '../domain/time'
import type { Codec } from './codec'
import type { FactRow, GatepostDatabase } from './database'

/** All that was recorded of a day's passages, by number; what was replaced is left out. */
export async function operationsOfDay(db: GatepostDatabase, codec: Codec, day: Day): Promise<Operation[]> {
  const rows = await db.facts.where('day').equals(day).toArray()
  return opened(codec, rows.filter(isKept))
}

/** A check-in and all that names it as its target. */
export async function operationsAbout(db: GatepostDatabase, codec: Codec, key: OperationKey): Promise<Operation[]> {
  const [own, linked] = await Promise.all([db.facts.get(key), db.facts.where('target').equals(key).toArray()])
  return opened(codec, [...(own ? [own] : []), ...linked].filter(isKept))
}

/** The newest check-in of a resident since `since` (corrected ms) that was not voided. */
export async function latestCheckInOf(
  db: GatepostDatabase,
  codec: Codec,
  subject: ResidentId,
  since: number,
): Promise<CheckIn | undefined> {
  const rows = await db.facts.where('[subject+at]').between([subject, since], [subject, Dexie.maxKey]).reverse().toArray()
  for (const row of rows.filter(isKept)) {
    const linked = await db.facts.where('target').equals(row.key).toArray()
    if (linked.some(({ kind }) => kind === 'void')) continue
    const operation = await operationOf(codec, row)
    if (operation.kind === 'check-in') return operation
  }
  return undefined
}

/** For each passage that waits for a retest, its operations; the longest waiting first. */
export async function openWaits(db: GatepostDatabase, codec: Codec): Promise<Operation[][]> {
  const waits = await db.waits.toArray()
  return Promise.all(waits.sort((a, b) => a.since - b.since).map(({ key }) => operationsAbout(db, codec, key)))
}

/** The calendar days of which something is on this phone, newest first. */
export async function daysKept(db: GatepostDatabase): Promise<Day[]> {
  const days = await db.facts.orderBy('day').uniqueKeys()
  return days.map((day) => String(day) as Day).reverse()
}

export async function operationOf(codec: Codec, row: FactRow): Promise<Operation> {
  const payload = await codec.open(row.payload, aboutOperation(row))
  const { key, seq, kind, target } = row
  // Only `record` writes facts, and it writes an operation.
  return { ...(payload as object), key, seq, kind, ...(target ? { target } : {}) } as Operation
}

const isKept = (row: FactRow) => row.state === 'kept'

async function opened(codec: Codec, rows: readonly FactRow[]): Promise<Operation[]> {
  const operations = await Promise.all(rows.map((row) => operationOf(codec, row)))
  return operations.sort((a, b) => a.seq - b.seq)
}
