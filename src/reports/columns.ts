import { DAILY_COLUMNS } from '../domain/daily-report'
import { HAND_OVER_COLUMNS } from '../domain/hand-over-sheet'
import { INCIDENT_COLUMNS } from '../domain/incident-report'
import { LEDGER_COLUMNS } from '../domain/ledger-columns'
import type { ReportColumn, ReportKind } from '../domain/report'
import type { ReportWords } from './words/words'

/** The columns of a report, in their order. */
export function columnsOf(kind: ReportKind): readonly ReportColumn[] {
  switch (kind) {
    case 'daily':
      return DAILY_COLUMNS
    case 'ledger-masked':
    case 'ledger-full':
      return LEDGER_COLUMNS
    case 'incidents':
    case 'incidents-full':
      return INCIDENT_COLUMNS
    case 'hand-over':
      return HAND_OVER_COLUMNS
    default:
      return kind satisfies never
  }
}

export function titlesOf(kind: ReportKind, words: ReportWords): Readonly<Record<string, string>> {
  switch (kind) {
    case 'daily':
      return words.dailyColumns
    case 'ledger-masked':
    case 'ledger-full':
      return words.ledgerColumns
    case 'incidents':
    case 'incidents-full':
      return words.incidentColumns
    case 'hand-over':
      return words.handOverColumns
    default:
      return kind satisfies never
  }
}
