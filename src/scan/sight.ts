import type { Luma } from './luma'
import type { Glimpse } from './wasm-reader'

/** What keeps a code from being read, as far as the picture tells: too far, moved or out of focus, too dark; `seen`: a code is there, and nothing else is known. */
export type Sight = 'none' | 'closer' | 'still' | 'light' | 'seen'

/** What is seen over some frames, since one alone is chance. */
export interface Sights {
  /** `change`: how much the picture differs from the one before, mean brightness 0 to 255. */
  after(luma: Luma, glimpse: Glimpse): { readonly sight: Sight; readonly change: number }
}

const COLUMNS = 48
const ROWS = 27
const CODE_OF_OURS = 45 // modules a side: version 7
const FINEST = 2.6 // px a module; below that a camera's picture rarely gives a code
const DARK = 60 // the brightest tenth of a picture in which there is nothing to see
const SOFT = 0.3 // of the contrast; over two pixels a sharp edge changes by more than half of it
const MOVED = 0.06 // of the code's side from one sight to the next
const OF_LAST = 4 // frames
const AGREE = 2

export function createSights(): Sights {
  const grid = new Uint8ClampedArray(COLUMNS * ROWS)
  const inOrder = new Uint8ClampedArray(COLUMNS * ROWS)
  let isFirst = true
  let last: Glimpse['unread']
  let recent: Sight[] = []

  const sample = ({ data, width, height }: Luma): number => {
    let change = 0
    for (let row = 0, at = 0; row < ROWS; row++) {
      const from = Math.floor(((row + 0.5) * height) / ROWS) * width
      for (let column = 0; column < COLUMNS; column++, at++) {
        const value = data[from + Math.floor(((column + 0.5) * width) / COLUMNS)] ?? 0
        change += Math.abs(value - (grid[at] ?? 0))
        grid[at] = value
      }
    }
    return change / grid.length
  }

  const now = (luma: Luma, { unread, text }: Glimpse): Sight => {
    if (text !== undefined) return 'none'
    if (!unread) return isDark() ? 'light' : 'none'
    if (unread.side / CODE_OF_OURS < FINEST) return 'closer'
    const { steepest, contrast } = edges(luma, unread)
    if (contrast < DARK) return 'light'
    const before = last?.fromMiddle ?? unread.fromMiddle
    const way = Math.hypot(unread.fromMiddle.x - before.x, unread.fromMiddle.y - before.y)
    return steepest < SOFT * contrast || way > MOVED * unread.side ? 'still' : 'seen'
  }

  const isDark = () => {
    inOrder.set(grid)
    inOrder.sort()
    return (inOrder[Math.floor(inOrder.length * 0.9)] ?? 255) < DARK
  }

  return {
    after(luma, glimpse) {
      const change = sample(luma)
      const sight = now(luma, glimpse)
      last = glimpse.unread ?? last
      recent = glimpse.text === undefined ? [...recent, sight].slice(-OF_LAST) : []
      const told = recent.findLast((each) => each !== 'none' && recent.filter((other) => other === each).length >= AGREE)
      const changed = isFirst ? 255 : change
      isFirst = false
      return { sight: told ?? 'none', change: changed }
    },
  }
}

const LINES = 12

/** Along some lines through the code: its contrast, and the steepest step from one pixel to the next but one (of the steepest twentieth). */
function edges(
  { data, width, height }: Luma,
  { side, fromMiddle }: NonNullable<Glimpse['unread']>,
): { steepest: number; contrast: number } {
  const reach = side * 0.35 // well inside, however the code is turned
  const left = Math.max(0, Math.round(width / 2 + fromMiddle.x - reach))
  const right = Math.min(width - 2, Math.round(width / 2 + fromMiddle.x + reach))
  const histogram = new Uint32Array(256)
  let darkest = 255
  let brightest = 0
  for (let line = 0; line < LINES; line++) {
    const y = Math.round(height / 2 + fromMiddle.y + reach * ((2 * line) / (LINES - 1) - 1))
    if (y < 0 || y >= height) continue
    for (let x = left; x < right; x++) {
      const value = data[y * width + x] ?? 0
      const step = Math.abs((data[y * width + x + 2] ?? 0) - value)
      histogram[step] = (histogram[step] ?? 0) + 1
      darkest = Math.min(darkest, value)
      brightest = Math.max(brightest, value)
    }
  }
  const count = histogram.reduce((sum, each) => sum + each, 0)
  let above = 0
  let steepest = 255
  while (steepest > 0 && above + (histogram[steepest] ?? 0) < count / 20) above += histogram[steepest--] ?? 0
  return { steepest, contrast: brightest - darkest }
}
