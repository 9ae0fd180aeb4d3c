import type { OperationKey } from '../domain/ids'
import type { Day } from '../domain/time'
import type { Codec } from './codec'
import type { FactRow, GatepostDatabase } from './database'
import { operationOf } from './facts'

/** One tap on the counter. */
export interface Tap {
  readonly key: OperationKey
  readonly people: number
  /** Corrected ms. */
  readonly at: number
}

export interface TapsTold {
  readonly taps: readonly Tap[]
  /** What no longer counts, whatever it was. */
  readonly voided: readonly OperationKey[]
  /** The last record that was looked at. */
  readonly seq: number
}

/** What a day's records tell of its taps, from the one after `seq` on: a tap reads only what is new. */
export async function tapsAfter(db: GatepostDatabase, codec: Codec, day: Day, seq: number): Promise<TapsTold> {
  const all = seq === 0 ? db.facts.where('day').equals(day) : db.facts.where('seq').above(seq)
  const rows = (await all.toArray()).filter((row) => row.day === day && row.state === 'kept')
  return {
    taps: (await Promise.all(rows.filter(({ kind }) => kind === 'count').map((row) => tapOf(codec, row)))).flat(),
    voided: rows.flatMap(({ kind, target }) => (kind === 'void' && target ? [target] : [])),
    seq: rows.reduce((last, row) => Math.max(last, row.seq), seq),
  }
}

async function tapOf(codec: Codec, row: FactRow): Promise<Tap[]> {
  const operation = await operationOf(codec, row)
  return operation.kind === 'count' ? [{ key: row.key, people: operation.people, at: row.at }] : []
}
