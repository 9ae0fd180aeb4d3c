import { clock } from '../domain/clock-text'
import { dailyReport } from '../domain/daily-report'
import { handOverSheet } from '../domain/hand-over-sheet'
import { incidentReport } from '../domain/incident-report'
import { ledgerOf } from '../domain/ledger'
import { localNames } from '../domain/local-names'
import type { ColumnKind, ReportKind, ReportRow, ReportSource } from '../domain/report'
import { dayOf } from '../domain/time'
import { aboutOf } from './about'
import { columnsOf, titlesOf } from './columns'
import { fingerprintOf, shortFingerprint } from './fingerprint'
import { harmless } from './harmless'
import { named } from './words/named'
import type { ReportWords } from './words/words'

export type Cell = string | number

/** A report as every writer takes it, and as a person sees it: all words are in it. */
export interface Sheet {
  readonly kind: ReportKind
  readonly title: string
  /** First of what it tells: day, shift, posts, cut-off, when it was read. Then what is missing of it. */
  readonly about: readonly string[]
  readonly columns: readonly SheetColumn[]
  readonly rows: Cells
  /** By whom, when, and the fingerprint. */
  readonly footer: readonly string[]
  readonly signatures: readonly string[]
  readonly page: ReturnType<ReportWords['page']>
  /** SHA-256 of title, span and rows, 64 hexadecimal digits. */
  readonly fingerprint: string
  readonly madeBy: string
  /** Corrected ms. */
  readonly madeAt: number
}

export interface SheetColumn {
  readonly name: string
  readonly title: string
  readonly kind: ColumnKind
  readonly width: number
}

/** What a person chose, and who they are. */
export interface SheetOrder {
  readonly kind: ReportKind
  /** One shift's name, else the whole day. */
  readonly shift?: string
  /** One post's place, 梧桐苑 南门; else all of them. */
  readonly post?: string
  /** Corrected ms; what happened later is left out. */
  readonly until?: number
  readonly madeBy: string
  /** Corrected ms. */
  readonly madeAt: number
  /** Why a full report was made. */
  readonly reason?: string
}

export type Cells = readonly (readonly Cell[])[]

/** A report's cells. A ledger's hang on the data alone, not on when it is made: they can be kept from its preview for its file. */
export function cellsOf(kind: ReportKind, source: ReportSource, plain: ReportWords): Cells {
  const columns = columnsOf(kind)
  const words = named(plain, localNames(source.community))
  return rowsOf(kind, source, words).map((row) => columns.map(({ name }) => cellOf(row[name] ?? '')))
}

/** Writes one report of a day's data. */
export async function sheetOf(
  source: ReportSource,
  order: SheetOrder,
  plain: ReportWords,
  rows: Cells = cellsOf(order.kind, source, plain),
): Promise<Sheet> {
  const words = named(plain, localNames(source.community))
  const { kind, madeBy, madeAt } = order
  const columns = columnsOf(kind)
  const titles = titlesOf(kind, words)
  const title = `${harmless(source.community.name)} ${words.titles[kind]}`
  const about = aboutOf(source, { order, words, rows: rows.length })
  const fingerprint = await fingerprintOf({ kind, title, span: about[0] ?? '', rows })
  return {
    kind,
    title,
    about,
    columns: columns.map(({ name, kind: holds, width }) => sheetColumn({ name, kind: holds, width, title: titles[name] ?? name })),
    rows,
    footer: [
      words.madeBy(harmless(madeBy), `${dayOf(madeAt, source.zone)} ${clock(madeAt, source.zone)}`),
      words.fingerprint(shortFingerprint(fingerprint)),
    ],
    signatures: kind === 'hand-over' ? words.handOverSignatures : words.signatures,
    page: words.page(),
    fingerprint,
    madeBy: harmless(madeBy),
    madeAt,
  }
}

/** A heading's longest Latin word fits its column: it would be broken in the middle. */
function sheetColumn(column: SheetColumn): SheetColumn {
  const longest = Math.max(0, ...(column.title.match(/[!-~’]+/g) ?? []).map((word) => word.length))
  return { ...column, width: Math.max(column.width, longest + 2) }
}

function rowsOf(kind: ReportKind, source: ReportSource, words: ReportWords): ReportRow[] {
  switch (kind) {
    case 'daily':
      return dailyReport(source, words)
    case 'ledger-masked':
      return ledgerOf(source, 'masked', words)
    case 'ledger-full':
      return ledgerOf(source, 'full', words)
    case 'incidents':
      return incidentReport(source, 'masked', words)
    case 'incidents-full':
      return incidentReport(source, 'full', words)
    case 'hand-over':
      return handOverSheet(source, words)
    default:
      return kind satisfies never
  }
}

const cellOf = (value: string | number): Cell => (typeof value === 'number' ? value : harmless(value))
