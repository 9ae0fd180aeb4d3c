import type { Bands, Site } from './reading'

/** What is in force at a post at an instant. */
export interface Rules {
  /** Kept on every record that was judged by it. */
  readonly version: string
  readonly bands: Readonly<Record<Site, Bands>>
  /** ms: the same person within this time is answered, not recorded again. */
  readonly duplicateWindow: number
  /** ms to wait aside before a retest. */
  readonly retestAfter: number
}

const ADULT: Bands = { tooLowBelow: 35.0, threshold: 37.3, least: 30.0, most: 43.0 }

/** In force until the community sends its own: the reporting threshold in use in February 2020 was 37.3 °C. */
export const BASE_RULES: Rules = {
  version: 'base-1',
  bands: { forehead: ADULT, wrist: ADULT, neck: ADULT, ear: ADULT, armpit: ADULT },
  duplicateWindow: 60_000,
  retestAfter: 300_000,
}
