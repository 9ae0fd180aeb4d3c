import type { Change } from '../domain/change'
import type { CompoundId } from '../domain/ids'
import type { Operation } from '../domain/operation'
import type { Result } from '../domain/result'
import type { RosterPage } from '../domain/roster'
import type { Codec } from './codec'
import type { GatepostDatabase, RosterPageRow } from './database'
import { asked, type Draft, type RecordContext, record } from './record'
import type { StorageError } from './storage-error'

const CURSOR = 'cursor'

/** Applies a page of changes and moves the cursor: both or neither. What concerns the identity is the caller's. */
export async function applyChanges(db: GatepostDatabase, codec: Codec, changes: readonly Change[], cursor: string): Promise<void> {
  const sealed = await Promise.all(changes.map(async (change) => ({ change, row: await rowOf(codec, change) })))
  await db.transaction('rw', db.rosterPages, db.progress, async () => {
    for (const { change, row } of sealed) {
      if (row) await db.rosterPages.put(row)
      if (change.kind === 'roster') {
        await db.rosterPages
          .where('compoundId')
          .equals(change.compoundId)
          .and(({ page }) => page >= change.pages)
          .delete()
      }
    }
    await db.progress.put({ name: CURSOR, value: cursor })
  })
}

async function rowOf(codec: Codec, change: Change): Promise<RosterPageRow | undefined> {
  return change.kind === 'roster-page' ? pageRow(codec, change.page) : undefined
}

async function pageRow(codec: Codec, page: RosterPage): Promise<RosterPageRow> {
  return { compoundId: page.compoundId, page: page.page, payload: await codec.seal(page) }
}

export async function readCursor(db: GatepostDatabase): Promise<string | undefined> {
  const row = await db.progress.get(CURSOR)
  return row && String(row.value)
}

export async function loadRoster(db: GatepostDatabase, codec: Codec): Promise<readonly RosterPage[]> {
  const rows = await db.rosterPages.toArray()
  // Only this file writes pages.
  return Promise.all(rows.map(async ({ payload }) => (await codec.open(payload)) as RosterPage))
}

/** Puts an imported roster in the place of a compound's and queues it for the server: both or neither. */
export async function replaceRoster(
  db: GatepostDatabase,
  codec: Codec,
  compoundId: CompoundId,
  pages: readonly RosterPage[],
  drafts: readonly Draft[],
  context: RecordContext,
): Promise<Result<readonly Operation[], StorageError>> {
  const rows = await Promise.all(pages.map((page) => pageRow(codec, page)))
  return record(db, codec, drafts, context, {
    stores: ['rosterPages'],
    async write(transaction) {
      const store = transaction.objectStore('rosterPages')
      for (const key of await asked<IDBValidKey[]>(store.index('compoundId').getAllKeys(compoundId))) store.delete(key)
      for (const row of rows) store.put(row)
    },
  })
}
