import type { DailyColumn, DailyWords } from '../../domain/daily-report'
import type { HandOverColumn, HandOverWords } from '../../domain/hand-over-sheet'
import type { IncidentColumn, IncidentWords } from '../../domain/incident-report'
import type { LedgerColumn, LedgerWords } from '../../domain/ledger-columns'
import type { ReportKind } from '../../domain/report'

/** All words of the reports in one language; phone and server write the same. */
export interface ReportWords extends LedgerWords, DailyWords, IncidentWords, HandOverWords {
  readonly ledgerColumns: Readonly<Record<LedgerColumn, string>>
  readonly dailyColumns: Readonly<Record<DailyColumn, string>>
  readonly incidentColumns: Readonly<Record<IncidentColumn, string>>
  readonly handOverColumns: Readonly<Record<HandOverColumn, string>>
  readonly titles: Readonly<Record<ReportKind, string>>
  /** In the file's name. */
  readonly fileKinds: Readonly<Record<ReportKind, string>>
  readonly wholeDay: string
  readonly allPosts: string
  readonly unknownPost: string
  until(time: string): string
  madeBy(name: string, at: string): string
  fingerprint(short: string): string
  /** Of the footer's line, so that it is found again in a file. */
  readonly fingerprintLabel: string
  /** When it was read. */
  asOf(time: string): string
  /** Of the report's own rows. */
  notUploaded(waiting: number, returned: number): string
  /** Of what this phone holds beside them. */
  notUploadedBeside(waiting: number, returned: number): string
  mergedPhone(name: string, until: string): string
  merged(phones: readonly string[]): string
  /** What another phone had not uploaded when it gave its day. */
  unsentOfPhone(name: string, at: string, waiting: number, returned: number): string
  rows(count: number): string
  readonly nilReport: string
  /** Nothing so far: the time is not over, or a phone is missing. */
  readonly noneYetReport: string
  masked: string
  full(reason: string): string
  page(): { readonly before: string; readonly between: string; readonly after: string }
  readonly signatures: readonly string[]
  readonly handOverSignatures: readonly string[]
}
