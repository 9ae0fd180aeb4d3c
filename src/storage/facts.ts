import { Dexie } from 'dexie'
import type { LastRecord } from '../domain/clock'
import type { OperationKey, ResidentId } from '../domain/ids'
import { aboutOperation, type Operation } from '../domain/operation'
import { type JudgedBy, type Passage, passageOf, voidsOf } from '../domain/passage'
import type { Arrival } from '../domain/post-operations'
import { isOuting, wentThrough } from '../domain/presence'
import type { Reading } from '../domain/reading'
import type { Household } from '../domain/roster'
import type { RosterIndex } from '../domain/roster-search'
import { correctedTime, type Day } from '../domain/time'
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

type Known = Pick<RosterIndex, 'residentById'>

/** What passages are folded from. */
export interface Folded {
  readonly db: GatepostDatabase
  readonly codec: Codec
  readonly judgedBy: JudgedBy
}

/** The newest passage of a resident since `since` (corrected ms) that was not voided; who walked off before the retest has not passed. */
export async function latestPassageOf(facts: Folded, subject: ResidentId, since: number): Promise<Passage | undefined> {
  const rows = await checkInsOf(facts.db, subject, since)
  for (const row of rows.reverse()) {
    const passage = await passageOfRow(facts, row)
    if (passage && !passage.voided && wentThrough(passage)) return passage
  }
  return undefined
}

/** How many times a household's members, listed or not, went out since an instant (corrected ms). */
export async function outingsWithin(facts: Folded, { id, residents }: Household, since: number, until: number): Promise<number> {
  const rows = await Promise.all([id, ...residents.map((resident) => resident.id)].map((subject) => checkInsOf(facts.db, subject, since)))
  const passages = await Promise.all(rows.flat().map((row) => passageOfRow(facts, row)))
  return passages.filter((passage) => passage && passage.at <= until && isOuting(passage)).length
}

async function checkInsOf(db: GatepostDatabase, subject: NonNullable<FactRow['subject']>, since: number): Promise<FactRow[]> {
  const rows = await db.facts.where('[subject+at]').between([subject, since], [subject, Dexie.maxKey]).toArray()
  return rows.filter((row) => isKept(row) && row.kind === 'check-in')
}

async function passageOfRow({ db, codec, judgedBy }: Folded, { key }: FactRow): Promise<Passage | undefined> {
  const operations = await operationsAbout(db, codec, key)
  const checkIn = operations.find((operation) => operation.kind === 'check-in')
  return checkIn && passageOf(checkIn, operations, judgedBy)
}

/** Whether this resident's journey was registered here, or answered for, since an instant (corrected ms); what was taken back answers nothing. */
export async function hasArrival(db: GatepostDatabase, codec: Codec, subject: ResidentId, since: number): Promise<boolean> {
  const rows = await db.facts.where('[subject+at]').between([subject, since], [subject, Dexie.maxKey]).toArray()
  for (const row of rows.filter(isKept)) {
    if (row.kind !== 'arrival' && row.kind !== 'check-in') continue
    const operations = await operationsAbout(db, codec, row.key)
    if (voidsOf(operations).has(row.key)) continue
    const answered = ({ key, ...each }: Operation) => key === row.key && each.kind === 'check-in' && each.answers?.arrival !== undefined
    if (row.kind === 'arrival' || operations.some(answered)) return true
  }
  return false
}

/** The arrivals registered on a day that still count, by number. */
export async function arrivalsOfDay(db: GatepostDatabase, codec: Codec, day: Day): Promise<Arrival[]> {
  const rows = (await db.facts.where('day').equals(day).toArray()).filter(isKept)
  const voided = new Set(rows.flatMap(({ kind, target }) => (kind === 'void' && target ? [target] : [])))
  const operations = await opened(
    codec,
    rows.filter(({ kind, key }) => kind === 'arrival' && !voided.has(key)),
  )
  return operations.flatMap((operation) => (operation.kind === 'arrival' ? [operation] : []))
}

/** The last readings taken on this phone, in their order. */
export async function lastReadings(db: GatepostDatabase, codec: Codec, most: number): Promise<Reading[]> {
  const found: Reading[] = []
  // Between readings stand signings, counts and corrections: further back is looked a few times, not for ever.
  for (let page = 0; page < READINGS_LOOKED_BACK && found.length < most; page++) {
    const rows = await db.facts
      .orderBy('seq')
      .reverse()
      .offset(page * most)
      .limit(most)
      .toArray()
    if (rows.length === 0) break
    found.unshift(...(await opened(codec, rows.filter(isKept))).flatMap(readingsIn))
  }
  return found.slice(-most)
}

const READINGS_LOOKED_BACK = 5 // pages

function readingsIn(operation: Operation): Reading[] {
  if (operation.kind === 'retest') return [operation.reading]
  return operation.kind === 'check-in' && 'celsius' in operation.measured ? [operation.measured] : []
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

/** The residents of a roster who passed last, each once, newest first. */
export async function lastSubjects(db: GatepostDatabase, { residentById }: Known, most: number): Promise<ResidentId[]> {
  const rows = await db.facts
    .orderBy('seq')
    .reverse()
    .limit(most * 8) // retests, counts and repeats stand in between
    .toArray()
  const ids = rows.flatMap(({ subject, kind }) => {
    const id = subject as ResidentId | undefined
    // A household stands for a member whom the roster does not know.
    return id && kind === 'check-in' && residentById.has(id) ? [id] : []
  })
  return [...new Set(ids)].slice(0, most)
}

/** The newest record on this phone, at the time that it was made: what was written late tells an older one in its row. */
export async function lastRecord(db: GatepostDatabase, codec: Codec): Promise<LastRecord | undefined> {
  const row = await db.facts.orderBy('seq').last()
  return row && { seq: row.seq, at: correctedTime(await operationOf(codec, row)) }
}
