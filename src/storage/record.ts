import type { OperationKey, PostId } from '../domain/ids'
import { aboutOperation, type Operation, type Unstamped } from '../domain/operation'
import { err, ok, type Result } from '../domain/result'
import { type Day, dayOf, isoWithOffset, occurredTime } from '../domain/time'
import type { Codec } from './codec'
import { announce, type CountersRow, type FactRow, type GatepostDatabase, type OutboxRow, type WaitRow } from './database'
import { type StorageError, storageError } from './storage-error'

/** What the phone knows at the moment of a record. */
export interface RecordContext {
  /** The device's own clock, ms since 1970. */
  readonly deviceNow: number
  /** The zone, minutes east. */
  readonly offsetMinutes: number
  /** ms to add for the corrected time. */
  readonly clockOffset: number
  readonly postId: PostId
  readonly operator: string
  randomKey(): OperationKey
}

export interface Draft {
  readonly operation: Unstamped
  /** The passage (this check-in, or the target) begins or ends to be an open matter. */
  readonly wait?: 'opens' | 'closes'
}

/** A draft with all but its number. */
interface Sealed {
  readonly draft: Draft
  readonly stamped: Omit<Operation, 'seq'>
  readonly row: Omit<FactRow, 'seq' | 'day'>
  readonly ownDay: Day
}

/** What else is written in the same transaction, and in which stores. */
export interface Also {
  readonly stores: readonly string[]
  write(transaction: IDBTransaction): Promise<void> | void
}

const STORES = ['facts', 'outbox', 'counters', 'waits']
const NO_COUNTERS: CountersRow = { name: 'outbox', lastSeq: 0, waiting: 0, rejected: 0, accepted: 0 }

const NOTHING_ELSE: Also = { stores: [], write: () => undefined }

/** Keeps operations and queues them for the server: all or none. Resolves when they are on disk. */
export async function record(
  db: GatepostDatabase,
  codec: Codec,
  drafts: readonly Draft[],
  context: RecordContext,
  also: Also = NOTHING_ELSE,
): Promise<Result<readonly Operation[], StorageError>> {
  return recordEach(
    db,
    codec,
    drafts.map((draft) => ({ draft, context })),
    also,
  )
}

/** The same, where each has its own time, post and key. */
export async function recordEach(
  db: GatepostDatabase,
  codec: Codec,
  made: readonly { readonly draft: Draft; readonly context: RecordContext }[],
  also: Also = NOTHING_ELSE,
): Promise<Result<readonly Operation[], StorageError>> {
  try {
    const sealed = await Promise.all(made.map(({ draft, context }) => seal(codec, draft, context)))
    const stores = [...STORES, ...also.stores]
    const seqs = await reopeningOnce(db, (again) => commit(db, stores, sealed, also, again))
    announce(db, stores)
    return ok(sealed.map(({ stamped }, i) => ({ ...stamped, seq: seqs[i] }) as Operation))
  } catch (cause) {
    return err(storageError(cause))
  }
}

/** The payload is sealed first: an await of anything else would end the transaction. */
async function seal(codec: Codec, draft: Draft, context: RecordContext): Promise<Sealed> {
  const key = context.randomKey()
  const deviceTime = isoWithOffset(context.deviceNow, context.offsetMinutes)
  const { clockOffset, postId, operator } = context
  const stamped = { ...draft.operation, key, deviceTime, clockOffset, postId, operator } as Omit<Operation, 'seq'>
  const { kind } = draft.operation
  const target = 'target' in draft.operation ? draft.operation.target : undefined
  const subject = subjectOf(draft.operation)
  const { kind: _kind, ...rest } = draft.operation
  const { target: _target, ...sealed } = { target: undefined, ...rest }
  const payload = await codec.seal({ ...sealed, deviceTime, clockOffset, postId, operator }, aboutOperation({ key, kind, target }))
  const { occurredAt } = { occurredAt: undefined, ...draft.operation }
  const at = occurredTime({ deviceTime, clockOffset, ...(occurredAt ? { occurredAt } : {}) })
  return {
    draft,
    stamped,
    ownDay: dayOf(at, context.offsetMinutes),
    row: {
      key,
      kind,
      at,
      state: 'kept',
      payload,
      ...(target ? { target } : {}),
      ...(subject ? { subject } : {}),
      ...(draft.wait ? { wait: draft.wait } : {}),
    },
  }
}

