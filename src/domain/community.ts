import type { CommunityId, CompoundId, DeviceId, PostId } from './ids'
import type { LocalNames } from './local-names'
import type { Day } from './time'

export const POST_TYPES = ['compound-gate', 'village-gate', 'metro-exit', 'road-check', 'service-point'] as const
export type PostType = (typeof POST_TYPES)[number]

/** Start and end in minutes after midnight; a shift may cross it. */
export interface ShiftTime {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** 有物业, 单位自管, 无物业, 村. */
export const MANAGEMENTS = ['property', 'work-unit', 'none', 'village'] as const
export type Management = (typeof MANAGEMENTS)[number]

/** What rules may ask about a post's surroundings. */
export interface Setting {
  /** GB/T 2260 code of the district that manages it. */
  readonly district?: string
  /** 主城区, 城乡融合. */
  readonly tier?: 'core' | 'fusion'
  readonly management?: Management
  readonly enclosed?: boolean
  /** Where nobody manages it: the official who answers for it, shown at the post. */
  readonly official?: string
}

export const CONTACT_ROLES = ['community', 'health', 'police'] as const
/** 三位一体: whom a post calls. */
export type ContactRole = (typeof CONTACT_ROLES)[number]

export interface Contact {
  readonly role: ContactRole
  readonly name: string
  readonly phone: string
}

export interface Post {
  readonly id: PostId
  readonly name: string
  readonly type: PostType
  /** Empty where a post belongs to no compound (a metro exit). */
  readonly compoundId?: CompoundId
  readonly compoundName: string
  readonly setting?: Setting
  /** Whom this post calls where that is another than the community's, by role. */
  readonly contacts?: readonly Contact[]
}

/** What a phone knows of the community that it works for. */
export interface Community {
  readonly id: CommunityId
  readonly name: string
  /** 收集单位: who collects what is written here, and how to reach them. */
  readonly collectingBody: string
  readonly contact: string
  readonly shifts: readonly ShiftTime[]
  readonly contacts?: readonly Contact[]
  /** Undefined: as in Nanjing. */
  readonly names?: LocalNames
}

/** Whom a post calls, a role each: its own, else the community's; who collects the records is always among them. */
export function contactsOf({ contacts = [] }: Pick<Post, 'contacts'>, community: Community): readonly Contact[] {
  const body: Contact = { role: 'community', name: community.collectingBody, phone: community.contact }
  const known = [...contacts, ...(community.contacts ?? []), body]
  return CONTACT_ROLES.flatMap((role) => known.find((each) => each.role === role) ?? [])
}

/** The public keys that a phone works with. */
export interface CommunityKeys {
  /** The server's: what is sealed to it, it opens. */
  readonly receive: { readonly keyId: string; readonly publicKey: string }
  /** What cards are verified with; a retired key still verifies until its last card has expired. */
  readonly cards: readonly PublicCardKey[]
  /** The phones that can give a forgotten PIN back. */
  readonly leads: readonly { readonly deviceId: DeviceId; readonly name: string; readonly receiveKey: string }[]
}

export interface PublicCardKey {
  readonly keyId: string
  readonly communityId: CommunityId
  readonly communityName: string
  readonly publicKey: string
}

/** 早 07-15, 中 15-23, 晚 23-07. */
export const USUAL_SHIFTS: readonly ShiftTime[] = [
  { name: '早班', from: 420, to: 900 },
  { name: '中班', from: 900, to: 1380 },
  { name: '晚班', from: 1380, to: 420 },
]

export function shiftAt(minute: number, shifts: readonly ShiftTime[]): ShiftTime | undefined {
  return shifts.find(({ from, to }) => (from < to ? minute >= from && minute < to : minute >= from || minute < to))
}

/** Minutes: a shift is opened, and signed in to, this long before it begins. */
const OPENS_BEFORE = 60
/** Minutes: so near to a change of shifts who signs in comes for the later one, and who signs out goes from the earlier. */
const CHANGES_WITHIN = 30

/** The shift that is most likely opened at a time of day: the one that is on or soon begins, else the next. */
export function shiftToOpen(minute: number, shifts: readonly ShiftTime[]): ShiftTime | undefined {
  const until = ({ from }: ShiftTime) => onClock(from - minute)
  return shiftAt(onClock(minute + OPENS_BEFORE), shifts) ?? [...shifts].sort((a, b) => until(a) - until(b))[0]
}

/** The name of the shift that somebody signs in to or out of; `open`: the one that the phone has open. */
export function shiftToSign(
  direction: 'in' | 'out',
  minute: number,
  shifts: readonly ShiftTime[],
  open: string | undefined,
): string | undefined {
  const [before, now, after] = [-CHANGES_WITHIN, 0, CHANGES_WITHIN].map((by) => shiftAt(onClock(minute + by), shifts))
  const meant = direction === 'in' ? after : before
  return before !== after && meant ? meant.name : (open ?? now?.name)
}

const onClock = (minutes: number) => (minutes + MINUTES_A_DAY) % MINUTES_A_DAY

/** 梧桐苑 南门: how a post is called where there is more than one compound. */
export function placeOf(post: Pick<Post, 'compoundName' | 'name'> | undefined): string {
  return [post?.compoundName, post?.name].filter(Boolean).join(' ')
}

/** From when to when a shift of a calendar day lasts, ms; one that crosses midnight ends on the next day. `zone`: minutes east. */
export function shiftSpan(
  day: Day,
  { from, to }: Pick<ShiftTime, 'from' | 'to'>,
  zone: number,
): { readonly from: number; readonly to: number } {
  const midnight = Date.parse(`${day}T00:00:00Z`) - zone * MINUTE
  return { from: midnight + from * MINUTE, to: midnight + (to > from ? to : to + MINUTES_A_DAY) * MINUTE }
}

/** The instant of a time of day (minutes after midnight) in a shift of that day, else in the day itself, ms: 02:00 of a night shift is on the next day. */
export function instantWithin(day: Day, minute: number, shift: Pick<ShiftTime, 'from' | 'to'> | undefined, zone: number): number {
  const { from } = shiftSpan(day, { from: minute, to: 0 }, zone)
  const isNextDay = shift !== undefined && shift.to <= shift.from && minute <= shift.to
  return from + (isNextDay ? MINUTES_A_DAY * MINUTE : 0)
}

const MINUTE = 60_000
const MINUTES_A_DAY = 1440
