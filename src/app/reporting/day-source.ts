import { type Post, shiftSpan } from '../../domain/community'
import { ofPost } from '../../domain/daily-report'
import { dayLogOf, withinSpan } from '../../domain/day-log'
import type { OperationKey, PostId } from '../../domain/ids'
import type { Operation, Told } from '../../domain/operation'
import type { ReportSource } from '../../domain/report'
import { buildRosterIndex, type RosterIndex } from '../../domain/roster-search'
import { resolveRules, rulesOfVersion } from '../../domain/rules/rule-set'
import type { Rules } from '../../domain/rules/rules'
import { type Day, dayOf } from '../../domain/time'
import { unmergedPhones } from '../../domain/unmerged'
import type { Codec } from '../../storage/codec'
import type { GatepostDatabase } from '../../storage/database'
import { operationOf } from '../../storage/facts'
import type { Identity } from '../../storage/identity'
import { mergedDaysOf } from '../../storage/merged-days'
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
  readonly today: Day
  onRead(done: number, of: number): void
}

export interface DaySource {
  readonly source: ReportSource
  readonly operations: readonly Told[]
}

const AT_ONCE = 500 // rows opened between two words of progress

/** Reads from the phone what the reports of a day are written from: its own records, and what other phones gave. */
export async function daySource(phone: ReportingPhone, question: DayQuestion): Promise<DaySource> {
  const { db, own, identity } = phone
  const { day, postId, zone } = question
  const days = daysOf(question, identity)
  const merged = (await Promise.all(days.map((each) => mergedDaysOf(db, own, each)))).flat()
  const operations = inQuestion([...(await ownOperations(phone, days)), ...theirs(merged)], question, identity)
  const versions = new Map<string, Rules>()
  const judgedBy = (version: string) => {
    const known = versions.get(version) ?? rulesOfVersion(identity.ruleSets, version)
    versions.set(version, known)
    return known
  }
  const posts = postsOf(phone, question, operations)
  const [post] = posts
  if (!post) throw new Error('daySource: a phone without a post')
  const { duplicateWindow } = resolveRules(identity.ruleSets, post, noonOf(day, zone))
  const whole = dayLogOf(operations, judgedBy, duplicateWindow)
  const index = phone.rosterHidden ? undefined : buildRosterIndex(await loadRoster(db, own))
  const source: ReportSource = {
    log: postId ? ofPost(whole, { id: postId }) : whole,
    community: identity.community,
    posts,
    day,
    zone,
    judgedBy,
    uploads: uploadsOf(operations, await uploadStates(db)),
    unmerged: unmergedPhones({ self: identity.deviceId, phones: (await readSealed(db, own, 'phones')) ?? [], posts, merged }),
    observed: await observedIn(phone, day, index),
    residentOf: residentIn(index),
  }
  return { source, operations: postId ? operations.filter((each) => each.postId === postId) : operations }
}

const noonOf = (day: Day, zone: number) => Date.parse(`${day}T12:00:00Z`) - zone * 60_000

/** A night shift lies on two days. */
function daysOf({ day, shift, zone }: DayQuestion, { community }: Identity): Day[] {
  const time = community.shifts.find(({ name }) => name === shift)
  if (!time) return [day]
  const { from, to } = shiftSpan(day, time, zone)
  return [...new Set([dayOf(from, zone), dayOf(to - 1, zone)])]
}

async function ownOperations({ db, facts, onRead }: ReportingPhone, days: readonly Day[]): Promise<Told[]> {
  const rows = (
    await db.facts
      .where('day')
      .anyOf([...days])
      .toArray()
  ).filter(({ state }) => state === 'kept')
  const opened: Operation[] = []
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    opened.push(...(await Promise.all(rows.slice(from, from + AT_ONCE).map((row) => operationOf(facts, row)))))
    onRead(opened.length, rows.length)
  }
  return opened.sort((a, b) => a.seq - b.seq)
}

const theirs = (merged: Awaited<ReturnType<typeof mergedDaysOf>>): Told[] =>
  merged.flatMap(({ deviceId, operations }) => operations.map((operation) => ({ ...operation, by: deviceId })))

/** Each once, and only what belongs to the shift, until the cut-off. */
function inQuestion(operations: readonly Told[], { day, shift, until, zone }: DayQuestion, { community }: Identity): Told[] {
  const seen = new Set<OperationKey>()
  const once = operations.filter(({ key }) => !seen.has(key) && seen.add(key))
  const time = community.shifts.find(({ name }) => name === shift)
  if (!time && until === undefined) return once
  const span = time ? shiftSpan(day, time, zone) : { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
  return withinSpan(once, span.from, Math.min(span.to, until ?? span.to))
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
async function observedIn({ db, own, today }: ReportingPhone, day: Day, index: RosterIndex | undefined): Promise<ReportSource['observed']> {
  const observations = await readSealed(db, own, 'observations')
  if (!observations || !index || day !== today) return () => undefined
  const standing = observations.filter(({ until }) => day < until).map(({ householdId }) => index.compoundOf.get(householdId))
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
