import { type Case, isOpenTold, mergeCase } from '../domain/case'
import type { Change } from '../domain/change'
import type { OperationKey } from '../domain/ids'
import type { Told } from '../domain/operation'
import type { JudgedBy } from '../domain/passage'
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
    cases.map(async (told) => {
      const operations = [...told.operations, ...(await untold(db, own, told))]
      return caseRow(own, { passage: told.passage, open: isOpen(operations), operations })
    }),
  )
  await db.cases.bulkPut(rows)
}

/** The server's word of cases, with what came here from phone to phone and has not reached it: whether one is open is then told by all of it. */
export async function withKnown(db: GatepostDatabase, own: Codec, changes: readonly Change[], judgedBy: JudgedBy): Promise<Change[]> {
  return Promise.all(
    changes.map(async (change) => {
      if (change.kind !== 'case') return change
      const others = await untold(db, own, change)
      const operations = [...change.operations, ...others]
      return others.length === 0 ? change : { ...change, operations, open: isOpenTold(operations, judgedBy) }
    }),
  )
}

/** What is known here of a case, and not said by this word of it. */
async function untold(db: GatepostDatabase, own: Codec, { passage, operations }: Omit<Case, 'open'>): Promise<Case['operations']> {
  const said = new Set(operations.map(({ operation }) => operation.key))
  return (await caseOf(db, own, passage)).filter(({ operation }) => !said.has(operation.key))
}

/** What other phones did to these passages, as far as this one was told. */
export async function toldByOthers(db: GatepostDatabase, own: Codec, operations: readonly Told[], self: string): Promise<Told[]> {
  const known = new Set(operations.map(({ key }) => key))
  const keys = (await db.cases.toCollection().primaryKeys()).filter((key) => known.has(key))
  const cases = await Promise.all(keys.map((key) => caseOf(db, own, key)))
  return mergeCase([], cases.flat(), self).filter(({ key }) => !known.has(key))
}
