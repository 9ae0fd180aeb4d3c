import { clock, clockOn } from './clock-text'
import { placeOf, shiftAt } from './community'
import type { Entry } from './day-log'
import type { HouseholdId, OperationKey, ResidentId } from './ids'
import type { LedgerRow, LedgerView, LedgerWords, LedgerWriter } from './ledger-columns'
import { namesOf, plateOf, subjectOf } from './ledger-persons'
import type { Count, Operation, TurnedBack } from './operation'
import type { Passage } from './passage'
import type { Arrival, Request } from './post-operations'
import type { ReportSource } from './report'
import { type Judged, laterVersion } from './rules/late-rules'
import { staysOutside } from './rules/verdict'
import { dayOf, minuteOfDay } from './time'

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

function passageRow(passage: Passage, writer: LedgerWriter): LedgerRow {
  const { source, view, words } = writer
  const { checkIn, readings, direction, key } = passage
  const [first] = readings
  const retest = readings.length > 1 ? readings.at(-1) : undefined
  const who = subjectOf(checkIn.subject, writer)
  return {
    ...base(passage.at, checkIn, writer),
    direction: words.directions[direction],
    ...who,
    plate: checkIn.vehicle ? plateOf(checkIn.vehicle.plate, view) : who.plate,
    'first-reading': first?.celsius ?? (passage.inRange ? words.inRange : ''),
    site: first ? words.sites[first.site] : '',
    'retest-time': retest ? clockOn(passage.lastReadingAt, dayAndZone(passage.at, source)) : '',
    'retest-reading': retest?.celsius ?? '',
    outcome: outcomeOf(passage, writer),
    note: [
      ...chainOf(passage, writer),
      ...passageNotes(passage, writer),
      ...laterNote({ ...checkIn, at: passage.at }, writer),
      ...notes(key, checkIn.clockOffset, writer),
    ].join('；'),
  }
}

/** It was judged as the phone knew the rules then: a rule came later. */
const laterNote = (judged: Judged, { source, words }: LedgerWriter): string[] =>
  laterVersion(judged, source.ruleSets, source.posts) ? [words.laterRules] : []

/** Every reading with its time and site, where there is more than one: what the columns leave out can be counted from the rows. */
function chainOf({ at, readings }: Passage, { source, words }: LedgerWriter): string[] {
  if (readings.length < 2) return []
  const own = dayAndZone(at, source)
  const steps = readings.map((reading) => {
    const time = clockOn(source.log.retestedAt.get(reading) ?? at, own)
    return `${time} ${reading.celsius.toFixed(1)}${words.shortSites[reading.site]}`
  })
  return [steps.join(' → ')]
}

/** A row's own day: its times say when they are of another. */
const dayAndZone = (at: number, { zone }: ReportSource) => ({ day: dayOf(at, zone), zone })

function outcomeOf({ key, voided, checkIn, readings, step }: Passage, { source, words }: LedgerWriter): string {
  const { measured } = checkIn
  if (voided) return words.void
  if (source.log.marks.get(key)?.duplicateOf) return words.duplicate
  if ('reason' in measured && readings.length === 0) return words.notMeasured(measured.reason)
  return step.at === 'admitted' && staysOutside(checkIn) ? words.outside : words.steps[step.at]
}

function passageNotes({ voided, note, checkIn, step, amendments, exception }: Passage, { view, words }: LedgerWriter): string[] {
  const isFull = view === 'full'
  return [
    ...voidNote(voided, { view, words }),
    ...(checkIn.occurredAt ? [words.late] : []),
    ...(exception ? [isFull || exception.kind === 'emergency' ? words.exception(exception) : words.exceptionMade] : []),
    // Where the outcome says something else of them.
    ...(staysOutside(checkIn) && step.at !== 'admitted' ? [words.outside] : []),
    ...(checkIn.noMask ? [words.noMask] : []),
    ...(amendments.length > 0 && !isFull ? [words.amended] : []),
    ...(isFull ? [...amendments.map(({ reason }) => reason), ...(note ? [note] : [])] : []),
  ]
}

