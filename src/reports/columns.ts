import { DAILY_COLUMNS } from '../domain/daily-report'
import { INCIDENT_COLUMNS } from '../domain/incident-report'
import { LEDGER_COLUMNS } from '../domain/ledger'
import type { ReportColumn, ReportKind } from '../domain/report'
import type { ReportWords } from './words/words'

/** The columns of a report, in their order. */
export function columnsOf(kind: ReportKind): readonly ReportColumn[] {
  if (kind === 'daily') return DAILY_COLUMNS
  return kind === 'incidents' ? INCIDENT_COLUMNS : LEDGER_COLUMNS
}

export function titlesOf(kind: ReportKind, words: ReportWords): Readonly<Record<string, string>> {
  if (kind === 'daily') return words.dailyColumns
  return kind === 'incidents' ? words.incidentColumns : words.ledgerColumns
}
