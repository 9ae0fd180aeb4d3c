import type { Community, Post } from './community'
import type { DayLog } from './day-log'
import type { Span } from './day-question'
import type { CompoundId, DeviceId, OperationKey, PostId } from './ids'
import type { Subject } from './operation'
import type { JudgedBy } from './passage'
import type { Household, Resident } from './roster'
import type { RuleSet } from './rules/rule-set'
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

export const REPORT_KINDS = ['daily', 'ledger-masked', 'ledger-full', 'incidents', 'incidents-full', 'hand-over'] as const
export type ReportKind = (typeof REPORT_KINDS)[number]

/** Full: homes, and what somebody typed; for the role that may, with a reason. */
export const isFullReport = (kind: ReportKind) => kind === 'ledger-full' || kind === 'incidents-full'

/** `began`, `ended`: within the day, where it is known. */
export interface ObservedCount {
  readonly standing: number
  readonly began?: number
  readonly ended?: number
}

/** Another phone of the report's posts, and how far its records are in the report. */
export interface PhoneInReport {
  readonly deviceId: DeviceId
  readonly name: string
  /** Neither: it works for the whole community. */
  readonly postId?: PostId
  readonly compoundId?: CompoundId
  /** Its records until then are in the report, corrected ms; undefined: none. */
  readonly until?: number
  /** The last thing known of it, corrected ms. */
  readonly lastSeen?: number
  /** What it had not uploaded at `until`. */
  readonly unsent?: Unsent
}

export interface Unsent {
  readonly waiting: number
  readonly returned: number
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
  /** The time that was asked for. */
  readonly span: Span
  /** When it was read, corrected ms: nothing that was recorded later is in it. */
  readonly asOf: number
  readonly judgedBy: JudgedBy
  /** All that are known by now: what was judged before one of them came says so. */
  readonly ruleSets: readonly RuleSet[]
  residentOf(subject: Subject): { readonly resident?: Resident; readonly household?: Household }
  /** What is not on the server, by the record that it belongs to. */
  readonly uploads: ReadonlyMap<OperationKey, 'waiting' | 'rejected'>
  /** Records of this phone that are not on the server and belong to no row here: of other days, other posts, or of no register. */
  readonly unsentElsewhere: Unsent
  readonly phones: readonly PhoneInReport[]
  /** False: nobody ever told this phone which others there are. */
  readonly arePhonesKnown: boolean
  /** Of home observation in a compound: how many stand at the end of that day; undefined: not known here. */
  observed(compoundId: CompoundId | undefined): ObservedCount | undefined
}
