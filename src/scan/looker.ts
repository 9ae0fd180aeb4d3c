import { decodeLuma } from './decode'
import type { Luma } from './luma'
import { PLAIN, ROUND, SMALL } from './passes'
import { createSights, type Sight } from './sight'
import { readStill } from './still'
import type { Glimpse, Reader } from './wasm-reader'

/** What a look at one frame gave. */
export interface Looked {
  readonly text?: string
  readonly sight: Sight
  /** How much the picture differs from the one before, mean brightness 0 to 255. */
  readonly change: number
  readonly ms: number
}

/** The looks at a camera's frames, one after another, and at pictures that hold still. No worker, no page. */
export interface Looker {
  /** Undefined: @zxing/library alone. */
  use(reader: Reader | undefined): void
  look(luma: Luma): Looked
  still(luma: Luma): string | undefined
}

const DEAR = 50 // ms; from there on a frame gets its second look every other time

export function createLooker(): Looker {
  let read: Reader | undefined
  let frames = 0
  let cost = 0
  const sights = createSights()

  /** Each frame a plain look and a small one, and one more of another kind in turn; a dear frame gets that one every other time. */
  const glimpse = (luma: Luma): Glimpse => {
    const turn = frames++
    if (!read) return libraryGlimpse(luma, turn)
    const further = cost < DEAR ? ROUND[turn % ROUND.length] : turn % 2 === 0 ? ROUND[(turn >> 1) % ROUND.length] : undefined
    let best: Glimpse = {}
    for (const pass of further ? [PLAIN, SMALL, further] : [PLAIN, SMALL]) {
      const found = read(luma, pass)
      if (found.text !== undefined) return found
      if (!best.unread) best = found
    }
    return best
  }

  return {
    use(reader) {
      read = reader
      cost = 0
    },
    look(luma) {
      const from = performance.now()
      const found = glimpse(luma)
      const { sight, change } = sights.after(luma, found)
      const ms = performance.now() - from
      cost = 0.8 * cost + 0.2 * ms
      return { ...(found.text === undefined ? {} : { text: found.text }), sight, change, ms }
    },
    still: (luma) => readStill(luma, read),
  }
}

function libraryGlimpse(luma: Luma, turn: number): Glimpse {
  const text = decodeLuma(luma, false) ?? (turn % 2 === 0 ? decodeLuma(luma, true) : undefined)
  return text === undefined ? {} : { text }
}
