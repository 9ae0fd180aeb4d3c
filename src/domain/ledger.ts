import { placeOf, shiftAt } from './community'
import type { Entry } from './day-log'
import type { OperationKey } from './ids'
import type { Count, Exception, Operation, Subject, TurnedBack } from './operation'
import type { Passage } from './passage'
import { maskPlate } from './plate'
import type { Arrival, Request } from './post-operations'
import type { NotMeasuredReason, Site } from './reading'
import type { RequestTopic } from './registers'
import type { ReportColumn, ReportRow, ReportSource } from './report'
import type { Household, Resident, UnitAddress } from './roster'
import { maskPhone, unitText } from './roster'
import { minuteOfDay } from './time'

/** 出入登记台账: the columns in their order. */
export const LEDGER_COLUMNS = [
  { name: 'no', kind: 'count', width: 5 },
  { name: 'date', kind: 'date', width: 11 },
  { name: 'time', kind: 'time', width: 7 },
  { name: 'post', kind: 'text', width: 12 },
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
  { name: 'operator', kind: 'text', width: 9 },
  { name: 'rules', kind: 'text', width: 9 },
  { name: 'note', kind: 'text', width: 18 },
] as const satisfies readonly ReportColumn[]
export type LedgerColumn = (typeof LEDGER_COLUMNS)[number]['name']
export type LedgerRow = ReportRow<LedgerColumn>

/** `masked`: building, surname, plate tail; no key area, no colour. `full`: for the role that may. */
export type LedgerView = 'masked' | 'full'

export type LedgerCategory = 'owner' | 'tenant' | Exclude<Subject['kind'], 'resident'> | 'count' | 'arrival' | 'request'

/** The words of a ledger, in the language that it is written in. */
export interface LedgerWords {
  readonly directions: Readonly<Record<Passage['direction'], string>>
  readonly sites: Readonly<Record<Site, string>>
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
  readonly amended: string
  readonly undo: string
  readonly void: string
  readonly inRange: string
  readonly late: string
  readonly noMask: string
  readonly duplicate: string
  readonly yes: string
  readonly no: string
}

const CLOCK_OFF = 5 * 60_000 // ms; a smaller error changes nothing that a reader of the ledger asks

/** A row for each passage and each entry of another register, by the time it happened; voided ones too, and what is not counted says so. */
export function ledgerOf(source: ReportSource, view: LedgerView, words: LedgerWords): LedgerRow[] {
  const { log } = source
  const writer = { source, view, words }
  const rows = [
    ...log.passages.map((passage) => ({ at: passage.at, row: passageRow(passage, writer) })),
    ...log.counts.map((entry) => ({ at: entry.at, row: countRow(entry, writer) })),
    ...log.turnedBack.map((entry) => ({ at: entry.at, row: turnedBackRow(entry, writer) })),
    ...log.arrivals.map((entry) => ({ at: entry.at, row: arrivalRow(entry, writer) })),
    ...log.requests.map((entry) => ({ at: entry.at, row: requestRow(entry, writer) })),
  ]
  return rows.sort((a, b) => a.at - b.at).map(({ row }, i) => ({ ...row, no: i + 1 }))
}

interface Writer {
  readonly source: ReportSource
  readonly view: LedgerView
  readonly words: LedgerWords
}

function passageRow(passage: Passage, writer: Writer): LedgerRow {
  const { source, view, words } = writer
  const { checkIn, readings, direction, key } = passage
  const { subject } = checkIn
  const [first] = readings
  const retest = readings.length > 1 ? readings.at(-1) : undefined
  const { resident } = source.residentOf(subject)
  return {
    ...base(passage.at, checkIn, writer),
    direction: words.directions[direction],
    category: words.categories[subject.kind === 'resident' ? (resident?.tenure ?? 'owner') : subject.kind],
    ...whoOf(subject, writer),
    plate: plateOf(checkIn.vehicle?.plate ?? (subject.kind === 'courier' ? subject.plate : undefined), view),
    // What somebody typed may name anybody.
    matter:
      view === 'masked'
        ? ''
        : subject.kind === 'visitor'
          ? (subject.reason ?? '')
          : subject.kind === 'courier'
            ? (subject.company ?? '')
            : '',
    'first-reading': first?.celsius ?? (passage.inRange ? words.inRange : ''),
    site: first ? words.sites[first.site] : '',
    'retest-time': retest ? clock(passage.lastReadingAt, source.zone) : '',
    'retest-reading': retest?.celsius ?? '',
    'key-area': view === 'full' && subject.kind === 'visitor' && subject.keyArea !== undefined ? yesNo(subject.keyArea, words) : '',
    outcome: outcomeOf(passage, writer),
    note: [...passageNotes(passage, writer), ...notes(key, checkIn.clockOffset, writer)].join('；'),
  }
}

