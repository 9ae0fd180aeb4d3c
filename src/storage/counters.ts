import type { CountersRow, GatepostDatabase } from './database'

/** What is always on the screen; one row, written with the facts, because counting rows costs time with their number. */
export interface Counters {
  readonly lastSeq: number
  readonly waiting: number
  readonly rejected: number
  readonly accepted: number
}

const NONE: CountersRow = { name: 'outbox', lastSeq: 0, waiting: 0, rejected: 0, accepted: 0 }

export async function readCounters(db: GatepostDatabase): Promise<Counters> {
  return (await db.counters.get('outbox')) ?? NONE
}

/** Checks the counters against the rows, mends them where they differ, and tells what is true. */
export async function recount(db: GatepostDatabase): Promise<Counters> {
  return db.transaction('rw', db.facts, db.outbox, db.counters, async () => {
    const kept = await db.counters.get('outbox')
    const last = await db.facts.orderBy('seq').last()
    const rejected = await db.outbox.where('[state+seq]').between(['rejected', 0], ['rejected', Number.MAX_SAFE_INTEGER]).count()
    const waiting = (await db.outbox.count()) - rejected
    const uploaded = (await db.facts.count()) - waiting - rejected
    const truth: CountersRow = {
      name: 'outbox',
      lastSeq: Math.max(kept?.lastSeq ?? 0, last?.seq ?? 0),
      waiting,
      rejected,
      // Older facts are gone from the phone by and by; what was accepted stays counted.
      accepted: kept?.accepted ?? uploaded,
    }
    await db.counters.put(truth)
    return truth
  })
}

/** Moves rows between the counts; to be called inside the transaction that moves the rows. */
export async function shiftCounters(
  db: GatepostDatabase,
  by: Partial<Record<'waiting' | 'rejected' | 'accepted', number>>,
): Promise<CountersRow> {
  const before = (await db.counters.get('outbox')) ?? NONE
  const after: CountersRow = {
    ...before,
    waiting: before.waiting + (by.waiting ?? 0),
    rejected: before.rejected + (by.rejected ?? 0),
    accepted: before.accepted + (by.accepted ?? 0),
  }
  await db.counters.put(after)
  return after
}
