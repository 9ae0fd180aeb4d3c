import { uuidV7 } from '../../domain/ids'
import type { StepTaken } from '../../domain/incident'
import type { CheckIn, Direction, Operation, Retest } from '../../domain/operation'
import type { IncidentStep } from '../../domain/post-operations'
import type { Reading } from '../../domain/reading'
import type { Household } from '../../domain/roster'
import type { Stamp } from '../../domain/stamp'
import { CHINA, isoWithOffset } from '../../domain/time'
import type { DemoPost } from './places'
import type { Random } from './random'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Share of a day's passages by hour: before work, after work, shopping in between. */
const BY_HOUR = [1, 0, 0, 0, 1, 3, 9, 14, 10, 6, 6, 6, 5, 4, 4, 4, 6, 10, 9, 6, 4, 3, 2, 1]
const LOW = { morning: 0.3, else: 0.015 }
const HIGH = 0.0005
const CONFIRMED = 0.25

/** What follows a confirmed fever; a post is seldom without help for longer than half an hour. */
const INCIDENT: readonly { readonly step: StepTaken; readonly after: number }[] = [
  { step: { at: 'checked', item: 'distance' }, after: 670_000 },
  { step: { at: 'called', role: 'community' }, after: 700_000 },
  { step: { at: 'checked', item: 'called-community' }, after: 710_000 },
  { step: { at: 'taken-over', by: '社区卫生服务站' }, after: 1_500_000 },
  { step: { at: 'closed', outcome: 'fever-clinic' }, after: 1_800_000 },
]

type Unnumbered<O extends Operation> = Omit<O, 'seq'>

/** What one phone recorded at its post over some days, in order and numbered from 1; nothing after `until` (ms). */
export function historyOf(random: Random, { post, households, operators, firstDay, days, until, versionAt }: HistoryOptions): Operation[] {
  const numbered: Unnumbered<CheckIn | Retest | IncidentStep>[] = []
  const passages = Math.round(post.passages / post.phones)
  for (let day = 0; day < days; day++) {
    for (const at of timesOf(random, firstDay + day * DAY, passages)) {
      numbered.push(...passageOf(random, { post, households, versionAt }, operatorAt(operators, at), at))
    }
  }
  return numbered
    .filter(({ deviceTime }) => Date.parse(deviceTime) < until)
    .sort((a, b) => Date.parse(a.deviceTime) - Date.parse(b.deviceTime))
    .map((operation, i) => ({ ...operation, seq: i + 1 }) as Operation)
}

export interface HistoryOptions {
  readonly post: DemoPost
  readonly households: readonly Household[]
  /** One a shift. */
  readonly operators: readonly [string, string, string]
  /** Midnight in China, ms. */
  readonly firstDay: number
  readonly days: number
  readonly until: number
  /** The rules in force there. */
  versionAt(at: number): string
}

function timesOf(random: Random, midnight: number, count: number): number[] {
  const sum = BY_HOUR.reduce((a, b) => a + b)
  return Array.from({ length: count }, () => {
    let left = random.next() * sum
    const hour = BY_HOUR.findIndex((share) => {
      left -= share
      return left < 0
    })
    return midnight + Math.max(0, hour) * HOUR + random.int(HOUR)
  })
}

function passageOf(
  random: Random,
  { post, households, versionAt }: Pick<HistoryOptions, 'post' | 'households' | 'versionAt'>,
  operator: string,
  at: number,
): Unnumbered<CheckIn | Retest | IncidentStep>[] {
  const household = random.pick(households)
  const resident = random.pick(household.residents)
  const hour = new Date(at + CHINA * 60_000).getUTCHours()
  const direction: Direction = random.next() < (hour < 12 ? 0.35 : 0.65) ? 'in' : 'out'
  const first = firstReading(random, hour)
  const card = household.cards.find(({ residentId }) => residentId === resident.id) ?? household.cards[0]
  const checkIn: Unnumbered<CheckIn> = {
    ...stamp(random, post, operator, at),
    kind: 'check-in',
    subject: { kind: 'resident', residentId: resident.id, householdId: household.id },
    direction,
    measured: first,
    way: card ? 'card' : 'search',
    ...(card ? { cardId: card.id } : {}),
    rules: versionAt(at),
  }
  const retests = furtherReadings(random, first).map(
    ({ reading, after }): Unnumbered<Retest> => ({
      ...stamp(random, post, operator, at + after),
      kind: 'retest',
      target: checkIn.key,
      reading,
    }),
  )
  const last = retests.at(-1)
  if (last?.reading.site !== 'armpit') return [checkIn, ...retests]
  const steps = INCIDENT.map(
    ({ step, after }): Unnumbered<IncidentStep> => ({
      ...stamp(random, post, operator, at + after),
      kind: 'incident-step',
      target: checkIn.key,
      step,
    }),
  )
  return [checkIn, ...retests, ...steps]
}

function stamp(random: Random, { id }: DemoPost, operator: string, at: number): Omit<Stamp, 'seq'> {
  return { key: uuidV7(at, random.bytes(10)), deviceTime: isoWithOffset(at, CHINA), clockOffset: 0, postId: id, operator }
}

function firstReading(random: Random, hour: number): Reading {
  const low = hour >= 6 && hour < 8 ? LOW.morning : LOW.else
  const chance = random.next()
  const celsius = chance < HIGH ? 37.3 + random.int(8) / 10 : chance < HIGH + low ? 33 + random.int(19) / 10 : 35.8 + random.int(13) / 10
  return { celsius: tenth(celsius), site: 'forehead', attempt: 1 }
}

/** Too low: the wrist, half a minute later. At the threshold: the neck after five minutes, then the armpit where that is high too. */
function furtherReadings(random: Random, first: Reading): { reading: Reading; after: number }[] {
  const usual = () => tenth(36 + random.int(9) / 10)
  if (first.celsius < 35) return [{ reading: { celsius: usual(), site: 'wrist', attempt: 2 }, after: 30_000 }]
  if (first.celsius < 37.3) return []
  const confirmed = random.next() < CONFIRMED
  const neck: Reading = { celsius: confirmed ? first.celsius : usual(), site: 'neck', attempt: 2 }
  if (!confirmed) return [{ reading: neck, after: 320_000 }]
  return [
    { reading: neck, after: 320_000 },
    { reading: { celsius: tenth(first.celsius + 0.2), site: 'armpit', attempt: 3 }, after: 660_000 },
  ]
}

/** 07-15, 15-23, 23-07. */
function operatorAt([early, middle, late]: HistoryOptions['operators'], at: number): string {
  const hour = new Date(at + CHINA * 60_000).getUTCHours()
  if (hour >= 7 && hour < 15) return early
  return hour >= 15 && hour < 23 ? middle : late
}

const tenth = (celsius: number) => Math.round(celsius * 10) / 10
