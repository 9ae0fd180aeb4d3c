import type { Entry } from './day-log'
import type { Attendance } from './post-operations'
import type { VolunteerKind } from './shift'

/** Somebody's time at a post within a span. */
export interface Attended {
  readonly name: string
  readonly as: VolunteerKind
  /** 人次: how often they were there. */
  readonly times: number
  readonly minutes: number
  /** Not signed out yet. */
  readonly isHere: boolean
}

export interface Span {
  /** ms; who signed in before it is counted from here on. */
  readonly from: number
  /** ms; who has not signed out is counted until here. */
  readonly to: number
}

/** A sign-in or a sign-out, and whether it still counts. */
export type Signing = Pick<Entry<Attendance>, 'operation' | 'at' | 'voided'>

interface Stay<S extends Signing> {
  readonly name: string
  readonly as: VolunteerKind
  readonly from: number
  to: number
  isHere: boolean
  /** From the sign-in to the sign-out. */
  readonly signings: S[]
}

/** ms; who has stood for longer has forgotten to sign out. */
export const LONGEST_STAY = 24 * 3_600_000

/**
 * The sign-ins and sign-outs of one post by whoever stood there in a span, in their order. In a shift's span (`isOfShift`: what names it)
 * who comes early and who stays on are there; who already signs in for the next shift, or only now goes from the one before, is not.
 */
export function standingIn<S extends Signing>(entries: readonly S[], { from, to }: Span, isOfShift?: (signing: S) => boolean): S[] {
  const isIn = ({ at }: S) => at >= from && at < to
  const isOfAnother = (signing: S | undefined) =>
    signing !== undefined && isOfShift !== undefined && isIn(signing) && signing.operation.shift !== undefined && !isOfShift(signing)
  const stays = staysIn(entries, Number.POSITIVE_INFINITY)
  const stood = stays.filter((stay) => {
    const [first] = stay.signings
    if (first && isOfShift?.(first)) return true
    if (stay.from >= to || stay.to <= from || stay.from < from - LONGEST_STAY) return false
    return !isOfAnother(first) && !(isOfAnother(stay.signings.at(-1)) && !stay.isHere)
  })
  const paired = new Set(stays.flatMap(({ signings }) => signings))
  const there = new Set(stood.flatMap(({ signings }) => signings))
  const isAlone = (each: S) => !paired.has(each) && (isOfShift && each.operation.shift !== undefined ? isOfShift(each) : isIn(each))
  return entries.filter((each) => there.has(each) || isAlone(each))
}

/** 志愿者人次, 工时: who was there and for how long, from sign-ins and sign-outs in their order. To sign in twice is to be there once. */
export function attended(entries: readonly Signing[], { from, to }: Span): Attended[] {
  const stays = staysIn(entries, to).filter((stay) => stay.from < to && stay.to > from)
  const names = [...new Set(stays.map(({ name }) => name))]
  return names.map((name) => {
    const own = stays.filter((stay) => stay.name === name)
    const ms = own.reduce((sum, stay) => sum + Math.min(stay.to, to) - Math.max(stay.from, from), 0)
    return {
      name,
      as: own.at(-1)?.as ?? 'other',
      times: own.length,
      minutes: Math.round(ms / MINUTE),
      isHere: own.some((stay) => stay.isHere),
    }
  })
}

/** Of all together. */
export function totalOf(people: readonly Attended[]): { readonly personTimes: number; readonly minutes: number } {
  return {
    personTimes: people.reduce((sum, { times }) => sum + times, 0),
    minutes: people.reduce((sum, { minutes }) => sum + minutes, 0),
  }
}

function staysIn<S extends Signing>(entries: readonly S[], until: number): Stay<S>[] {
  const stays: Stay<S>[] = []
  for (const signing of entries) {
    const { voided, at, operation } = signing
    if (voided || at >= until) continue
    const { name, as, direction } = operation
    const open = stays.find((stay) => stay.isHere && stay.name === name)
    open?.signings.push(signing)
    if (direction === 'in' && !open) stays.push({ name, as, from: at, to: until, isHere: true, signings: [signing] })
    if (direction === 'out' && open) Object.assign(open, { to: at, isHere: false })
  }
  return stays
}

const MINUTE = 60_000
