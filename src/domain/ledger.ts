import { type Community, type Post, shiftAt } from './community'
import type { OperationKey } from './ids'
import type { Exception } from './operation'
import type { Passage } from './passage'
import { maskPlate } from './plate'
import type { Mark } from './presence'
import type { NotMeasuredReason } from './reading'
import type { Household, Resident, UnitAddress } from './roster'
import { maskPhone, unitText } from './roster'
import { minuteOfDay } from './time'

/** 出入登记台账: the columns in their order. */
export const LEDGER_COLUMNS = [
  'no',
  'date',
  'time',
  'post',
  'shift',
  'direction',
  'category',
  'name',
  'unit',
  'phone',
  'plate',
  'matter',
  'first-reading',
  'site',
  'retest-time',
  'retest-reading',
  'key-area',
  'platform',
  'outcome',
  'operator',
  'rules',
  'note',
] as const
export type LedgerColumn = (typeof LEDGER_COLUMNS)[number]
export type LedgerRow = Readonly<Record<LedgerColumn, string | number>>

/** The words of a ledger, in the language that it is written in. */
export interface LedgerWords {
  direction(direction: Passage['direction']): string
  site(site: Passage['readings'][number]['site']): string
  category(subject: Passage['checkIn']['subject']['kind'], tenure: Resident['tenure'] | undefined): string
  outcome(step: Passage['step']['at']): string
  notMeasured(reason: NotMeasuredReason): string
  voided(reason: string): string
  upload(state: 'waiting' | 'rejected'): string
  clockOff(minutes: number): string
  exception(exception: Exception): string
  readonly inRange: string
  readonly late: string
  readonly noMask: string
  readonly duplicate: string
  readonly unlisted: string
}

export interface LedgerSource {
  readonly community: Community
  readonly posts: readonly Post[]
  readonly residentOf: (passage: Passage) => { readonly resident?: Resident; readonly household?: Household }
  /** What is not uploaded. */
  readonly uploads: ReadonlyMap<OperationKey, 'waiting' | 'rejected'>
  readonly marks: ReadonlyMap<OperationKey, Mark>
  /** Minutes east. */
  readonly zone: number
  readonly words: LedgerWords
}

const CLOCK_OFF = 5 * 60_000 // ms; a smaller error changes nothing that a reader of the ledger asks

/** A row for each passage, in their order, voided ones too; as a reader without special rights may see it: building, surname, plate tail. */
export function maskedLedger(passages: readonly Passage[], source: LedgerSource): LedgerRow[] {
  return passages.map((passage, i) => maskedRow(passage, i + 1, source))
}

function maskedRow(passage: Passage, no: number, source: LedgerSource): LedgerRow {
  const { community, posts, zone, words } = source
  const { resident, household } = source.residentOf(passage)
  const { checkIn, readings, direction, step } = passage
  const { subject } = checkIn
  const [first] = readings
  const retest = readings.length > 1 ? readings.at(-1) : undefined
  const said = subject.kind === 'written' || subject.kind === 'visitor' ? subject : undefined
  const address = household?.address ?? said?.address
  const local = new Date(passage.at + zone * 60_000).toISOString()
  const post = posts.find(({ id }) => id === checkIn.postId)
  return {
    no,
    date: local.slice(0, 10),
    time: local.slice(11, 16),
    post: [post?.compoundName, post?.name].filter(Boolean).join(' '),
    shift: shiftAt(minuteOfDay(passage.at, zone), community.shifts)?.name ?? '',
    direction: words.direction(direction),
    category: words.category(subject.kind, resident?.tenure),
    name:
      subject.kind === 'unlisted'
        ? words.unlisted
        : surname(resident?.name ?? said?.name ?? (subject.kind === 'courier' ? (subject.name ?? '') : '')),
    unit: address ? building(address) : '',
    phone: resident?.phone ? maskPhone(resident.phone) : '',
    plate: checkIn.vehicle ? maskPlate(checkIn.vehicle.plate) : '',
    matter: subject.kind === 'visitor' ? (subject.reason ?? '') : '',
    'first-reading': first?.celsius ?? (passage.inRange ? words.inRange : ''),
    site: first ? words.site(first.site) : '',
    'retest-time': retest ? new Date(passage.lastReadingAt + zone * 60_000).toISOString().slice(11, 16) : '',
    'retest-reading': retest?.celsius ?? '',
    'key-area': '',
    platform: '',
    outcome: 'reason' in checkIn.measured && readings.length === 0 ? words.notMeasured(checkIn.measured.reason) : words.outcome(step.at),
    operator: checkIn.operator,
    rules: checkIn.rules,
    note: notes(passage, source).join('；'),
  }
}

function notes({ key, voided, note, checkIn, amendments }: Passage, { words, uploads, marks }: LedgerSource): string[] {
  const upload = uploads.get(key)
  return [
    ...(voided ? [words.voided(voided.reason)] : []),
    ...(upload ? [words.upload(upload)] : []),
    ...(marks.get(key)?.duplicateOf ? [words.duplicate] : []),
    ...(checkIn.occurredAt ? [words.late] : []),
    ...(checkIn.exception ? [words.exception(checkIn.exception)] : []),
    ...(checkIn.noMask ? [words.noMask] : []),
    ...(Math.abs(checkIn.clockOffset) > CLOCK_OFF ? [words.clockOff(Math.round(checkIn.clockOffset / 60_000))] : []),
    ...amendments.map(({ reason }) => reason),
    ...(note ? [note] : []),
  ]
}

const DOUBLE_SURNAMES = ['欧阳', '司马', '诸葛', '上官', '东方', '皇甫', '尉迟', '公孙', '令狐', '司徒', '夏侯', '慕容', '端木']

/** 张*, 欧阳*. */
function surname(name: string): string {
  if (name === '') return ''
  const double = DOUBLE_SURNAMES.find((each) => name.startsWith(each) && name.length > 2)
  return `${double ?? Array.from(name)[0]}*`
}

/** 3幢; a village has no buildings, and its number would name the home. */
function building(address: UnitAddress): string {
  return address.building === '' ? '' : unitText({ ...address, unit: '', room: '' }).replace(/室$/, '')
}
