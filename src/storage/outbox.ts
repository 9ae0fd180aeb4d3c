import { Dexie } from 'dexie'
import type { OperationKey } from '../domain/ids'
import type { Operation } from '../domain/operation'
import type { Result } from '../domain/result'
import type { Codec } from './codec'
import { shiftCounters } from './counters'
import type { CountersRow, FactRow, GatepostDatabase, OutboxRow } from './database'
import { operationOf } from './facts'
import { asked, type Draft, type RecordContext, recordEach } from './record'
import type { StorageError } from './storage-error'

/** What the server would not take, with its reason. */
export interface Rejected {
  readonly operation: Operation
  readonly code: string
  readonly pointer?: string
  readonly detail?: string
  /** When the answer came, device ms. */
  readonly at: number
}

export interface Settlement {
  readonly accepted: readonly OperationKey[]
  readonly rejected: readonly { readonly key: OperationKey; readonly code: string; readonly pointer?: string; readonly detail?: string }[]
  /** Device ms. */
  readonly at: number
}

/** True where nothing waits and nothing was sent back. */
export const isOutboxEmpty = async (db: GatepostDatabase) => (await db.outbox.count()) === 0

export const confirmedName = (day: string) => `confirmed:${day}`

/** What to send next, by number; what was sent back waits for a person instead. */
export interface Batch {
  readonly operations: readonly Operation[]
  /** As they lie on disk: what this phone cannot read, or cannot read now. */
  readonly sealed: readonly FactRow[]
}

/** The next batch. Without a codec (a locked phone) all of it is sealed; with one, only what does not open any more. */
export async function nextBatch(
  db: GatepostDatabase,
  codec: Codec | undefined,
  limit: number,
  states: 'waiting' | 'all' = 'waiting',
): Promise<Batch> {
  const entries = await (states === 'all'
    ? db.outbox.limit(limit)
    : db.outbox.where('[state+seq]').between(['waiting', Dexie.minKey], ['waiting', Dexie.maxKey]).limit(limit)
  ).toArray()
  const rows = (await db.facts.bulkGet(entries.map(({ key }) => key))).filter((row) => row !== undefined)
  if (!codec) return { operations: [], sealed: rows }
  const read = await Promise.all(rows.map((row) => operationOf(codec, row).catch((cause: unknown) => unreadable(cause, row))))
  return {
    operations: read.filter((each): each is Operation => !('payload' in each)),
    sealed: read.filter((each): each is FactRow => 'payload' in each),
  }
}

/** Only what will never open is passed over; a storage that failed is asked again. */
function unreadable(cause: unknown, row: FactRow): FactRow {
  if (cause instanceof Error && cause.name === 'UnreadableError') return row
  throw cause
}

/** Takes the server's verdicts: accepted leaves the outbox, rejected stays, marked. Tells how many were settled, and how many still wait. */
export async function settle(db: GatepostDatabase, { accepted, rejected, at }: Settlement): Promise<{ settled: number; left: number }> {
  return db.transaction('rw', db.facts, db.outbox, db.counters, db.progress, async () => {
    const leaving = await db.outbox
      .where('key')
      .anyOf([...accepted])
      .toArray()
    await db.outbox.bulkDelete(leaving.map(({ seq }) => seq))
    await db.facts.bulkDelete(leaving.flatMap(({ key, fleeting }) => (fleeting ? [key] : [])))
    const days = new Set(leaving.map(({ day }) => day))
    await db.progress.bulkPut([...days].map((day) => ({ name: confirmedName(day), value: at })))

    const verdicts = new Map(rejected.map((verdict) => [verdict.key, verdict]))
    const refused = (
      await db.outbox
        .where('key')
        .anyOf([...verdicts.keys()])
        .toArray()
    ).filter(({ state }) => state === 'waiting')
    await db.outbox.bulkPut(refused.map((entry) => withRejection(entry, verdicts.get(entry.key), at)))

    const wasRejected = leaving.filter(({ state }) => state === 'rejected').length
    const after = await shiftCounters(db, {
      waiting: wasRejected - leaving.length - refused.length,
      rejected: refused.length - wasRejected,
      accepted: leaving.length,
    })
    return { settled: leaving.length + refused.length, left: after.waiting }
  })
}

