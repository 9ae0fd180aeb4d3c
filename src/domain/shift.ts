import type { OperationKey } from './ids'
import type { Site } from './reading'

export const VOLUNTEER_KINDS = [
  'party-member',
  'grid-officer',
  'assistant',
  'building-head',
  'property',
  'police',
  'volunteer',
  'community',
  'other',
] as const
/** 党员, 网格员, 协管员, 楼栋长, 物业, 民警, 志愿者, 社区干部. */
export type VolunteerKind = (typeof VOLUNTEER_KINDS)[number]

/** A thermometer compared with another at the start of a shift. The offset is noted and shown; values are never corrected by it. */
export interface ThermometerCheck {
  readonly thermometer: string
  /** °C to add for the reference's value; undefined: works, and was not compared. */
  readonly offset?: number
}

/** 交接班: what the post has left. */
export interface Supplies {
  readonly masks?: number
  /** Bottles. */
  readonly bottles?: number
  readonly thermometers?: number
  readonly batteries?: number
  /** What records before the numbers said. */
  readonly disinfectant?: 'enough' | 'low' | 'none'
  readonly thermometerBattery?: 'enough' | 'low'
  /** The phone's charge, 0 to 100; undefined: neither the browser nor a person told. */
  readonly charge?: number
}

/** What is told at a hand-over: never silent about what is unsent or open. */
export interface HandOverCounts {
  readonly in: number
  readonly out: number
  readonly measured: number
  readonly openIncidents: number
  readonly openRetests: number
  readonly unsent: number
  readonly returned: number
  /** 志愿者人次, and how long they were there together. */
  readonly personTimes?: number
  readonly volunteerMinutes?: number
}

/** A phone of the post and what is not uploaded from it; of another one it is known only when the server saw it last. */
export interface PhoneLeft {
  readonly name: string
  readonly unsent?: number
  /** ISO 8601 with offset. */
  readonly lastSeen?: string
}

/** What the next shift takes over, with time and place. */
export interface OpenLeft {
  readonly kind: 'incident' | 'retest'
  readonly passage: OperationKey
  /** ISO 8601 with offset: when the person was measured first. */
  readonly since: string
  /** The unit, or the post. */
  readonly place: string
}

/** 换岗: what a shift stands with, as the phone keeps it until the hand-over. */
export interface Shift {
  /** The key of its opening. */
  readonly key: string
  /** Corrected ms. */
  readonly openedAt: number
  readonly name: string
  readonly site: Site
  readonly thermometers: readonly ThermometerCheck[]
}
