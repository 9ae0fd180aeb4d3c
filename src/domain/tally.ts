import type { DayLog, Entry } from './day-log'
import type { Direction, Operation } from './operation'
import type { JudgedBy, Passage } from './passage'
import { isWaiting } from './passage'
import { insideCount, wentThrough } from './presence'
import { bandOf, type Reading } from './reading'

/** Counts of a day or a shift. What was voided does not count; what two phones wrote of one passage counts once. */
export interface Tally {
  /** Who got to the other side (`wentThrough`); the registers and the readings count all who stood there. */
  readonly in: number
  readonly out: number
  readonly measured: number
  readonly notMeasured: number
  /** Passages with a reading below the band: 偏低重测. */
  readonly tooLow: number
  /** Passages whose first counting reading was at or over the threshold: 首测≥阈值. */
  readonly atThreshold: number
  readonly confirmed: number
  readonly waiting: number
  readonly openIncidents: number
  /** 移交. */
  readonly handedOn: number
  readonly visitors: number
  readonly couriers: number
  readonly vehicles: number
  readonly keyArea: number
  readonly exceptions: number
  readonly emergencies: number
  readonly turnedBack: number
  readonly arrivals: number
  /** 其中未登记. */
  readonly unregistered: number
  readonly requests: number
  /** Known residents last seen going in. */
  readonly inside: number
  readonly duplicates: number
  readonly voided: number
}

export function tally(log: DayLog, judgedBy: JudgedBy): Tally {
  const { passages, marks, incidents } = log
  const standing = passages.filter(({ voided }) => !voided)
  const counted = standing.filter(({ key }) => marks.get(key)?.duplicateOf === undefined)
  const count = (holds: (passage: Passage) => boolean) => counted.filter(holds).length
  const through = (way: Direction) => count((passage) => passage.direction === way && wentThrough(passage))
  const band = ({ celsius, site }: Reading, { checkIn }: Passage) => bandOf(celsius, judgedBy(checkIn.rules).bands[site])
  const people = (direction: Direction) => sum(valid(log.counts), ({ direction: way, people: n }) => (way === direction ? n : 0))
  const inBatches = (isMeasured: boolean) =>
    sum(valid(log.counts), ({ measured, people: n }) => ('inRange' in measured === isMeasured ? n : 0))
  const subjects = (kind: Passage['checkIn']['subject']['kind']) => count(({ checkIn }) => checkIn.subject.kind === kind)
  const exceptions = (kind: 'exception' | 'emergency') => count(({ exception }) => exception?.kind === kind)
  return {
    in: through('in') + people('in'),
    out: through('out') + people('out'),
    measured: count(({ readings, inRange }) => readings.length > 0 || inRange) + inBatches(true),
    notMeasured: count(({ readings, inRange }) => readings.length === 0 && !inRange) + inBatches(false),
    tooLow: count((passage) => passage.readings.some((reading) => band(reading, passage) === 'too-low')),
    atThreshold: count((passage) => {
      const first = passage.readings.find((reading) => band(reading, passage) !== 'too-low')
      return first !== undefined && band(first, passage) === 'at-threshold'
    }),
    confirmed: count(({ step }) => step.at === 'confirmed'),
    waiting: count(isWaiting),
    openIncidents: incidents.filter(({ closed, key }) => !closed && marks.get(key)?.duplicateOf === undefined).length,
    handedOn: incidents.filter(({ takenOver, key }) => takenOver && marks.get(key)?.duplicateOf === undefined).length,
    visitors: subjects('visitor'),
    couriers: subjects('courier'),
    vehicles: new Set(counted.flatMap(({ checkIn: { vehicle } }) => vehicle?.id ?? [])).size,
    keyArea: count(({ checkIn: { subject } }) => subject.kind === 'visitor' && subject.keyArea === true) + arrivalsFrom(log),
    exceptions: exceptions('exception'),
    emergencies: exceptions('emergency'),
    turnedBack: valid(log.turnedBack).length,
    arrivals: valid(log.arrivals).length,
    unregistered: valid(log.arrivals).filter(({ platform }) => platform === 'not-registered').length,
    requests: valid(log.requests).length,
    inside: insideCount(counted),
    duplicates: standing.length - counted.length,
    voided: passages.length - standing.length,
  }
}

const arrivalsFrom = (log: DayLog) => valid(log.arrivals).filter(({ keyArea }) => keyArea).length
const valid = <O extends Operation>(entries: readonly Entry<O>[]): O[] =>
  entries.flatMap(({ voided, operation }) => (voided ? [] : [operation]))
const sum = <T>(list: readonly T[], of: (each: T) => number) => list.reduce((total, each) => total + of(each), 0)
