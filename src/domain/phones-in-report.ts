import { clockOn } from './clock-text'
import type { Post } from './community'
import type { CommunityId, DeviceId, PostId } from './ids'
import type { PhoneInReport, ReportSource, Unsent } from './report'
import type { Day } from './time'

/** Another phone, as the server last told of it. `unitId`: its post, or a unit above some. */
export interface PhoneOfPost {
  readonly deviceId: DeviceId
  readonly name: string
  readonly unitId: string
  readonly lastSeen?: number
}

/** A day that another phone gave. */
export interface DayOfPhone {
  readonly deviceId: DeviceId
  readonly name: string
  readonly postId: PostId
  readonly day: Day
  /** When it was given, its corrected ms. */
  readonly madeAt: number
  readonly unsent: Unsent
}

export interface PhonesQuestion {
  readonly self: DeviceId
  readonly communityId: CommunityId
  /** Undefined: the list was never fetched. */
  readonly phones: readonly PhoneOfPost[] | undefined
  /** The posts that the report covers. */
  readonly posts: readonly Post[]
  /** The days that the report lies on, in their order. */
  readonly days: readonly Day[]
  readonly given: readonly DayOfPhone[]
  readonly zone: number
}

/** The other phones of these posts: those of the list, and those that gave a day though the list does not name them. */
export function phonesInReport(question: PhonesQuestion): PhoneInReport[] {
  const { self, phones, posts, given } = question
  const listed = (phones ?? []).flatMap((phone): PhoneInReport[] => {
    const { deviceId, name, lastSeen } = phone
    const place = placeOf(phone, question)
    if (!place || deviceId === self) return []
    return [{ deviceId, name, ...place, ...mergedOf(deviceId, question, lastSeen) }]
  })
  const known = new Set([self, ...(phones ?? []).map(({ deviceId }) => deviceId)])
  const strangers = [...new Map(given.map((day) => [day.deviceId, day])).values()].filter(
    ({ deviceId, postId }) => !known.has(deviceId) && posts.some(({ id }) => id === postId),
  )
  return [...listed, ...strangers.map(({ deviceId, name, postId }) => ({ deviceId, name, postId, ...mergedOf(deviceId, question) }))]
}

function placeOf(
  { unitId }: PhoneOfPost,
  { posts, communityId }: PhonesQuestion,
): Pick<PhoneInReport, 'postId' | 'compoundId'> | undefined {
  const post = posts.find(({ id }) => id === unitId)
  if (post) return { postId: post.id }
  const compoundId = posts.find((each) => each.compoundId === unitId)?.compoundId
  if (compoundId) return { compoundId }
  return unitId === communityId ? {} : undefined
}

/** Until when its days are in the report without a gap, and when it was last heard of, by the server or by its own file. */
function mergedOf(deviceId: DeviceId, { days, given, zone }: PhonesQuestion, seen?: number) {
  const own = given.filter((each) => each.deviceId === deviceId)
  let until: number | undefined
  for (const day of days) {
    const file = own.find((each) => each.day === day)
    if (!file) break
    const end = Date.parse(`${day}T24:00:00Z`) - zone * 60_000
    until = Math.min(file.madeAt, end)
    if (file.madeAt < end) break
  }
  const asked = own.filter(({ day }) => days.includes(day))
  const waiting = asked.reduce((sum, { unsent }) => sum + unsent.waiting, 0)
  const returned = asked.reduce((sum, { unsent }) => sum + unsent.returned, 0)
  const lastSeen = Math.max(seen ?? 0, ...own.map(({ madeAt }) => madeAt))
  return {
    ...(until === undefined ? {} : { until }),
    ...(lastSeen > 0 ? { lastSeen } : {}),
    ...(waiting + returned > 0 ? { unsent: { waiting, returned } } : {}),
  }
}

export interface PhoneWords {
  /** `seen`: when anything was last heard of it. */
  unmerged(name: string, seen: string | undefined): string
  mergedUntil(name: string, until: string): string
  /** 未知: which other phones there are was never told. */
  readonly phonesUnknown: string
}

/** What is missing of a phone; empty where all that was asked for is in the report. */
export function missingOf(phone: PhoneInReport, source: ReportSource, words: PhoneWords): string {
  const { name, until, lastSeen } = phone
  if (isWhole(phone, source)) return ''
  if (until !== undefined && until > source.span.from) return words.mergedUntil(name, clockOn(until, source))
  return words.unmerged(name, lastSeen === undefined ? undefined : clockOn(lastSeen, source))
}

function isWhole({ until }: PhoneInReport, { span, asOf }: ReportSource): boolean {
  return until !== undefined && until >= Math.min(span.to, asOf)
}

/** Whether nothing can come any more: the time is over, and each phone that may have stood there is in the report. */
export function isComplete(source: ReportSource, posts: readonly Post[]): boolean {
  const { phones, arePhonesKnown, span, asOf } = source
  if (!arePhonesKnown || asOf < span.to) return false
  const mayStandHere = ({ postId, compoundId }: PhoneInReport) =>
    posts.some((post) => (postId ? post.id === postId : compoundId ? post.compoundId === compoundId : true))
  return phones.every((phone) => !mayStandHere(phone) || isWhole(phone, source))
}