function outcomeOf({ key, voided, checkIn: { measured }, readings, step }: Passage, { source, words }: Writer): string {
  if (voided) return words.void
  if (source.log.marks.get(key)?.duplicateOf) return words.duplicate
  return 'reason' in measured && readings.length === 0 ? words.notMeasured(measured.reason) : words.steps[step.at]
}

function passageNotes({ voided, note, checkIn, amendments }: Passage, { view, words }: Writer): string[] {
  const isFull = view === 'full'
  const { exception } = checkIn
  return [
    ...voidNote(voided, { view, words }),
    ...(checkIn.occurredAt ? [words.late] : []),
    ...(exception ? [isFull || exception.kind === 'emergency' ? words.exception(exception) : words.exceptionMade] : []),
    ...(checkIn.noMask ? [words.noMask] : []),
    ...(amendments.length > 0 && !isFull ? [words.amended] : []),
    ...(isFull ? [...amendments.map(({ reason }) => reason), ...(note ? [note] : [])] : []),
  ]
}

/** That it was undone is told to all; what somebody wrote of it may name anybody. */
function voidNote(voided: { readonly reason: string } | undefined, { view, words }: Pick<Writer, 'view' | 'words'>): string[] {
  if (voided?.reason === 'undo') return [words.voided(words.undo)]
  return voided && view === 'full' ? [words.voided(voided.reason)] : []
}

function notes(key: OperationKey, clockOffset: number, { source, words }: Writer): string[] {
  const upload = source.uploads.get(key)
  return [
    ...(upload ? [words.uploads[upload]] : []),
    ...(Math.abs(clockOffset) > CLOCK_OFF ? [words.clockOff(Math.round(clockOffset / 60_000))] : []),
  ]
}

/** A batch of a counter: its people stand in the column of the name. */
function countRow(entry: Entry<Count>, writer: Writer): LedgerRow {
  const { words } = writer
  const { direction, people, measured, rules, occurredAt } = entry.operation
  return {
    ...entryRow(entry, writer),
    direction: words.directions[direction],
    category: words.categories.count,
    name: words.people(people),
    'first-reading': 'inRange' in measured ? words.inRange : '',
    site: 'inRange' in measured && measured.site ? words.sites[measured.site] : '',
    outcome: entry.voided ? words.void : 'reason' in measured ? words.notMeasured(measured.reason) : words.steps.admitted,
    rules,
    note: [
      ...voidNote(entry.voided, writer),
      ...(occurredAt ? [words.late] : []),
      ...notes(entry.key, entry.operation.clockOffset, writer),
    ].join('；'),
  }
}

function turnedBackRow(entry: Entry<TurnedBack>, writer: Writer): LedgerRow {
  const { source, view, words } = writer
  const { subject, direction, why, rules } = entry.operation
  const { resident } = source.residentOf(subject)
  // Under observation, from a key area: for the role that may know. A cause told for some would tell those of whom none is told.
  const cause = view === 'masked' ? undefined : words.causes[why]
  return {
    ...entryRow(entry, writer),
    direction: words.directions[direction],
    category: words.categories[subject.kind === 'resident' ? (resident?.tenure ?? 'owner') : subject.kind],
    ...whoOf(subject, writer),
    outcome: entry.voided ? words.void : words.turnedBack(cause),
    rules,
  }
}

