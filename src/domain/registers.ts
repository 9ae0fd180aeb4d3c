import type { HouseholdId, ResidentId } from './ids'
import type { UnitAddress } from './roster'

/** Whom or what somebody from outside comes for, as said at the gate. */
export interface Visiting {
  readonly householdId?: HouseholdId
  readonly address?: UnitAddress
}

/** 来访: what the form asks. */
export interface VisitorForm extends Visiting {
  readonly name: string
  readonly phone?: string
  /** Only where the rule asks for it. */
  readonly idNumber?: string
  readonly reason?: string
  readonly hostConfirmed?: boolean
  /** As declared: in a listed key area in the last 14 days. */
  readonly keyArea?: boolean
}

/** 快递外卖: a count of one, or plate and drop-off. */
export interface CourierForm {
  /** 顺丰, 美团 …, or how the post calls them. */
  readonly company?: string
  readonly name?: string
  readonly phone?: string
  readonly plate?: string
  readonly dropOff?: string
}

export const MEANS = ['train', 'plane', 'coach', 'car', 'ship', 'other'] as const
export const PLATFORM_STATES = ['registered', 'not-registered', 'done-for-them'] as const
export const CODE_COLOURS = ['red', 'orange', 'green'] as const
export const SOURCES = ['post', 'grid', 'police', 'data', 'floating-population', 'public'] as const

/** 来宁返宁: where from, when and how, and what the platform (宁归来) knows. The post proposes, the community decides. */
export interface ArrivalForm {
  readonly name: string
  readonly phone?: string
  /** County level, in words. */
  readonly origin: string
  /** Calendar day. */
  readonly arrivedOn: string
  readonly means: (typeof MEANS)[number]
  /** G7012, 苏A12345 … */
  readonly meansNumber?: string
  readonly address?: UnitAddress
  readonly companions?: number
  readonly platform: (typeof PLATFORM_STATES)[number]
  /** The colour seen. */
  readonly code?: (typeof CODE_COLOURS)[number]
  readonly symptoms?: string
  /** Stay in, or contact with somebody from, a listed key area. */
  readonly keyArea: boolean
  /** 见面登记. */
  readonly metInPerson: boolean
  readonly source: (typeof SOURCES)[number]
}

/** What may turn out to be otherwise afterwards: 未登记 becomes 已登记. */
export type ArrivalCorrection = Partial<Pick<ArrivalForm, 'name' | 'phone' | 'origin' | 'address' | 'platform' | 'code'>>

/** Whose arrival it is, where the roster knows. */
export interface ArrivalOf {
  readonly residentId?: ResidentId
  readonly householdId?: HouseholdId
}

/** Joins the check-ins of those in one vehicle: 逐人逐车. */
export interface InVehicle {
  /** Made at the gate, one for each time that a vehicle passes. */
  readonly id: string
  readonly plate: string
  readonly role: 'driver' | 'passenger'
}

export const REQUEST_TOPICS = ['groceries', 'medicine', 'care', 'rubbish', 'repair', 'other'] as const
/** 居民诉求. */
export type RequestTopic = (typeof REQUEST_TOPICS)[number]

export const TIP_TOPICS = ['unregistered-arrival', 'gathering', 'fever', 'hoarding', 'other'] as const
/** 线索: never changes a verdict. */
export type TipTopic = (typeof TIP_TOPICS)[number]

export const EMERGENCIES = ['ambulance', 'fire', 'medical', 'police'] as const
/** 紧急放行. */
export type Emergency = (typeof EMERGENCIES)[number]
