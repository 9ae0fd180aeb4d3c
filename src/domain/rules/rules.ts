import type { Bands, Site } from '../reading'

/** What a rule set may decide; each member stands for itself, so that a set that names one leaves the others as they are. */
export interface Parameters {
  /** Whether each person is registered, or counted only. */
  readonly passage: 'named' | 'counted'
  /** Whether the tenth is written down, or only that it was measured and in range. */
  readonly reading: 'tenth' | 'in-range'
  readonly readingOn: 'in-and-out' | 'in' | 'out' | 'none'
  /** 出入证: the permit, which is another thing than the card. */
  readonly pass: 'required' | 'not-asked'
  readonly mask: 'required' | 'not-asked'
  readonly visitors: 'register' | 'barred'
  readonly couriers: 'register' | 'stay-outside'
  /** Visitors who say that they were in a listed key area in the last 14 days. */
  readonly keyAreaVisitors: 'register' | 'barred'
  readonly arrivals: 'register' | 'not-asked'
  /** Arrivals who are not on 宁归来 yet. */
  readonly unregistered: 'note' | 'send-to-platform'
  readonly vehicles: 'register' | 'free'
  readonly visitorId: 'asked' | 'not-asked'
  /** 每户每几天可外出几人次. */
  readonly outingQuota: 'off' | { readonly people: number; readonly days: number }
  /** For whom the gate is open: outside of these minutes after midnight only for residents. */
  readonly gateHours: 'always' | { readonly from: number; readonly to: number }
  readonly responseLevel: 'none' | 'first' | 'second' | 'third' | 'fourth'
  readonly bands: Readonly<Record<Site, Bands>>
  /** ms: the same person within this time is answered, not recorded again. */
  readonly duplicateWindow: number
  /** ms to wait aside before a retest. */
  readonly retestAfter: number
}

/** What is in force at a post at an instant. */
export interface Rules extends Parameters {
  /** Kept on every record that was judged by it: the ids of the sets that decide something, in the order of their scopes. */
  readonly version: string
}

/** ms: who comes to the gate later than this after a reading is not taken for still waiting: they went on, and came again. */
export const WAITS_AT_MOST = 4 * 3_600_000

const ADULT: Bands = { tooLowBelow: 35.0, threshold: 37.3, least: 30.0, most: 43.0 }

/** In force where no set says otherwise: the reporting threshold in use in February 2020 was 37.3 °C. */
export const BASE_RULES: Rules = {
  version: 'base-1',
  passage: 'named',
  reading: 'tenth',
  readingOn: 'in-and-out',
  pass: 'not-asked',
  mask: 'not-asked',
  visitors: 'register',
  couriers: 'register',
  keyAreaVisitors: 'register',
  arrivals: 'register',
  unregistered: 'note',
  vehicles: 'register',
  visitorId: 'not-asked',
  outingQuota: 'off',
  gateHours: 'always',
  responseLevel: 'none',
  bands: { forehead: ADULT, wrist: ADULT, neck: ADULT, ear: ADULT, armpit: ADULT },
  duplicateWindow: 60_000,
  retestAfter: 300_000,
}
