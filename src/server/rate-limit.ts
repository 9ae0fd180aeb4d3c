const BURST = 120 // requests at once: a phone that was offline for days, page after page
const PER_SECOND = 10 // far above what a phone sends, far below what would hurt
const KEPT = 20_000 // devices

/** Slows a device that sends without end; a herd of well-behaved ones is not slowed. */
export function createRateLimit(clock: () => number) {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    /** Takes one request; ms to wait where there is none left, else 0. */
    take(deviceId: string): number {
      const now = clock()
      const before = buckets.get(deviceId) ?? { left: BURST, at: now }
      const left = Math.min(BURST, before.left + (Math.max(0, now - before.at) / 1000) * PER_SECOND)
      const taken = left >= 1
      buckets.delete(deviceId)
      buckets.set(deviceId, { left: taken ? left - 1 : left, at: now })
      const [stalest] = buckets.keys()
      if (buckets.size > KEPT && stalest !== undefined) buckets.delete(stalest)
      return taken ? 0 : Math.ceil(((1 - left) / PER_SECOND) * 1000)
    },
  }
}
