import { type ContactRole, placeOf } from './community'
import type { Incident, Outcome } from './incident'
import { clock } from './ledger'
import type { Reading } from './reading'
import type { ReportColumn, ReportRow, ReportSource } from './report'
import { maskName, unitText } from './roster'

/** 异常处置台账: the columns in their order. */
export const INCIDENT_COLUMNS = [
  { name: 'no', kind: 'text', width: 12 },
  { name: 'time', kind: 'time', width: 7 },
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
  { name: 'closed', kind: 'time', width: 8 },
] as const satisfies readonly ReportColumn[]
export type IncidentColumn = (typeof INCIDENT_COLUMNS)[number]['name']
export type IncidentRow = ReportRow<IncidentColumn>

export interface IncidentWords {
  readonly contacts: Readonly<Record<ContactRole, string>>
  readonly outcomes: Readonly<Record<Outcome, string>>
  readonly open: string
  readonly closed: string
  readonly unlisted: string
}

/** A row for each incident, the persons masked; what is still open says so. */
export function incidentReport(source: ReportSource, words: IncidentWords): IncidentRow[] {
  const { log } = source
  const counted = log.incidents.filter(({ key }) => log.marks.get(key)?.duplicateOf === undefined)
  return [...counted]
    .sort((a, b) => a.passage.at - b.passage.at)
    .map((incident, i) => rowOf(incident, `${source.day.replaceAll('-', '')}-${String(i + 1).padStart(2, '0')}`, { source, words }))
}

interface Writer {
  readonly source: ReportSource
  readonly words: IncidentWords
}

function rowOf({ passage, symptoms, calls, takenOver, closed }: Incident, no: string, { source, words }: Writer): IncidentRow {
  const { zone, posts } = source
  const post = posts.find(({ id }) => id === passage.checkIn.postId)
  const [first, ...later] = passage.readings
  const armpit = later.findLast(({ site }) => site === 'armpit')
  const retest = later.find((reading) => reading !== armpit)
  return {
    no,
    time: clock(passage.at, zone),
    post: placeOf(post),
    person: personOf(passage.checkIn.subject, { source, words }),
    'first-reading': celsius(first),
    'retest-reading': celsius(retest),
    'armpit-reading': celsius(armpit),
    symptoms: symptoms ?? '',
    contacts: calls.map(({ role, at }) => `${words.contacts[role]} ${clock(at, zone)}`).join('；'),
    whereto: closed ? words.outcomes[closed.outcome] : '',
    'taken-over': takenOver ? `${takenOver.by} ${clock(takenOver.at, zone)}` : '',
    result: closed ? [words.closed, closed.words].filter(Boolean).join('：') : words.open,
    closed: closed ? clock(closed.at, zone) : '',
  }
}

const celsius = (reading: Reading | undefined) => reading?.celsius ?? ''

function personOf(subject: Incident['passage']['checkIn']['subject'], { source, words }: Writer): string {
  const { resident, household } = source.residentOf(subject)
  const name = resident?.name ?? ('name' in subject ? subject.name : undefined)
  const address = household?.address ?? ('address' in subject ? subject.address : undefined)
  const shown = name ? maskName(name) : subject.kind === 'unlisted' ? words.unlisted : ''
  return [address && unitText(address), shown].filter(Boolean).join(' ')
}
