import type { Post } from '../../domain/community'
import { ofPost } from '../../domain/daily-report'
import { type DayLog, dayLogOf } from '../../domain/day-log'
import { around, daysOf, OF_A_SHIFT, spanOf, type TimeAsked, withinAsked } from '../../domain/day-question'
import type { OperationKey, PostId } from '../../domain/ids'
import type { Operation, Told } from '../../domain/operation'
import { type DayOfPhone, phonesInReport } from '../../domain/phones-in-report'
import type { ReportSource, Unsent } from '../../domain/report'
import { buildRosterIndex, type RosterIndex } from '../../domain/roster-search'
import { rulesOfVersion } from '../../domain/rules/rule-set'
import type { Rules } from '../../domain/rules/rules'
import { type Day, dayOf } from '../../domain/time'
import { toldByOthers } from '../../storage/cases'
import type { Codec } from '../../storage/codec'
import type { GatepostDatabase } from '../../storage/database'
import { operationOf } from '../../storage/facts'
import type { Identity } from '../../storage/identity'
import { type MergedDay, mergedDaysOf } from '../../storage/merged-days'
import { uploadStates } from '../../storage/outbox'
import { loadRoster } from '../../storage/roster-store'
import { readSealed } from '../../storage/sealed-values'

/** Which records are asked for. */
export interface DayQuestion {
  readonly day: Day
  /** A shift's name; none: the whole calendar day. */
  readonly shift?: string
  /** None: all posts. */
  readonly postId?: PostId
  /** Corrected ms; what happened from then on is left out. */
  readonly until?: number
  /** One hand-over; none: each of that time. */
  readonly handOver?: OperationKey
  /** Minutes east. */
  readonly zone: number
}

export interface ReportingPhone {
  readonly db: GatepostDatabase
  readonly facts: Codec
  readonly own: Codec
  readonly identity: Identity
  /** The server has not seen this phone for too long: no names. */
  readonly rosterHidden: boolean
  /** How a post is called that this phone does not know. */
  readonly unknownPost: string
  /** Corrected ms: when it is read. */
  readonly asOf: number
  onRead(done: number, of: number): void
}

export interface DaySource {
  readonly source: ReportSource
  readonly operations: readonly Told[]
}

const AT_ONCE = 500 // rows opened between two words of progress

/** Reads from the phone what the reports of a day are written from: its own records, what other phones gave, and what they did to somebody who waited here. */
export async function daySource(phone: ReportingPhone, question: DayQuestion): Promise<DaySource> {
  const { db, own, identity, asOf } = phone
  const { postId, zone, day } = question
  const asked = askedOf(question, identity)
  const merged = (await Promise.all(daysAround(asked).map((each) => mergedDaysOf(db, own, each)))).flat()
  const recorded = [...(await ownOperations(phone, asked)), ...theirs(merged)]
  const operations = inQuestion([...recorded, ...(await toldByOthers(db, own, recorded, identity.deviceId))], asked)
  const versions = new Map<string, Rules>()
  const judgedBy = (version: string) => {
    const known = versions.get(version) ?? rulesOfVersion(identity.ruleSets, version)
    versions.set(version, known)
    return known
  }
  const posts = postsOf(phone, question, operations)
  const whole = onlyHandOver(dayLogOf(operations, judgedBy), question)
  const index = phone.rosterHidden ? undefined : buildRosterIndex(await loadRoster(db, own))
  const states = await uploadStates(db)
  // No other phone can work for a post that no server knows.
  const phones = identity.state === 'local' ? [] : await readSealed(db, own, 'phones')
  const { community, deviceId } = identity
  const source: ReportSource = {
    log: postId ? ofPost(whole, { id: postId }) : whole,
    community,
    posts,
    day,
    zone,
    span: spanOf(asked),
    asOf,
    judgedBy,
    ruleSets: identity.ruleSets,
    uploads: uploadsOf(operations, new Map([...merged.flatMap(statesIn), ...states])),
    unsentElsewhere: elsewhere(operations, states),
    phones: phonesInReport({
      self: deviceId,
      communityId: community.id,
      phones,
      posts,
      days: daysOf(asked),
      given: merged.filter((each) => asked.shift !== undefined || each.day === day).map(givenDay),
      zone,
    }),
    arePhonesKnown: phones !== undefined,
    observed: await observedIn(phone, question, index),
    residentOf: residentIn(index),
  }
  return { source, operations: postId ? operations.filter((each) => each.postId === postId) : operations }
}

const onlyHandOver = (log: DayLog, { handOver }: DayQuestion): DayLog =>
  handOver ? { ...log, handOvers: log.handOvers.filter(({ key }) => key === handOver) } : log