function arrivalRow(entry: Entry<Arrival>, writer: Writer): LedgerRow {
  const { view, words } = writer
  const { name, phone, address, origin, meansNumber, platform, code, keyArea } = entry.operation
  const isFull = view === 'full'
  return {
    ...entryRow(entry, writer),
    category: words.categories.arrival,
    name: isFull ? name : surname(name),
    unit: address ? unitOf(address, view) : '',
    phone: phone ? (isFull ? phone : maskPhone(phone)) : '',
    matter: isFull ? [words.from(origin), meansNumber].filter(Boolean).join(' ') : '',
    'key-area': isFull ? yesNo(keyArea, words) : '',
    platform: isFull ? [words.platforms[platform], code && words.colours[code]].filter(Boolean).join(' / ') : words.platforms[platform],
  }
}

function requestRow(entry: Entry<Request>, writer: Writer): LedgerRow {
  const { words } = writer
  return { ...entryRow(entry, writer), category: words.categories.request, matter: words.topics[entry.operation.topic] }
}

function entryRow(entry: Entry<Operation>, writer: Writer): LedgerRow {
  return {
    ...base(entry.at, { rules: '', ...entry.operation }, writer),
    outcome: entry.voided ? writer.words.void : '',
    note: [...voidNote(entry.voided, writer), ...notes(entry.key, entry.operation.clockOffset, writer)].join('；'),
  }
}

/** Where, when and by whom; the rest empty. */
function base(
  at: number,
  by: { readonly postId: string; readonly operator: string; readonly rules: string },
  { source }: Writer,
): LedgerRow {
  const { community, zone, posts } = source
  const local = new Date(at + zone * 60_000).toISOString()
  const post = posts.find(({ id }) => id === by.postId)
  return {
    no: 0,
    date: local.slice(0, 10),
    time: local.slice(11, 16),
    post: placeOf(post),
    shift: shiftAt(minuteOfDay(at, zone), community.shifts)?.name ?? '',
    direction: '',
    category: '',
    name: '',
    unit: '',
    phone: '',
    plate: '',
    matter: '',
    'first-reading': '',
    site: '',
    'retest-time': '',
    'retest-reading': '',
    'key-area': '',
    platform: '',
    outcome: '',
    operator: by.operator,
    rules: by.rules,
    note: '',
  }
}

function whoOf(subject: Subject, { source, view, words }: Writer): Pick<LedgerRow, 'name' | 'unit' | 'phone'> {
  const { resident, household } = source.residentOf(subject)
  const said = subject.kind === 'written' || subject.kind === 'visitor' ? subject : undefined
  const courier = subject.kind === 'courier' ? subject : undefined
  const name = resident?.name ?? said?.name ?? courier?.name ?? ''
  const phone = phoneOf(resident, subject)
  const address = addressOf(household, subject)
  const isFull = view === 'full'
  return {
    name: subject.kind === 'unlisted' ? (isFull ? words.categories.unlisted : '*') : isFull ? name : surname(name),
    unit: address ? unitOf(address, view) : '',
    phone: phone ? (isFull ? phone : maskPhone(phone)) : '',
  }
}

function phoneOf(resident: Resident | undefined, subject: Subject): string | undefined {
  return resident?.phone ?? (subject.kind === 'visitor' || subject.kind === 'courier' ? subject.phone : undefined)
}

function addressOf(household: Household | undefined, subject: Subject): UnitAddress | undefined {
  return household?.address ?? (subject.kind === 'written' || subject.kind === 'visitor' ? subject.address : undefined)
}

const plateOf = (plate: string | undefined, view: LedgerView) => (plate ? (view === 'full' ? plate : maskPlate(plate)) : '')
const unitOf = (address: UnitAddress, view: LedgerView) => (view === 'full' ? unitText(address) : building(address))
const yesNo = (is: boolean, words: LedgerWords) => (is ? words.yes : words.no)

/** 07:31. `zone`: minutes east. */
export const clock = (at: number, zone: number) => new Date(at + zone * 60_000).toISOString().slice(11, 16)

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
