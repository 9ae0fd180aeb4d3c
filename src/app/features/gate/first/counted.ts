import { signal } from '@preact/signals'

/** One tap on the counter, device ms. */
export interface Tap {
  readonly people: number
  readonly at: number
}

/** What was counted since the app was opened; the log has it all. */
export const counted = signal<readonly Tap[]>([])

export function noteCounted(people: number): void {
  counted.value = [...counted.value, { people, at: Date.now() }]
}

export function perMinute(taps: readonly Tap[], now: number): number {
  return taps.filter(({ at }) => now - at < 60_000).reduce((sum, { people }) => sum + people, 0)
}