function askedOf({ day, shift, until, zone }: DayQuestion, { community }: Identity): TimeAsked {
  return { day, shift: community.shifts.find(({ name }) => name === shift), until, zone }
}

/** Who stood there, or handed a night shift over, may have signed on a day beside it. */
function daysAround(asked: TimeAsked): Day[] {
  const { from, to } = around(asked)
  return [...new Set([dayOf(from, asked.zone), ...daysOf(asked), dayOf(to - 1, asked.zone)])]
}

async function ownOperations({ db, facts, onRead }: ReportingPhone, asked: TimeAsked): Promise<Told[]> {
  const within = new Set(daysOf(asked))
  const rows = (await db.facts.where('day').anyOf(daysAround(asked)).toArray()).filter(
    ({ state, day, kind }) => state === 'kept' && (within.has(day) || OF_A_SHIFT.includes(kind)),
  )
  const opened: Operation[] = []
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    opened.push(...(await Promise.all(rows.slice(from, from + AT_ONCE).map((row) => operationOf(facts, row)))))
    onRead(opened.length, rows.length)
  }
  return opened.sort((a, b) => a.seq - b.seq)
}

const theirs = (merged: readonly MergedDay[]): Told[] =>
  merged.flatMap(({ deviceId, operations }) => operations.map((operation) => ({ ...operation, by: deviceId })))

const statesIn = ({ uploads }: MergedDay) => uploads.map(({ key, state }) => [key, state] as const)

function givenDay({ deviceId, name, postId, day, madeAt, uploads }: MergedDay): DayOfPhone {
  const waiting = uploads.filter(({ state }) => state === 'waiting').length
  return { deviceId, name, postId, day, madeAt, unsent: { waiting, returned: uploads.length - waiting } }
}

/** Each once, and only what belongs to the shift, until the cut-off. */
function inQuestion(operations: readonly Told[], asked: TimeAsked): Told[] {
  const seen = new Set<OperationKey>()
  return withinAsked(
    operations.filter(({ key }) => !seen.has(key) && seen.add(key)),
    asked,
  )
}

/** The posts asked for; one that a record names and this phone does not know is there too, so that no record is left out of a sum. */
function postsOf({ identity, unknownPost }: ReportingPhone, { postId }: DayQuestion, operations: readonly Told[]): Post[] {
  const known = new Set(identity.posts.map(({ id }) => id))
  const unknown = [...new Set(operations.map((each) => each.postId))].filter((id) => !known.has(id))
  const all: Post[] = [
    ...identity.posts,
    ...unknown.map((id): Post => ({ id, name: unknownPost, type: 'compound-gate', compoundName: '' })),
  ]
  return postId ? all.filter(({ id }) => id === postId) : all
}

/** What this phone has not uploaded of other times. */
function elsewhere(operations: readonly Told[], states: ReadonlyMap<OperationKey, 'waiting' | 'rejected'>): Unsent {
  const here = new Set(operations.map(({ key }) => key))
  const others = [...states].filter(([key]) => !here.has(key))
  const waiting = others.filter(([, state]) => state === 'waiting').length
  return { waiting, returned: others.length - waiting }
}

/** What of a record, or of what was said of it since, is not on the server. */
function uploadsOf(operations: readonly Told[], states: ReadonlyMap<OperationKey, 'waiting' | 'rejected'>): ReportSource['uploads'] {
  const uploads = new Map<OperationKey, 'waiting' | 'rejected'>()
  for (const operation of operations) {
    const state = states.get(operation.key)
    if (!state) continue
    const about = 'target' in operation ? operation.target : operation.key
    if (uploads.get(about) !== 'rejected') uploads.set(about, state)
  }
  return uploads
}

/** The list is today's: of another day, and of who began or ended today, the phone knows nothing. */
async function observedIn(
  { db, own, asOf }: ReportingPhone,
  { day, zone }: DayQuestion,
  index: RosterIndex | undefined,
): Promise<ReportSource['observed']> {
  const observations = await readSealed(db, own, 'observations')
  if (!observations || !index || day !== dayOf(asOf, zone)) return () => undefined
  const standing = observations
    .filter(({ kind, until }) => kind === 'home' && day < until)
    .map(({ householdId }) => index.compoundOf.get(householdId))
  return (compoundId) => compoundId && { standing: standing.filter((each) => each === compoundId).length }
}

function residentIn(index: RosterIndex | undefined): ReportSource['residentOf'] {
  return (subject) => {
    if (subject.kind === 'resident') return index?.residentById.get(subject.residentId) ?? {}
    const householdId = subject.kind === 'unlisted' || subject.kind === 'visitor' ? subject.householdId : undefined
    const household = householdId && index?.householdById.get(householdId)
    return household ? { household } : {}
  }
}