function withRejection(entry: OutboxRow, verdict: Settlement['rejected'][number] | undefined, at: number): OutboxRow {
  if (!verdict) return entry
  const { code, pointer, detail } = verdict
  return { ...entry, state: 'rejected', rejection: { code, at, ...(pointer ? { pointer } : {}), ...(detail ? { detail } : {}) } }
}

/** What was sent back, oldest first. */
export async function rejectedOperations(db: GatepostDatabase, codec: Codec): Promise<Rejected[]> {
  const entries = await db.outbox.where('[state+seq]').between(['rejected', Dexie.minKey], ['rejected', Dexie.maxKey]).toArray()
  const rows = await db.facts.bulkGet(entries.map(({ key }) => key))
  const found = entries.flatMap(({ rejection }, i) => {
    const row = rows[i]
    return row && rejection ? [{ row, rejection }] : []
  })
  return Promise.all(found.map(async ({ row, rejection }) => ({ operation: await operationOf(codec, row), ...rejection })))
}

/** Puts records into the outbox again that the server confirmed and has lost since. Their keys keep them from being there twice. */
export async function sendAgain(db: GatepostDatabase, keys: readonly OperationKey[]): Promise<number> {
  return db.transaction('rw', db.facts, db.outbox, db.counters, async () => {
    const queued = new Set(
      (
        await db.outbox
          .where('key')
          .anyOf([...keys])
          .toArray()
      ).map(({ key }) => key),
    )
    const rows = (await db.facts.bulkGet(keys.filter((key) => !queued.has(key)))).filter((row) => row !== undefined)
    await db.outbox.bulkPut(rows.map(({ seq, key, day }) => ({ seq, key, day, state: 'waiting' as const })))
    await shiftCounters(db, { waiting: rows.length, rejected: 0, accepted: -rows.length })
    return rows.length
  })
}

/** The fate of what is not uploaded: by key, of everything in the outbox. */
export async function uploadStates(db: GatepostDatabase): Promise<ReadonlyMap<OperationKey, OutboxRow['state']>> {
  const entries = await db.outbox.toArray()
  return new Map(entries.map(({ key, state }) => [key, state]))
}

/** Sends a rejected operation again, as it is. */
export async function resend(db: GatepostDatabase, key: OperationKey): Promise<void> {
  await db.transaction('rw', db.outbox, db.counters, async () => {
    const entry = await db.outbox.where('key').equals(key).first()
    if (entry?.state !== 'rejected') return
    const { rejection: _rejection, ...rest } = entry
    await db.outbox.put({ ...rest, state: 'waiting' })
    await shiftCounters(db, { waiting: 1, rejected: -1 })
  })
}

/** What takes the place of a record: its own time and post stand in the context. */
export interface Replacement {
  readonly of: OperationKey
  readonly draft: Draft
  readonly context: RecordContext
}

/** Mends what was sent back, with all that names it: new records under new keys, the old ones marked as replaced; all or none. */
export async function replaceRecords(
  db: GatepostDatabase,
  codec: Codec,
  replacements: readonly Replacement[],
): Promise<Result<readonly Operation[], StorageError>> {
  return recordEach(db, codec, replacements, {
    stores: [],
    async write(transaction) {
      for (const { of } of replacements) await markReplaced(transaction, of)
    },
  })
}

async function markReplaced(transaction: IDBTransaction, key: OperationKey): Promise<void> {
  const facts = transaction.objectStore('facts')
  const old = await asked<FactRow | undefined>(facts.get(key))
  if (!old) return
  // A row that nobody can end any more would keep its day here for ever.
  transaction.objectStore('waits').delete(key)
  const outbox = transaction.objectStore('outbox')
  const entry = await asked<OutboxRow | undefined>(outbox.index('key').get(key))
  if (entry?.fleeting) facts.delete(key)
  else facts.put({ ...old, state: 'replaced' } satisfies FactRow)
  if (!entry) return
  outbox.delete(entry.seq)
  const counters = transaction.objectStore('counters')
  const before = await asked<CountersRow>(counters.get('outbox'))
  counters.put({ ...before, [entry.state]: before[entry.state] - 1 } satisfies CountersRow)
}
