import type { CheckIn, Direction, SubjectKind } from '../operation'
import type { Rules } from './rules'

/** What must be asked before the temperature. */
export type Ask = 'pass' | 'arrival'

export const STOP_CAUSES = ['visitors-barred', 'key-area', 'courier-outside', 'outing-quota', 'gate-hours', 'no-pass'] as const
/** Why somebody cannot pass yet. */
export type StopCause = (typeof STOP_CAUSES)[number]

/** What the rules say before a temperature is taken. Nobody is admitted by it: 可通行 comes with a saved reading, or where none is asked. */
export type Verdict =
  | { readonly kind: 'measure' }
  /** Today's rules ask for no reading on this side: the scan itself saves. */
  | { readonly kind: 'admitted' }
  | { readonly kind: 'ask'; readonly asks: readonly Ask[] }
  /** For bystanders like any other wait; what it is stands behind a tap. */
  | { readonly kind: 'wait'; readonly why: 'observation' }
  | { readonly kind: 'stop'; readonly why: StopCause }

export type VerdictKind = Verdict['kind']

/** Who wants to pass, as far as a rule may look at them. A tenant is a resident; origin, register and plate are not asked. */
export interface Passer {
  readonly subject: SubjectKind
  readonly direction: Direction
  /** Minutes after midnight at the post. */
  readonly minute: number
  /** Under home observation today. */
  readonly observed?: boolean
  /** The roster says away, or the person says to come back. */
  readonly away?: boolean
  /** As declared: in a listed key area in the last 14 days. */
  readonly keyArea?: boolean
  /** Outings of the household within the quota's days, this one not counted. */
  readonly outings?: number
  /** Causes for which a person has made an exception; all else still holds. */
  readonly excepted?: readonly StopCause[]
  /** What was answered already. */
  readonly answered?: Answers
}

export interface Answers {
  /** The permit was shown, or the person has none. */
  readonly pass?: 'shown' | 'missing'
  /** Back from elsewhere: the arrival form was filled in, or there was no journey. */
  readonly arrival?: 'registered' | 'no-journey'
}

/** What is to be done with somebody at a post: a wait before a stop, a stop before a question, a question before the reading. */
export function verdictOn(passer: Passer, rules: Rules): Verdict {
  if (passer.observed && passer.direction === 'out') return { kind: 'wait', why: 'observation' }
  const stop = stopCauses(passer, rules).find((cause) => !passer.excepted?.includes(cause))
  if (stop) return { kind: 'stop', why: stop }
  const asks = asksOf(passer, rules)
  if (asks.length > 0) return { kind: 'ask', asks }
  return isReadingAsked(rules, passer.direction) ? { kind: 'measure' } : { kind: 'admitted' }
}

export function isReadingAsked({ readingOn }: Rules, direction: Direction): boolean {
  return readingOn === 'in-and-out' || readingOn === direction
}

/** A courier who hands something over at the gate; with an exception they carry it in. */
export function staysOutside({ verdict, exception }: Pick<CheckIn, 'verdict' | 'exception'>): boolean {
  return verdict?.why === 'courier-outside' && exception === undefined
}

function stopCauses({ subject, direction, minute, keyArea, outings, answered }: Passer, rules: Rules): StopCause[] {
  const causes: StopCause[] = []
  if (direction === 'in' && subject === 'visitor') {
    if (keyArea && rules.keyAreaVisitors === 'barred') causes.push('key-area')
    if (rules.visitors === 'barred') causes.push('visitors-barred')
  }
  if (direction === 'in' && subject === 'courier' && rules.couriers === 'stay-outside') causes.push('courier-outside')
  if (direction === 'in' && isStranger(subject) && !isOpen(rules, minute)) causes.push('gate-hours')
  if (answered?.pass === 'missing' && rules.pass === 'required') causes.push('no-pass')
  const { outingQuota } = rules
  if (direction === 'out' && outingQuota !== 'off' && (outings ?? 0) >= outingQuota.people) causes.push('outing-quota')
  return causes
}

function asksOf({ subject, direction, away, answered }: Passer, rules: Rules): Ask[] {
  const asks: Ask[] = []
  if (rules.pass === 'required' && !isStranger(subject) && answered?.pass === undefined) asks.push('pass')
  if (rules.arrivals === 'register' && direction === 'in' && away && answered?.arrival === undefined) asks.push('arrival')
  return asks
}

/** Whoever does not live here: the permit is for residents, the gate's hours are for all others. */
const isStranger = (subject: SubjectKind) => subject === 'visitor' || subject === 'courier'

function isOpen({ gateHours }: Rules, minute: number): boolean {
  if (gateHours === 'always') return true
  const { from, to } = gateHours
  return from < to ? minute >= from && minute < to : minute >= from || minute < to
}
