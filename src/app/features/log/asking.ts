import { type Community, instantWithin, type Post, placeOf } from '../../../domain/community'
import { shiftDue } from '../../../domain/hand-in-time'
import type { OperationKey } from '../../../domain/ids'
import { REPORT_KINDS, type ReportKind } from '../../../domain/report'
import { type Day, dayOf } from '../../../domain/time'
import { FORMATS, type Format } from '../../../reports/file-name'
import type { Chosen } from './day-choice'
import { zoneNow } from './use-day'
import type { Asked } from './use-report'

/** What is asked for on the way to a file or a page. It stands in the address: a screen that locked itself comes back as it was. */
export interface Asking extends Chosen {
  readonly kind: ReportKind
  readonly format: Format
  /** 12:00; empty: to the end. */
  readonly cutOff: string
  /** One hand-over of the day; none: each. */
  readonly handOver: OperationKey | undefined
}

export interface Places {
  readonly community: Community
  readonly posts: readonly Post[]
}

/** What an address asks for; without a day: the daily report of the shift that is due. */
export function askingOf(search: string, { community, posts }: Places, now: number): Asking {
  const query = new URLSearchParams(search)
  const day = query.get('day')
  const due = day ? undefined : shiftDue(now, community.shifts, zoneNow())
  const shift = day ? query.get('shift') : due?.shift
  return {
    // Only `addressOf` makes such an address.
    day: (day as Day | null) ?? due?.day ?? dayOf(now, zoneNow()),
    shift: community.shifts.find(({ name }) => name === shift)?.name,
    postId: posts.find(({ id }) => id === query.get('post'))?.id,
    kind: REPORT_KINDS.find((kind) => kind === query.get('kind')) ?? 'daily',
    format: FORMATS.find((format) => format === query.get('format')) ?? 'xlsx',
    cutOff: /^\d\d:\d\d$/.test(query.get('until') ?? '') ? (query.get('until') ?? '') : '',
    handOver: (query.get('hand-over') as OperationKey | null) ?? undefined,
  }
}

export function addressOf(path: '/log/hand-in' | '/log/print', { day, shift, postId, kind, format, cutOff, handOver }: Asking): string {
  const query = new URLSearchParams({
    day,
    kind,
    format,
    ...(shift ? { shift } : {}),
    ...(postId ? { post: postId } : {}),
    ...(cutOff ? { until: cutOff } : {}),
    ...(handOver ? { 'hand-over': handOver } : {}),
  })
  return `${path}?${query}`
}

/** The same for the worker that makes it. */
export function askedOf(asking: Asking, { community, posts }: Places): Asked {
  const { day, shift, postId, kind, handOver } = asking
  const until = untilOf(asking, community)
  const post = posts.find(({ id }) => id === postId)
  const part = { ...(shift ? { shift } : {}), ...(until === undefined ? {} : { until }) }
  return {
    question: { day, zone: zoneNow(), ...part, ...(postId ? { postId } : {}), ...(handOver ? { handOver } : {}) },
    order: { kind, ...part, ...(post ? { post: placeOf(post) } : {}) },
  }
}

/** ms; undefined: to the end. */
export function untilOf({ day, shift, cutOff }: Asking, { shifts }: Community): number | undefined {
  const [hours, minutes] = cutOff.split(':').map(Number)
  if (hours === undefined || minutes === undefined) return undefined
  const time = shifts.find(({ name }) => name === shift)
  return instantWithin(day, hours * 60 + minutes, time, zoneNow())
}