/** That it was undone is told to all; what somebody wrote of it may name anybody. */
function voidNote(voided: { readonly reason: string } | undefined, { view, words }: Pick<LedgerWriter, 'view' | 'words'>): string[] {
  if (voided?.reason === 'undo') return [words.voided(words.undo)]
  return voided && view === 'full' ? [words.voided(voided.reason)] : []
}

function notes(key: OperationKey, clockOffset: number, { source, words }: LedgerWriter): string[] {
  const upload = source.uploads.get(key)
  return [
    ...(upload ? [words.uploads[upload]] : []),
    ...(Math.abs(clockOffset) > CLOCK_OFF ? [words.clockOff(Math.round(clockOffset / 60_000))] : []),
  ]
}

/** A batch of a counter: its people stand in the column of the name. */
function countRow(entry: Entry<Count>, writer: LedgerWriter): LedgerRow {
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

function turnedBackRow(entry: Entry<TurnedBack>, writer: LedgerWriter): LedgerRow {
  const { view, words } = writer
  const { subject, direction, why, rules } = entry.operation
  // Under observation, from a key area: for the role that may know. A cause told for some would tell those of whom none is told.
  const cause = view === 'masked' ? undefined : words.causes[why]
  const row = entryRow(entry, writer)
  return {
    ...row,
    direction: words.directions[direction],
    ...subjectOf(subject, writer),
    outcome: entry.voided ? words.void : words.turnedBack(cause),
    rules,
    note: [row.note, ...laterNote({ ...entry.operation, at: entry.at }, writer)].filter(Boolean).join('；'),
  }
}

function arrivalRow(entry: Entry<Arrival>, writer: LedgerWriter): LedgerRow {
  const { view, words } = writer
  const { residentId, householdId, name, phone, address, origin, meansNumber, platform, code, keyArea } = entry.operation
  const isFull = view === 'full'
  const { resident, household } = homeOf(householdId, writer, residentId)
  return {
    ...entryRow(entry, writer),
    category: words.categories.arrival,
    ...namesOf({ name, phone: phone ?? resident?.phone, address: address ?? household?.address }, view),
    matter: isFull ? [words.from(origin), meansNumber].filter(Boolean).join(' ') : '',
    'key-area': isFull ? (keyArea ? words.yes : words.no) : '',
    platform: isFull ? [words.platforms[platform], code && words.colours[code]].filter(Boolean).join(' / ') : words.platforms[platform],
  }
}

function requestRow(entry: Entry<Request>, writer: LedgerWriter): LedgerRow {
  const { view, words } = writer
  const { topic, words: said, householdId } = entry.operation
  const { household } = homeOf(householdId, writer)
  return {
    ...entryRow(entry, writer),
    category: words.categories.request,
    ...namesOf({ name: '', address: household?.address }, view),
    matter: [words.topics[topic], view === 'full' && said].filter(Boolean).join('：'),
  }
}

function homeOf(householdId: HouseholdId | undefined, { source }: LedgerWriter, residentId?: ResidentId) {
  if (!householdId) return {}
  return source.residentOf(residentId ? { kind: 'resident', residentId, householdId } : { kind: 'unlisted', householdId })
}

function entryRow(entry: Entry<Operation>, writer: LedgerWriter): LedgerRow {
  return {
    ...base(entry.at, { rules: '', ...entry.operation }, writer),
    outcome: entry.voided ? writer.words.void : '',
    note: [
      ...voidNote(entry.voided, writer),
      ...(entry.amended ? [writer.words.amended] : []),
      ...notes(entry.key, entry.operation.clockOffset, writer),
    ].join('；'),
  }
}

/** Where, when and by whom; the rest empty. */
function base(
  at: number,
  by: { readonly postId: string; readonly operator: string; readonly rules: string },
  { source }: LedgerWriter,
): LedgerRow {
  const { community, zone, posts } = source
  const local = new Date(at + zone * 60_000).toISOString()
  const post = posts.find(({ id }) => id === by.postId)
  return {
    no: 0,
    date: local.slice(0, 10),
    time: clock(at, zone),
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
