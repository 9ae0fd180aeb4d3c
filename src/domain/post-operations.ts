import type { HouseholdId, OperationKey } from './ids'
import type { StepTaken } from './incident'
import type { Direction } from './operation'
import type { Site } from './reading'
import type { ArrivalForm, ArrivalOf, RequestTopic, TipTopic } from './registers'
import type { HandOverCounts, OpenLeft, PhoneLeft, Supplies, ThermometerCheck, VolunteerKind } from './shift'
import type { Stamp } from './stamp'

/** 来宁返宁. */
export interface Arrival extends Stamp, ArrivalForm, ArrivalOf {
  readonly kind: 'arrival'
}

/** A step of an incident; its target is the passage. */
export interface IncidentStep extends Stamp {
  readonly kind: 'incident-step'
  readonly target: OperationKey
  readonly step: StepTaken
}

/** 居民诉求. */
export interface Request extends Stamp {
  readonly kind: 'request'
  readonly topic: RequestTopic
  readonly words?: string
  readonly householdId?: HouseholdId
}

/** 线索: leaves no trace on the phone once it is delivered. */
export interface Tip extends Stamp {
  readonly kind: 'tip'
  readonly topic: TipTopic
  readonly words?: string
}

export interface ShiftOpening extends Stamp {
  readonly kind: 'shift-opening'
  readonly shift: string
  readonly site: Site
  readonly thermometers: readonly ThermometerCheck[]
  /** Set where date and time had to be confirmed by a person. */
  readonly timeConfirmed?: boolean
}

/** 签到, 签退. */
export interface Attendance extends Stamp {
  readonly kind: 'attendance'
  readonly name: string
  readonly as: VolunteerKind
  readonly direction: Direction
  /** For which shift: who signs in ten minutes early stands in that one. */
  readonly shift?: string
}

/** 交接班. Without `to`: 无人接班. */
export interface HandOver extends Stamp {
  readonly kind: 'hand-over'
  readonly shift: string
  readonly from: string
  readonly to?: string
  readonly counts: HandOverCounts
  readonly supplies: Supplies
  readonly phones?: readonly PhoneLeft[]
  readonly open?: readonly OpenLeft[]
  readonly words?: string
}

/** A notice of the community was read at this post. */
export interface NoticeRead extends Stamp {
  readonly kind: 'notice-read'
  readonly noticeId: string
}
