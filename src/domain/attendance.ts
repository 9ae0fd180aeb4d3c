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

interface Stay {
  readonly name: string
  readonly as: VolunteerKind
  readonly from: number
  to: number
  isHere: boolean
}

/** 志愿者人次, 工时: who was there and for how long, from sign-ins and sign-outs in their order. To sign in twice is to be there once. */
export function attended(entries: readonly Entry<Attendance>[], { from, to }: Span): Attended[] {
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

function staysIn(entries: readonly Entry<Attendance>[], until: number): Stay[] {
  const stays: Stay[] = []
  for (const { voided, at, operation } of entries) {
    if (voided || at >= until) continue
    const open = stays.find((stay) => stay.isHere && stay.name === operation.name)
    if (operation.direction === 'out') {
      if (open) Object.assign(open, { to: at, isHere: false })
    } else if (!open) stays.push({ name: operation.name, as: operation.as, from: at, to: until, isHere: true })
  }
  return stays
}

const MINUTE = 60_000
