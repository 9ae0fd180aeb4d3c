import { dailyReport } from '../domain/daily-report'
import { handOverSheet } from '../domain/hand-over-sheet'
import { incidentReport } from '../domain/incident-report'
import { clock, ledgerOf } from '../domain/ledger'
import type { ColumnKind, ReportKind, ReportRow, ReportSource } from '../domain/report'
import { dayOf } from '../domain/time'
import { columnsOf, titlesOf } from './columns'
import { fingerprintOf, shortFingerprint } from './fingerprint'
import { harmless } from './harmless'
import type { ReportWords } from './words/words'

export type Cell = string | number

/** A report as every writer takes it, and as a person sees it: all words are in it. */
export interface Sheet {
  readonly kind: ReportKind
  readonly title: string
  /** Of what it tells: day, shift, posts, cut-off, what is missing. */
  readonly about: readonly string[]
  readonly columns: readonly SheetColumn[]
  readonly rows: readonly (readonly Cell[])[]
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
  /** Why a full ledger was made. */
  readonly reason?: string
}

/** Writes one report of a day's data. */
export async function sheetOf(source: ReportSource, order: SheetOrder, words: ReportWords): Promise<Sheet> {
  const { kind, madeBy, madeAt } = order
  const columns = columnsOf(kind)
  const titles = titlesOf(kind, words)
  const rows = rowsOf(kind, source, words).map((row) => columns.map(({ name }) => cellOf(row[name] ?? '')))
  const title = `${harmless(source.community.name)} ${words.titles[kind]}`
  const about = aboutOf(source, { order, words, rows: rows.length })
  const fingerprint = await fingerprintOf({ kind, title, span: about[0] ?? '', rows })
  return {
    kind,
    title,
    about,
    columns: columns.map(({ name, kind: holds, width }) => ({ name, kind: holds, width, title: titles[name] ?? name })),
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

function rowsOf(kind: ReportKind, source: ReportSource, words: ReportWords): ReportRow[] {
  switch (kind) {
    case 'daily':
      return dailyReport(source, words)
    case 'ledger-masked':
      return ledgerOf(source, 'masked', words)
    case 'ledger-full':
      return ledgerOf(source, 'full', words)
    case 'incidents':
      return incidentReport(source, words)
    case 'hand-over':
      return handOverSheet(source, words)
    default:
      return kind satisfies never
  }
}

/** Of what time and place a report tells, in one line: 2020-02-18　早班　梧桐苑 南门　截至 12:00. */
export function spanLine(
  { day, zone }: Pick<ReportSource, 'day' | 'zone'>,
  { shift, post, until }: Pick<SheetOrder, 'shift' | 'post' | 'until'>,
  words: ReportWords,
): string {
  const cutOff = until === undefined ? '' : words.until(clock(until, zone))
  return harmless([day, shift ?? words.wholeDay, post ?? words.allPosts, cutOff].filter(Boolean).join('　'))
}

interface About {
  readonly order: SheetOrder
  readonly words: ReportWords
  readonly rows: number
}

function aboutOf(source: ReportSource, { order, words, rows }: About): string[] {
  const { kind, reason } = order
  const states = [...source.uploads.values()]
  const waiting = states.filter((state) => state === 'waiting').length
  const unmerged = source.unmerged.map((phone) =>
    words.unmerged(phone, phone.lastSeen === undefined ? undefined : clock(phone.lastSeen, source.zone)),
  )
  const isLedger = kind === 'ledger-full' || kind === 'ledger-masked'
  return [
    spanLine(source, order, words),
    ...(kind === 'daily' ? [] : [rows === 0 ? words.nilReport : words.rows(rows)]),
    ...(isLedger ? [kind === 'ledger-full' ? words.full(reason ?? '') : words.masked] : []),
    ...(states.length > 0 ? [words.notUploaded(waiting, states.length - waiting)] : []),
    ...unmerged,
  ].map(harmless)
}

const cellOf = (value: string | number): Cell => (typeof value === 'number' ? value : harmless(value))
