import { type Case, mergeCase } from '../domain/case'
import type { DeviceId, OperationKey } from '../domain/ids'
import type { Told } from '../domain/operation'
import { correctedTime } from '../domain/time'
import { type Codec, isSamePayload } from './codec'
import type { CaseRow, GatepostDatabase } from './database'
import { operationsAbout } from './facts'

export type IsOpen = (operations: Case['operations']) => boolean

const aboutCase = (passage: OperationKey) => `case ${passage}`

/** What came in of cases, sealed with what was known of them. Sealing would end a transaction, so it is done before. */
export interface CaseUpdate {
  readonly before: CaseRow | undefined
  readonly row: CaseRow
}

/**
 * What is known already is not lost by an older word of a case, nor opened again by one.
 * A word that says whether it is open is believed where nothing else is known.
 */
export async function caseUpdate(
  db: GatepostDatabase,
  own: Codec,
  { passage, operations, open }: Omit<Case, 'open'> & Partial<Pick<Case, 'open'>>,
  isOpen: IsOpen,
): Promise<CaseUpdate> {
  const before = await db.cases.get(passage)
  const said = new Set(operations.map(({ operation }) => operation.key))
  const untold = (before ? await openRow(own, before) : []).filter(({ operation }) => !said.has(operation.key))
  const all = [...operations, ...untold]
  const stays = untold.length === 0 && open !== undefined ? open : isOpen(all)
  const at = Math.max(0, ...all.map(({ operation }) => correctedTime(operation)))
  return { before, row: { passage, open: stays ? 1 : 0, at, payload: await own.seal(all, aboutCase(passage)) } }
}

/** Inside a transaction. False: one of them was written since by another way, nothing is written, and all begins anew. */
export async function putCases(db: GatepostDatabase, updates: readonly CaseUpdate[]): Promise<boolean> {
  const now = await db.cases.bulkGet(updates.map(({ row }) => row.passage))
  if (updates.some(({ before }, i) => !isSamePayload(before?.payload, now[i]?.payload))) return false
  await db.cases.bulkPut(updates.map(({ row }) => row))
  // Another phone may have ended what waits here.
  await db.waits.bulkDelete(updates.flatMap(({ row }) => (row.open === 0 ? [row.passage] : [])))
  return true
}

const openRow = async (own: Codec, { passage, payload }: CaseRow) =>
  // Only `caseUpdate` makes these rows.
  (await own.open(payload, aboutCase(passage))) as Case['operations']

/** What other phones told of a passage; none: nothing. */
export async function caseOf(db: GatepostDatabase, own: Codec, passage: OperationKey): Promise<Case['operations']> {
  const row = await db.cases.get(passage)
  return row ? openRow(own, row) : []
}

/** A passage and all that any phone of the post said of it. */
export async function toldAbout(
  db: GatepostDatabase,
  { facts, own, self }: { readonly facts: Codec; readonly own: Codec; readonly self: string },
  passage: OperationKey,
): Promise<Told[]> {
  return mergeCase(await operationsAbout(db, facts, passage), await caseOf(db, own, passage), self)
}

/** For each open matter of the post its operations, this phone's and the others'; the longest open first. */
export async function openMatters(
  db: GatepostDatabase,
  codecs: { readonly facts: Codec; readonly own: Codec; readonly self: string },
): Promise<Told[][]> {
  const waits = (await db.waits.toArray()).sort((a, b) => a.since - b.since).map(({ key }) => key)
  const cases = await db.cases.where('open').equals(1).primaryKeys()
  return Promise.all([...new Set([...waits, ...cases])].map((key) => toldAbout(db, codecs, key)))
}

/** Cases that came by another way than the server's. */
export async function keepCases(db: GatepostDatabase, own: Codec, cases: readonly Omit<Case, 'open'>[], isOpen: IsOpen): Promise<void> {
  for (;;) {
    const updates = await Promise.all(cases.map(({ passage, operations }) => caseUpdate(db, own, { passage, operations }, isOpen)))
    if (await db.transaction('rw', [db.cases, db.waits], () => putCases(db, updates))) return
  }
}

/** What this phone itself said of open cases is kept with them: its own day is let go of before what others told. */
export async function keepOwnWord(
  db: GatepostDatabase,
  { facts, own, self }: { readonly facts: Codec; readonly own: Codec; readonly self: DeviceId },
  isOpen: IsOpen,
): Promise<void> {
  const passages = await db.cases.where('open').equals(1).primaryKeys()
  const cases = await Promise.all(
    passages.map(async (passage) => ({
      passage,
      operations: (await operationsAbout(db, facts, passage)).map((operation) => ({ deviceId: self, operation })),
    })),
  )
  await keepCases(
    db,
    own,
    cases.filter(({ operations }) => operations.length > 0),
    isOpen,
  )
}

/** What other phones did to these passages, as far as this one was told. */
export async function toldByOthers(db: GatepostDatabase, own: Codec, operations: readonly Told[], self: string): Promise<Told[]> {
  const known = new Set(operations.map(({ key }) => key))
  const keys = (await db.cases.toCollection().primaryKeys()).filter((key) => known.has(key))
  const cases = await Promise.all(keys.map((key) => caseOf(db, own, key)))
  return mergeCase([], cases.flat(), self).filter(({ key }) => !known.has(key))
}
