/** What a key says of itself; the parts of a KeyboardEvent that a scanner's burst is told by. */
export interface Stroke {
  /** The physical key: an input method changes `key`, never this. */
  readonly code: string
  readonly shiftKey: boolean
  readonly hasCommand: boolean
  /** ms */
  readonly at: number
  /** What it would have put into a field, where that is known: given back if it was a hand's. */
  readonly typed?: string
}

/** What has ended. */
export interface Ended {
  /** A scanner's burst, whole. */
  readonly text?: string
  /** Keys that were kept from a field and are a hand's: to be put where they were meant for. */
  readonly back?: string
}

export interface Heard extends Ended {
  /** The key belongs to a scanner, and must not reach a field. */
  readonly mine: boolean
  /** A run begins with this key: the field is as it was before. */
  readonly first?: true
}

export interface Wedge {
  hear(stroke: Stroke): Heard
  /** A sign that came without its key: some input methods of phones hide that. */
  hearSign(sign: string, at: number): Heard
  /** What was put in was no single key: a hand, whatever came before. */
  interrupt(): Ended
  /** Nothing came for a while: some scanners send no Enter. Undefined: it was no while yet. */
  rest(at: number): Ended | undefined
}

const FASTEST_HAND = 35 // ms between two keys; a scanner takes 2 to 20
export const REST = 80 // ms of silence end a burst
const SURE = 3 // gaps; a hand that rolls over two or three keys is left alone
const SLOW_SHARE = 1 / 4 // a radio makes some gaps of a scanner longer; a hand makes nearly all
const FEWEST = 6 // characters; shorter is a hand on some keys at once
const FEWEST_BEFORE_ENTER = 4 // no hand has Enter down as fast behind them
const NEUTRAL = /^(?:Shift(?:Left|Right)|CapsLock)$/

const PLAIN = {
  Space: ' ',
  Minus: '-',
  Equal: '=',
  Slash: '/',
  Period: '.',
  Comma: ',',
  Semicolon: ';',
  Quote: "'",
  Backslash: '\\',
  Backquote: '`',
  BracketLeft: '[',
  BracketRight: ']',
}
const SHIFTED = {
  Digit1: '!',
  Digit2: '@',
  Digit3: '#',
  Digit4: '$',
  Digit5: '%',
  Digit6: '^',
  Digit7: '&',
  Digit8: '*',
  Digit9: '(',
  Digit0: ')',
  Minus: '_',
  Equal: '+',
  Slash: '?',
  Period: '>',
  Comma: '<',
  Semicolon: ':',
  Quote: '"',
  Backslash: '|',
  Backquote: '~',
  BracketLeft: '{',
  BracketRight: '}',
}
const PAD = { NumpadAdd: '+', NumpadSubtract: '-', NumpadMultiply: '*', NumpadDivide: '/', NumpadDecimal: '.' }

/** A handheld scanner types what it reads, as a keyboard of US layout, faster than a hand can. */
export function createWedge(): Wedge {
  let run: { readonly sign: string; readonly typed: string }[] = []
  let gaps: number[] = []
  let last = Number.NEGATIVE_INFINITY
  let keeping = false

  const isBurst = () => gaps.length >= SURE && gaps.filter((gap) => gap >= FASTEST_HAND).length <= gaps.length * SLOW_SHARE
  const end = (fewest = FEWEST): Ended => {
    const text = run.map(({ sign }) => sign).join('')
    const typed = run.map((each) => each.typed).join('')
    const isWhole = run.length >= fewest && isBurst()
    const wasKeeping = keeping
    // A key that a hand had down just before stands in front of a code of ours.
    const hands = isWhole && (gaps[0] ?? 0) >= FASTEST_HAND ? Math.max(0, text.search(/GP[A-Z]?1:/i)) : 0
    run = []
    gaps = []
    keeping = false
    if (isWhole) return { text: text.slice(hands), ...(hands > 0 ? { back: typed.slice(0, hands) } : {}) }
    return wasKeeping ? { back: typed } : {}
  }
  const sign = (sign: string, typed: string, at: number): Heard => {
    const gap = at - last
    const ended = gap > REST ? end() : {}
    last = at
    if (run.length > 0) gaps.push(gap)
    run.push({ sign, typed })
    if (keeping && !isBurst()) {
      // It has become too slow for a scanner: this key is a hand's, and so were those before it.
      run.pop()
      gaps = []
      const given = end()
      run = [{ sign, typed }]
      return { mine: false, first: true, ...given }
    }
    keeping = isBurst()
    return { mine: keeping, ...(run.length === 1 ? { first: true } : {}), ...ended }
  }

  return {
    hear(stroke) {
      const { code, hasCommand, at } = stroke
      if (NEUTRAL.test(code)) return { mine: false }
      if (hasCommand) return { mine: false, ...end() }
      const gap = at - last
      if (code === 'Enter' || code === 'NumpadEnter' || code === 'Tab') {
        const ended = end(gap < FASTEST_HAND ? FEWEST_BEFORE_ENTER : FEWEST)
        // Late, it is a hand's own, whatever was scanned before.
        return { mine: ended.text !== undefined && gap <= REST, ...ended }
      }
      const found = signOf(stroke)
      if (found !== undefined) return sign(found, stroke.typed ?? found, at)
      // A key without a sign in the middle of a burst is the scanner's; else a hand goes back, or aside.
      return keeping && gap < FASTEST_HAND ? { mine: true } : { mine: false, ...end() }
    },
    hearSign: (found, at) => sign(found, found, at),
    interrupt: () => end(Number.POSITIVE_INFINITY),
    rest: (at) => (at - last >= REST ? end() : undefined),
  }
}

function signOf({ code, shiftKey }: Stroke): string | undefined {
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? []
  if (letter) return shiftKey ? letter : letter.toLowerCase()
  const [, digit] = /^(?:Digit|Numpad)(\d)$/.exec(code) ?? []
  if (digit && (!shiftKey || code.startsWith('Numpad'))) return digit
  const signs: Readonly<Record<string, string>> = shiftKey ? { ...SHIFTED, Space: ' ' } : PLAIN
  return signs[code] ?? (PAD as Readonly<Record<string, string>>)[code]
}