function subjectOf(operation: Unstamped): FactRow['subject'] {
  if (operation.kind === 'arrival') return operation.residentId
  if (operation.kind !== 'check-in' && operation.kind !== 'turned-back') return undefined
  const { subject } = operation
  if (subject.kind === 'resident') return subject.residentId
  return subject.kind === 'unlisted' ? subject.householdId : undefined
}

/** One strict transaction; awaits nothing but IndexedDB. The numbers come from the counters row, so two pages never give the same. */
async function commit(
  db: GatepostDatabase,
  stores: readonly string[],
  sealed: readonly Sealed[],
  also: Also,
  again: boolean,
): Promise<number[]> {
  const transaction = db.backendDB().transaction(stores, 'readwrite', { durability: 'strict' })
  const done = completed(transaction)
  try {
    const facts = transaction.objectStore('facts')
    const first = sealed[0]
    if (again && first && (await asked(facts.get(first.row.key)))) {
      // The connection was lost after the commit: what was to be kept is kept.
      const kept = await Promise.all(sealed.map(({ row }) => asked<FactRow>(facts.get(row.key))))
      await done
      return kept.map(({ seq }) => seq)
    }
    const counters = transaction.objectStore('counters')
    const before = (await asked<CountersRow | undefined>(counters.get('outbox'))) ?? NO_COUNTERS
    const seqs: number[] = []
    for (const entry of sealed) {
      const seq = before.lastSeq + seqs.length + 1
      seqs.push(seq)
      await keep(transaction, entry, seq)
    }
    counters.put({ ...before, lastSeq: before.lastSeq + sealed.length, waiting: before.waiting + sealed.length })
    await also.write(transaction)
    transaction.commit()
    await done
    return seqs
  } catch (cause) {
    abort(transaction)
    await done.catch(() => undefined)
    throw transaction.error ?? cause
  }
}

async function keep(transaction: IDBTransaction, { row, ownDay }: Sealed, seq: number): Promise<void> {
  const facts = transaction.objectStore('facts')
  const target = row.target && (await asked<FactRow | undefined>(facts.get(row.target)))
  const day = target ? target.day : ownDay
  facts.add({ ...row, seq, day } satisfies FactRow)
  // What takes a tip back would tell that there was one.
  const isFleeting = row.kind === 'tip' || (target && target.kind === 'tip')
  const entry: OutboxRow = { seq, key: row.key, day, state: 'waiting', ...(isFleeting ? { fleeting: true } : {}) }
  transaction.objectStore('outbox').add(entry)
  const passage = row.target ?? row.key
  const waits = transaction.objectStore('waits')
  // Who waits longest stands first, whatever was said of them since.
  if (row.wait === 'opens' && !(await asked(waits.get(passage)))) waits.put({ key: passage, since: row.at } satisfies WaitRow)
  if (row.wait === 'closes') waits.delete(passage)
}

/** iOS closes IndexedDB in the background: opens it again and tries once more. */
async function reopeningOnce<T>(db: GatepostDatabase, run: (again: boolean) => Promise<T>): Promise<T> {
  try {
    if (!db.isOpen()) await db.open()
    return await run(false)
  } catch (cause) {
    if (storageError(cause).kind !== 'storage-closed') throw cause
    db.close()
    await db.open()
    return run(true)
  }
}

export function asked<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new DOMException('aborted', 'AbortError'))
  })
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It has ended already; its own error tells why.
  }
}
