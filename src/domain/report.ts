import type { Community, Post } from './community'
import type { DayLog } from './day-log'
import type { CompoundId, OperationKey, PostId } from './ids'
import type { Subject } from './operation'
import type { JudgedBy } from './passage'
import type { Household, Resident } from './roster'
import type { Day } from './time'

/** What a column holds: `date` 2020-02-18, `time` 07:31, `celsius` a number of °C with one decimal, or words where no number is. */
export type ColumnKind = 'text' | 'count' | 'date' | 'time' | 'celsius'

export interface ReportColumn<Name extends string = string> {
  readonly name: Name
  readonly kind: ColumnKind
  /** Characters that fit; a Chinese one takes two. */
  readonly width: number
}

export type ReportRow<Name extends string = string> = Readonly<Record<Name, string | number>>

export const REPORT_KINDS = ['daily', 'ledger-masked', 'ledger-full', 'incidents', 'hand-over'] as const
export type ReportKind = (typeof REPORT_KINDS)[number]

/** `began`, `ended`: within the day, where it is known. */
export interface ObservedCount {
  readonly standing: number
  readonly began?: number
  readonly ended?: number
}

/** Another phone of a post whose day is not in the report. */
export interface UnmergedPhone {
  readonly name: string
  readonly postId?: PostId
  /** The last thing known of it, corrected ms. */
  readonly lastSeen?: number
}

/** What all reports of a day are written from, on the phone and on the server alike. */
export interface ReportSource {
  readonly log: DayLog
  readonly community: Community
  /** The posts that it covers. */
  readonly posts: readonly Post[]
  readonly day: Day
  /** Minutes east. */
  readonly zone: number
  readonly judgedBy: JudgedBy
  residentOf(subject: Subject): { readonly resident?: Resident; readonly household?: Household }
  /** What is not on the server, by the record that it belongs to. */
  readonly uploads: ReadonlyMap<OperationKey, 'waiting' | 'rejected'>
  readonly unmerged: readonly UnmergedPhone[]
  /** Of home observation in a compound: how many stand at the end of that day; undefined: not known here. */
  observed(compoundId: CompoundId | undefined): ObservedCount | undefined
}
