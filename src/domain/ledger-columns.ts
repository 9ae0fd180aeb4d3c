import type { Exception, Subject, TurnedBack } from './operation'
import type { Passage } from './passage'
import type { Arrival } from './post-operations'
import type { NotMeasuredReason, Site } from './reading'
import type { RequestTopic } from './registers'
import type { ReportColumn, ReportRow, ReportSource } from './report'

/** 出入登记台账: the columns in their order. */
export const LEDGER_COLUMNS = [
  { name: 'no', kind: 'count', width: 5 },
  { name: 'date', kind: 'date', width: 11 },
  { name: 'time', kind: 'time', width: 7 },
  { name: 'post', kind: 'text', width: 15 },
  { name: 'shift', kind: 'text', width: 6 },
  { name: 'direction', kind: 'text', width: 5 },
  { name: 'category', kind: 'text', width: 10 },
  { name: 'name', kind: 'text', width: 10 },
  { name: 'unit', kind: 'text', width: 14 },
  { name: 'phone', kind: 'text', width: 13 },
  { name: 'plate', kind: 'text', width: 10 },
  { name: 'matter', kind: 'text', width: 9 },
  { name: 'first-reading', kind: 'celsius', width: 10 },
  { name: 'site', kind: 'text', width: 6 },
  { name: 'retest-time', kind: 'time', width: 8 },
  { name: 'retest-reading', kind: 'celsius', width: 8 },
  { name: 'key-area', kind: 'text', width: 8 },
  { name: 'platform', kind: 'text', width: 9 },
  { name: 'outcome', kind: 'text', width: 12 },
  { name: 'operator', kind: 'text', width: 11 },
  { name: 'rules', kind: 'text', width: 9 },
  { name: 'note', kind: 'text', width: 22 },
] as const satisfies readonly ReportColumn[]
export type LedgerColumn = (typeof LEDGER_COLUMNS)[number]['name']
export type LedgerRow = ReportRow<LedgerColumn>

/** `masked`: building, surname, plate tail; no key area, no colour. `full`: for the role that may. */
export type LedgerView = 'masked' | 'full'

/** A resident whom the list does not know is no owner: only a resident. */
export type LedgerCategory = 'owner' | 'tenant' | Subject['kind'] | 'count' | 'arrival' | 'request'

/** The words of a ledger, in the language that it is written in. */
export interface LedgerWords {
  readonly directions: Readonly<Record<Passage['direction'], string>>
  readonly sites: Readonly<Record<Site, string>>
  /** 37.6额: one of a chain. */
  readonly shortSites: Readonly<Record<Site, string>>
  readonly categories: Readonly<Record<LedgerCategory, string>>
  readonly steps: Readonly<Record<Passage['step']['at'], string>>
  readonly causes: Readonly<Record<TurnedBack['why'], string>>
  readonly topics: Readonly<Record<RequestTopic, string>>
  readonly platforms: Readonly<Record<Arrival['platform'], string>>
  readonly colours: Readonly<Record<NonNullable<Arrival['code']>, string>>
  readonly uploads: Readonly<Record<'waiting' | 'rejected', string>>
  notMeasured(reason: NotMeasuredReason): string
  people(count: number): string
  /** Without a cause: not told here. */
  turnedBack(cause?: string): string
  voided(reason: string): string
  clockOff(minutes: number): string
  exception(exception: Exception): string
  from(origin: string): string
  /** Without its reason. */
  readonly exceptionMade: string
  /** A courier who was measured and registered, and stays outside. */
  readonly outside: string
  readonly amended: string
  readonly undo: string
  readonly void: string
  readonly inRange: string
  readonly late: string
  readonly laterRules: string
  readonly noMask: string
  readonly duplicate: string
  readonly yes: string
  readonly no: string
}

/** What each row is written with. */
export interface LedgerWriter {
  readonly source: ReportSource
  readonly view: LedgerView
  readonly words: LedgerWords
}
