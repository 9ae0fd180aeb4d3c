import type { Change } from '../domain/change'
import type { CardId, CompoundId, HouseholdId, OperationKey } from '../domain/ids'
import type { Operation } from '../domain/operation'
import type { Result } from '../domain/result'
import type { Household, RosterPage } from '../domain/roster'
import { caseUpdate, type IsOpen, putCases } from './cases'
import { type Codec, isSamePayload } from './codec'
import type { GatepostDatabase, RosterPageRow, SealedRow } from './database'
import { putNotice } from './notices'
import { type Also, asked, type Draft, type RecordContext, record } from './record'
import { sealedRow } from './sealed-values'
import type { StorageError } from './storage-error'

const CURSOR = 'cursor'

/** Applies a page of changes and moves the cursor: both or neither. What concerns the identity is the caller's. */
export async function applyChanges(
  db: GatepostDatabase,
  codec: Codec,
  changes: readonly Change[],
  cursor: string,
  isOpen: IsOpen,
): Promise<void> {
  const sealed = await Promise.all(
    changes.map(async (change) => ({
      change,
      row: change.kind === 'roster-page' ? await pageRow(codec, change.page) : undefined,
      value: change.kind === 'observations' ? await sealedRow(codec, 'observations', change.observations) : undefined,
    })),
  )
  const told = newestOfEach(changes.flatMap((change) => (change.kind === 'case' ? [change] : [])))
  const stores = [db.rosterPages, db.revokedCards, db.progress, db.sealed, db.cases, db.notices, db.waits]
  for (;;) {
    const cases = await Promise.all(told.map((each) => caseUpdate(db, codec, each, isOpen)))
    const isDone = await db.transaction('rw', stores, async () => {
      if (!(await putCases(db, cases))) return false
      for (const each of sealed) await put(db, each)
      await db.progress.put({ name: CURSOR, value: cursor })
      return true
    })
    if (isDone) return
  }
}

/** A page that tells a case twice ends with the later word. */
function newestOfEach<Told extends { readonly passage: OperationKey }>(cases: readonly Told[]): Told[] {
  return [...new Map(cases.map((told) => [told.passage, told])).values()]
}

interface SealedChange {
  readonly change: Change
  readonly row: RosterPageRow | undefined
  readonly value: SealedRow | undefined
}

async function put(db: GatepostDatabase, { change, row, value }: SealedChange): Promise<void> {
  if (row) await db.rosterPages.put(row)
  if (value) await db.sealed.put(value)
  if (change.kind === 'notice') await putNotice(db, change.notice)
  if (change.kind === 'revoked-cards') {
    await db.revokedCards.clear()
    await db.revokedCards.bulkPut(change.ids.map((id) => ({ id })))
  }
  if (change.kind === 'roster') {
    await db.rosterPages
      .where('compoundId')
      .equals(change.compoundId)
      .and(({ page }) => page >= change.pages)
      .delete()
  }
}

async function pageRow(codec: Codec, page: RosterPage): Promise<RosterPageRow> {
  return { compoundId: page.compoundId, page: page.page, payload: await codec.seal(page, aboutPage(page)) }
}

const aboutPage = ({ compoundId, page }: Pick<RosterPageRow, 'compoundId' | 'page'>) => `roster ${compoundId} ${page}`

export async function readCursor(db: GatepostDatabase): Promise<string | undefined> {
  const row = await db.progress.get(CURSOR)
  return row && String(row.value)
}

export async function loadRoster(db: GatepostDatabase, codec: Codec): Promise<readonly RosterPage[]> {
  const rows = await db.rosterPages.toArray()
  // Only this file writes pages.
  return Promise.all(rows.map(async (row) => (await codec.open(row.payload, aboutPage(row))) as RosterPage))
}

/** The cards that were switched off before their time. */
export async function loadRevokedCards(db: GatepostDatabase): Promise<ReadonlySet<CardId>> {
  return new Set(await db.revokedCards.toCollection().primaryKeys())
}

/** Changes one household on its page, to be written with the record of it; undefined: this phone does not know it. */
export async function householdChange(
  db: GatepostDatabase,
  codec: Codec,
  { compoundId, householdId }: { readonly compoundId: CompoundId; readonly householdId: HouseholdId },
  change: (before: Household) => Household,
): Promise<Also | undefined> {
  for (const row of await db.rosterPages.where('compoundId').equals(compoundId).toArray()) {
    // Only this file writes pages.
    const page = (await codec.open(row.payload, aboutPage(row))) as RosterPage
    if (!page.households.some(({ id }) => id === householdId)) continue
    const households = page.households.map((household) => (household.id === householdId ? change(household) : household))
    const changed = await pageRow(codec, { ...page, households })
    return {
      stores: ['rosterPages'],
      async write(transaction) {
        const store = transaction.objectStore('rosterPages')
        const now = await asked<RosterPageRow | undefined>(store.get([row.compoundId, row.page]))
        // The server told a newer page meanwhile: nothing is written, and the next try begins from that one.
        if (!now || !isSamePayload(now.payload, row.payload)) throw new DOMException('the page has changed', 'AbortError')
        store.put(changed)
      },
    }
  }
  return undefined
}

const A_PAGE = 200 // households; a page is sealed and read as a whole

/** Adds a household to a compound's roster, to be written with the record of it. */
export async function householdAdded(db: GatepostDatabase, codec: Codec, compoundId: CompoundId, household: Household): Promise<Also> {
  const rows = await db.rosterPages.where('compoundId').equals(compoundId).sortBy('page')
  const last = rows.at(-1)
  // Only this file writes pages.
  const page = last && ((await codec.open(last.payload, aboutPage(last))) as RosterPage)
  const grows = page && page.households.length < A_PAGE
  const changed = await pageRow(codec, {
    compoundId,
    page: grows ? page.page : rows.length,
    households: [...(grows ? page.households : []), household],
  })
  return {
    stores: ['rosterPages'],
    async write(transaction) {
      const store = transaction.objectStore('rosterPages')
      const now = await asked<RosterPageRow | undefined>(store.get([changed.compoundId, changed.page]))
      // The server told a newer page meanwhile: nothing is written, and the next try begins from that one.
      if (grows ? !now || !isSamePayload(now.payload, last?.payload) : now) throw new DOMException('the page has changed', 'AbortError')
      store.put(changed)
    },
  }
}

/** Puts an imported roster in the place of a compound's and queues it for the server: both or neither. */
export async function replaceRoster(
  db: GatepostDatabase,
  { facts, own }: { readonly facts: Codec; readonly own: Codec },
  compoundId: CompoundId,
  pages: readonly RosterPage[],
  drafts: readonly Draft[],
  context: RecordContext,
): Promise<Result<readonly Operation[], StorageError>> {
  const rows = await Promise.all(pages.map((page) => pageRow(own, page)))
  return record(db, facts, drafts, context, {
    stores: ['rosterPages'],
    async write(transaction) {
      const store = transaction.objectStore('rosterPages')
      for (const key of await asked<IDBValidKey[]>(store.index('compoundId').getAllKeys(compoundId))) store.delete(key)
      for (const row of rows) store.put(row)
    },
  })
}
