const MISSES = 10
const WINDOW = 10 * 60_000 // ms
const KEPT = 10_000 // addresses

/** Slows whoever guesses activation codes. Only misses count: a herd of volunteers behind one carrier's address is normal. */
export function createGuessLimit(clock: () => number) {
  const misses = new Map<string, number[]>()

  const recent = (address: string) => (misses.get(address) ?? []).filter((at) => at > clock() - WINDOW)

  return {
    /** ms until this address may try again; 0: now. */
    waitFor(address: string): number {
      const [oldest, ...others] = recent(address)
      return oldest === undefined || others.length < MISSES - 1 ? 0 : oldest + WINDOW - clock()
    },
    missed(address: string): void {
      const times = [...recent(address), clock()].slice(-MISSES)
      misses.delete(address)
      misses.set(address, times)
      const [stalest] = misses.keys()
      if (misses.size > KEPT && stalest !== undefined) misses.delete(stalest)
    },
  }
}
