import { bandOf, type Reading, type Site } from './reading'
import type { Rules } from './rules/rules'

/** Where a passage stands after its readings. */
export type Step =
  | { readonly at: 'measure' }
  /** The last reading is too low to count: measure again, best at `site`. */
  | { readonly at: 'too-low'; readonly site: Site }
  /** At or over the threshold: wait aside, then measure again at `site`. */
  | { readonly at: 'wait'; readonly site: Site }
  | { readonly at: 'admitted' }
  /** Twice at or over the threshold and at the armpit too: an incident. The post does not diagnose. */
  | { readonly at: 'confirmed' }

/** A passage is not done with while a retest is waited for, and while its incident is open. */
export const isOpenMatter = ({ at }: Step) => at === 'wait' || at === 'too-low' || at === 'confirmed'

/** Too low again and again, the wrist tried: a cold skin keeps nobody at a gate for ever. A person decides, with a reason. */
export function isLowForGood(readings: readonly Reading[], rules: Rules): boolean {
  const low = readings.every(({ celsius, site }) => bandOf(celsius, rules.bands[site]) === 'too-low')
  return low && readings.length > 1 && readings.some(({ site }) => site === 'wrist')
}

/** The next step of the temperature chain: forehead or wrist, after 5 minutes the neck, then the armpit. A fever that was confirmed is not measured away. */
export function stepAfter(readings: readonly Reading[], rules: Rules): Step {
  const last = readings.at(-1)
  if (!last) return { at: 'measure' }
  if (readings.some((_, i) => isConfirmedBy(readings, i, rules))) return { at: 'confirmed' }
  const band = bandOf(last.celsius, rules.bands[last.site])
  if (band === 'too-low') return { at: 'too-low', site: last.site === 'forehead' ? 'wrist' : last.site }
  if (band === 'in-range') return { at: 'admitted' }
  return { at: 'wait', site: highUpTo(readings, readings.length - 1, rules).length > 1 ? 'armpit' : 'neck' }
}

/** ms until who waits may be measured again. A clock that was set meanwhile makes it neither negative nor longer than the rules ask. */
export function untilRetest(lastReadingAt: number, { retestAfter }: Rules, now: number): number {
  return Math.min(Math.max(0, lastReadingAt + retestAfter - now), retestAfter)
}

/** Whether it is this reading, after those before it, that confirms a fever. */
export function isConfirmedBy(readings: readonly Reading[], i: number, rules: Rules): boolean {
  const high = highUpTo(readings, i, rules)
  return readings[i]?.site === 'armpit' && high.at(-1) === readings[i] && high.length > 1
}

function highUpTo(readings: readonly Reading[], i: number, rules: Rules): Reading[] {
  return readings.slice(0, i + 1).filter(({ celsius, site }) => bandOf(celsius, rules.bands[site]) === 'at-threshold')
}
