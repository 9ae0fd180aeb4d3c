import type { DayLog } from './day-log'
import type { DeviceId, OperationKey } from './ids'
import type { Operation, Told } from './operation'
import type { JudgedBy } from './passage'
import { wentThrough } from './presence'
import { type Band, type Bands, bandOf, type Reading, SITES, type Site } from './reading'
import type { EqualRun } from './thermometer'
import { occurredTime } from './time'

/** A day or a shift as its lead looks at it: numbers only, no person. */
export interface DayPicture {
  /** From the first quarter hour with a passage to the last; those in between too. */
  readonly quarters: readonly Quarter[]
  /** Sites with a reading, and what was read there. */
  readonly sites: readonly SiteReadings[]
  /** Measured and in range, the tenth not written down. */
  readonly inRange: number
  readonly openIncidents: readonly { readonly key: OperationKey; readonly since: number }[]
  /** 额温枪: each run of ten or more equal readings, though others came after it. Never a ranking of people. */
  readonly stuck: readonly EqualRun[]
  /** By kind and phone, in the order of the phones: no list of who made how many. */
  readonly corrections: readonly Correction[]
  readonly phones: readonly PhoneShare[]
}

export interface Quarter {
  /** ms; a multiple of 15 minutes. */
  readonly from: number
  readonly in: number
  readonly out: number
}

export interface SiteReadings {
  readonly site: Site
  /** Of the rules that most of its readings were judged by. */
  readonly bands: Bands
  /** Each tenth that was read, from the lowest. */
  readonly tenths: readonly { readonly celsius: number; readonly count: number; readonly band: Band }[]
}

export interface Correction {
  readonly kind: (typeof CORRECTIONS)[number]
  /** Undefined: this phone. */
  readonly deviceId?: DeviceId
  readonly count: number
}

export interface PhoneShare {
  /** Undefined: this phone. */
  readonly deviceId?: DeviceId
  readonly passages: number
  readonly first: number
  readonly last: number
}

const QUARTER = 15 * 60_000
const CORRECTIONS = ['void', 'amend', 'late-entry'] as const

export function dayPicture(log: DayLog, operations: readonly Told[], judgedBy: JudgedBy): DayPicture {
  const counted = log.passages.filter(({ voided, key }) => !voided && log.marks.get(key)?.duplicateOf === undefined)
  const counts = log.counts.filter(({ voided }) => !voided)
  const readings = counted.flatMap((passage) => passage.readings.map((reading) => ({ reading, rules: passage.checkIn.rules })))
  return {
    quarters: quartersOf([
      ...counted.filter(wentThrough).map(({ at, direction }) => ({ at, direction, people: 1 })),
      ...counts.map(({ at, operation: { direction, people } }) => ({ at, direction, people })),
    ]),
    sites: SITES.flatMap((site) => {
      const own = readings.filter(({ reading }) => reading.site === site)
      return own.length === 0 ? [] : [siteReadings(site, own, judgedBy)]
    }),
    inRange:
      counted.filter(({ inRange }) => inRange).length +
      counts.reduce((sum, { operation }) => sum + ('inRange' in operation.measured ? operation.people : 0), 0),
    openIncidents: log.incidents
      .filter(({ closed, key }) => !closed && log.marks.get(key)?.duplicateOf === undefined)
      .map(({ key, openedAt }) => ({ key, since: openedAt })),
    stuck: log.equalRuns.map(({ postId: _postId, ...run }) => run),
    corrections: correctionsOf(operations),
    phones: phonesOf(log),
  }
}

interface Moved {
  readonly at: number
  readonly direction: 'in' | 'out'
  readonly people: number
}

function quartersOf(moved: readonly Moved[]): Quarter[] {
  if (moved.length === 0) return []
  const sums = new Map<number, { in: number; out: number }>()
  for (const { at, direction, people } of moved) {
    const from = Math.floor(at / QUARTER) * QUARTER
    const sum = sums.get(from) ?? { in: 0, out: 0 }
    sum[direction] += people
    sums.set(from, sum)
  }
  const starts = [...sums.keys()].sort((a, b) => a - b)
  const [first = 0] = starts
  const last = starts.at(-1) ?? first
  return Array.from({ length: (last - first) / QUARTER + 1 }, (_, i) => {
    const from = first + i * QUARTER
    return { from, ...(sums.get(from) ?? { in: 0, out: 0 }) }
  })
}

interface Judged {
  readonly reading: Reading
  readonly rules: string
}

function siteReadings(site: Site, readings: readonly Judged[], judgedBy: JudgedBy): SiteReadings {
  const tenths = new Map<string, { celsius: number; count: number; band: Band }>()
  const versions = new Map<string, number>()
  for (const { reading, rules } of readings) {
    versions.set(rules, (versions.get(rules) ?? 0) + 1)
    const band = bandOf(reading.celsius, judgedBy(rules).bands[site])
    const known = tenths.get(`${reading.celsius} ${band}`)
    if (known) known.count++
    else tenths.set(`${reading.celsius} ${band}`, { celsius: reading.celsius, count: 1, band })
  }
  const [most = ['', 0]] = [...versions].sort((a, b) => b[1] - a[1])
  return { site, bands: judgedBy(most[0]).bands[site], tenths: [...tenths.values()].sort((a, b) => a.celsius - b.celsius) }
}

function correctionsOf(operations: readonly Told[]): Correction[] {
  const phones = [...new Set(operations.map(({ by }) => by))].sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1))
  return CORRECTIONS.flatMap((kind) =>
    phones.flatMap((phone) => {
      const count = operations.filter((each) => each.by === phone && correctionIn(each) === kind).length
      return count === 0 ? [] : [{ kind, ...(phone ? { deviceId: phone } : {}), count }]
    }),
  )
}

function correctionIn(operation: Operation): Correction['kind'] | undefined {
  if (operation.kind === 'void' || operation.kind === 'amend') return operation.kind
  return isLate(operation) ? 'late-entry' : undefined
}

const isLate = (operation: Operation) => 'occurredAt' in operation && operation.occurredAt !== undefined

function phonesOf({ passages, counts }: DayLog): PhoneShare[] {
  const rows = [...passages.map(({ by, checkIn }) => ({ by, at: occurredTime(checkIn) })), ...counts.map(({ by, at }) => ({ by, at }))]
  const shares = new Map<string, PhoneShare>()
  for (const { by, at } of rows) {
    const own = shares.get(by ?? '') ?? { ...(by ? { deviceId: by } : {}), passages: 0, first: at, last: at }
    shares.set(by ?? '', { ...own, passages: own.passages + 1, first: Math.min(own.first, at), last: Math.max(own.last, at) })
  }
  return [...shares.values()].sort((a, b) => b.passages - a.passages)
}
