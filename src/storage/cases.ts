import { type Case, mergeCase } from '../domain/case'
import type { OperationKey } from '../domain/ids'
import type { Told } from '../domain/operation'
import { correctedTime } from '../domain/time'
import type { Codec } from './codec'
import type { CaseRow, GatepostDatabase } from './database'
import { operationsAbout } from './facts'

const aboutCase = (passage: OperationKey) => `case ${passage}`

export async function caseRow(codec: Codec, { passage, operations, open }: Case): Promise<CaseRow> {
  const at = Math.max(0, ...operations.map(({ operation }) => correctedTime(operation)))
  return { passage, open: open ? 1 : 0, at, payload: await codec.seal(operations, aboutCase(passage)) }
}

/** Another phone may have ended what waits here. */
export async function putCase(db: GatepostDatabase, row: CaseRow): Promise<void> {
  await db.cases.put(row)
  if (row.open === 0) await db.waits.delete(row.passage)
}

/** What other phones told of a passage; none: nothing. */
export async function caseOf(db: GatepostDatabase, own: Codec, passage: OperationKey): Promise<Case['operations']> {
  const row = await db.cases.get(passage)
  // Only `caseRow` makes these rows.
  return row ? ((await own.open(row.payload, aboutCase(passage))) as Case['operations']) : []
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

/** Cases that came by another way than the server's: what is known already is not lost by an older word of it, nor opened again by one. */
export async function keepCases(
  db: GatepostDatabase,
  own: Codec,
  cases: readonly Omit<Case, 'open'>[],
  isOpen: (operations: Case['operations']) => boolean,
): Promise<void> {
  const rows = await Promise.all(
    cases.map(async ({ passage, operations }) => {
      const before = await caseOf(db, own, passage)
      const keys = new Set(operations.map(({ operation }) => operation.key))
      const known = [...operations, ...before.filter(({ operation }) => !keys.has(operation.key))]
      return caseRow(own, { passage, open: isOpen(known), operations: known })
    }),
  )
  await db.cases.bulkPut(rows)
}
