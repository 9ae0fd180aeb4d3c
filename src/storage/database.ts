import { Dexie, RangeSet, type Table } from 'dexie'
import type { CardId, CompoundId, DeviceId, HouseholdId, OperationKey, ResidentId } from '../domain/ids'
import type { Notice } from '../domain/notice'
import type { OperationKind } from '../domain/operation'
import { err, ok, type Result } from '../domain/result'
import type { Day } from '../domain/time'
import { type StorageError, storageError } from './storage-error'

/** An operation as it lies on disk: what queries need in the clear, all else in the payload. */
export interface FactRow {
  readonly key: OperationKey
  readonly seq: number
  readonly kind: OperationKind
  /** The calendar day of its passage: a linked operation lies under its target's. */
  readonly day: Day
  /** Corrected time, ms. */
  readonly at: number
  readonly target?: OperationKey
  /** A resident, or the household of a member whom the roster does not know. */
  readonly subject?: ResidentId | HouseholdId
  /** The passage begins or ends to be an open matter: a retest, an incident. */
  readonly wait?: 'opens' | 'closes'
  /** `replaced`: sent back, and mended by another record. */
  readonly state: 'kept' | 'replaced'
  readonly payload: Uint8Array
}

export interface OutboxRow {
  readonly seq: number
  readonly key: OperationKey
  readonly day: Day
  readonly state: 'waiting' | 'rejected'
  /** Leaves no trace here once it is delivered. */
  readonly fleeting?: true
  readonly rejection?: { readonly code: string; readonly pointer?: string; readonly detail?: string; readonly at: number }
}

export interface CountersRow {
  readonly name: 'outbox'
  readonly lastSeq: number
  readonly waiting: number
  readonly rejected: number
  readonly accepted: number
}

/** A passage that is not done with: a retest is waited for, or its incident is open. */
export interface WaitRow {
  readonly key: OperationKey
  readonly since: number
}

export interface RosterPageRow {
  readonly compoundId: CompoundId
  readonly page: number
  readonly payload: Uint8Array
}

/** A shift key, under the data key and sealed to the server. */
export interface ShiftKeyRow {
  readonly id: string
  readonly forPhone: Uint8Array
  readonly forServer?: { readonly receiveKeyId: string; readonly envelope: Uint8Array }
  /** Device ms. */
  readonly madeAt: number
}

/** One thing that is personal and is neither a record nor the roster. */
export interface SealedRow {
  readonly name: string
  readonly payload: Uint8Array
}

/** What the other phones of the post recorded of an open matter. */
export interface CaseRow {
  readonly passage: OperationKey
  readonly open: 0 | 1
  /** Corrected ms of its newest record. */
  readonly at: number
  readonly payload: Uint8Array
}

/** What another phone gave of its day. */
export interface MergedDayRow {
  readonly day: Day
  readonly device: DeviceId
  /** Device ms. */
  readonly takenAt: number
  readonly payload: Uint8Array
}

export interface NoticeRow extends Notice {
  /** Corrected ms; 0: not read yet. */
  readonly readAt: number
}

export interface ProgressRow {
  readonly name: string
  readonly value: string | number
}

const VERSION_1 = {
  facts: 'key, &seq, day, target',
  outbox: 'seq, &key, [state+seq]',
  counters: 'name',
  rosterPages: '[compoundId+page], compoundId',
  progress: 'name',
}

export class GatepostDatabase extends Dexie {
  declare readonly facts: Table<FactRow, OperationKey>
  declare readonly outbox: Table<OutboxRow, number>
  declare readonly counters: Table<CountersRow, string>
  /** Open matters; derived from the facts, and written with them. */
  declare readonly waits: Table<WaitRow, OperationKey>
  declare readonly rosterPages: Table<RosterPageRow, [string, number]>
  declare readonly progress: Table<ProgressRow, string>
  declare readonly shiftKeys: Table<ShiftKeyRow, string>
  declare readonly sealed: Table<SealedRow, string>
  declare readonly cases: Table<CaseRow, OperationKey>
  declare readonly mergedDays: Table<MergedDayRow, [Day, DeviceId]>
  declare readonly notices: Table<NoticeRow, string>
  declare readonly revokedCards: Table<{ readonly id: CardId }, CardId>

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'strict' })
    this.version(1).stores(VERSION_1)
    this.version(2)
      .stores({ facts: 'key, &seq, day, target, [subject+at]', waits: 'key' })
      .upgrade(async (transaction) => {
        const facts: FactRow[] = await transaction.table('facts').toArray()
        await transaction.table('waits').bulkPut(waitsOf(facts))
      })
    this.version(3).stores({ shiftKeys: 'id', sealed: 'name', revokedCards: 'id' })
    this.version(4).stores({ cases: 'passage, open', notices: 'id' })
    this.version(5).stores({ mergedDays: '[day+device], takenAt' })
  }
}

/** What is still waiting after these facts, in the order of their numbers. */
export function waitsOf(facts: readonly FactRow[]): WaitRow[] {
  const waits = new Map<OperationKey, WaitRow>()
  for (const fact of [...facts].sort((a, b) => a.seq - b.seq)) {
    const passage = fact.target ?? fact.key
    if (fact.wait === 'opens' && !waits.has(passage)) waits.set(passage, { key: passage, since: fact.at })
    if (fact.wait === 'closes') waits.delete(passage)
  }
  return [...waits.values()]
}

/** Opens the phone's database and brings it to the newest version. */
export async function openDatabase(name = 'gatepost'): Promise<Result<GatepostDatabase, StorageError>> {
  const db = new GatepostDatabase(name)
  try {
    const opened = db.open().then(() => 'opened' as const)
    const blocked = new Promise<'blocked'>((tell) => db.on('blocked', () => tell('blocked')))
    if ((await Promise.race([opened, blocked])) === 'opened') return ok(db)
    opened.catch(() => undefined)
    db.close()
    return err({ kind: 'storage-blocked' })
  } catch (cause) {
    db.close()
    return err(storageError(cause))
  }
}

/** Tells live queries of a write that went past Dexie. */
export function announce(db: GatepostDatabase, stores: readonly string[]): void {
  const everything = () => new RangeSet(Number.NEGATIVE_INFINITY, [[]])
  const parts = stores.map((store) => [`idb://${db.name}/${store}/`, everything()] as const)
  const indexes = stores.flatMap((store) =>
    db.table(store).schema.indexes.map((index) => [`idb://${db.name}/${store}/${index.name}`, everything()] as const),
  )
  Dexie.on('storagemutated').fire(Object.fromEntries([...parts, ...indexes]))
}
