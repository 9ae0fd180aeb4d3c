/** Chance that is the same at every start (mulberry32). */
export interface Random {
  /** 0 to 1. */
  next(): number
  /** 0 to `below` - 1. */
  int(below: number): number
  pick<T>(list: readonly T[]): T
  bytes(count: number): Uint8Array
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (below: number) => Math.floor(next() * below)
  return {
    next,
    int,
    pick(list) {
      const item = list[int(list.length)]
      if (item === undefined) throw new Error('pick: nothing to pick from')
      return item
    },
    bytes: (count) => Uint8Array.from({ length: count }, () => int(256)),
  }
}
