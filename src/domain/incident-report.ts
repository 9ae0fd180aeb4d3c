import { clockOn } from './clock-text'
import { placeOf } from './community'
import type { Incident, Outcome, Reached } from './incident'
import type { LedgerView } from './ledger-columns'
import { building, surname } from './ledger-persons'
import type { Reading } from './reading'
import type { ReportColumn, ReportRow, ReportSource } from './report'
import { maskName, unitText } from './roster'

/** 异常处置台账: the columns in their order. */
export const INCIDENT_COLUMNS = [
  { name: 'no', kind: 'text', width: 12 },
  { name: 'time', kind: 'time', width: 11 },
  { name: 'post', kind: 'text', width: 16 },
  { name: 'person', kind: 'text', width: 20 },
  { name: 'first-reading', kind: 'celsius', width: 8 },
  { name: 'retest-reading', kind: 'celsius', width: 8 },
  { name: 'armpit-reading', kind: 'celsius', width: 8 },
  { name: 'symptoms', kind: 'text', width: 18 },
  { name: 'contacts', kind: 'text', width: 24 },
  { name: 'whereto', kind: 'text', width: 12 },
  { name: 'taken-over', kind: 'text', width: 16 },
  { name: 'result', kind: 'text', width: 20 },
  { name: 'closed', kind: 'time', width: 11 },
] as const satisfies readonly ReportColumn[]
export type IncidentColumn = (typeof INCIDENT_COLUMNS)[number]['name']
export type IncidentRow = ReportRow<IncidentColumn>

export interface IncidentWords {
  readonly contacts: Readonly<Record<Reached, string>>
  readonly outcomes: Readonly<Record<Outcome, string>>
  readonly open: string
  readonly closed: string
  readonly unlisted: string
}

/** A row for each incident; what is still open says so. Names are masked in both; the full one has homes and what somebody typed. */
export function incidentReport(source: ReportSource, view: LedgerView, words: IncidentWords): IncidentRow[] {
  const { log } = source
  const counted = log.incidents.filter(({ key }) => log.marks.get(key)?.duplicateOf === undefined)
  return [...counted]
    .sort((a, b) => a.passage.at - b.passage.at)
    .map((incident, i) => rowOf(incident, `${source.day.replaceAll('-', '')}-${String(i + 1).padStart(2, '0')}`, { source, view, words }))
}

interface Writer {
  readonly source: ReportSource
  readonly view: LedgerView
  readonly words: IncidentWords
}

function rowOf({ passage, symptoms, calls, takenOver, closed }: Incident, no: string, writer: Writer): IncidentRow {
  const { source, view, words } = writer
  const isFull = view === 'full'
  const post = source.posts.find(({ id }) => id === passage.checkIn.postId)
  const [first, ...later] = passage.readings
  const armpit = later.findLast(({ site }) => site === 'armpit')
  const retest = later.find((reading) => reading !== armpit)
  return {
    no,
    time: clockOn(passage.at, source),
    post: placeOf(post),
    person: personOf(passage.checkIn.subject, writer),
    'first-reading': celsius(first),
    'retest-reading': celsius(retest),
    'armpit-reading': celsius(armpit),
    symptoms: isFull ? (symptoms ?? '') : '',
    contacts: calls.map(({ whom, at }) => `${words.contacts[whom]} ${clockOn(at, source)}`).join('；'),
    whereto: closed ? words.outcomes[closed.outcome] : '',
    'taken-over': takenOver ? `${isFull ? takenOver.by : surname(takenOver.by)} ${clockOn(takenOver.at, source)}` : '',
    result: closed ? [words.closed, isFull && closed.words].filter(Boolean).join('：') : words.open,
    closed: closed ? clockOn(closed.at, source) : '',
  }
}

const celsius = (reading: Reading | undefined) => reading?.celsius ?? ''

function personOf(subject: Incident['passage']['checkIn']['subject'], { source, view, words }: Writer): string {
  const { resident, household } = source.residentOf(subject)
  const name = resident?.name ?? ('name' in subject ? subject.name : undefined)
  const address = household?.address ?? ('address' in subject ? subject.address : undefined)
  const isFull = view === 'full'
  const shown = name ? (isFull ? maskName(name) : surname(name)) : subject.kind === 'unlisted' ? words.unlisted : ''
  return [address && (isFull ? unitText(address) : building(address)), shown].filter(Boolean).join(' ')
}
