/** What a key says of itself; the parts of a KeyboardEvent that a scanner's burst is told by. */
export interface Stroke {
  /** The physical key: an input method changes `key`, never this. */
  readonly code: string
  readonly shiftKey: boolean
  readonly hasCommand: boolean
  /** ms */
  readonly at: number
}

/** `mine`: the key belongs to a scanner, and must not reach a field. `text`: the burst has ended. */
export interface Heard {
  readonly mine: boolean
  readonly text?: string
}

export interface Wedge {
  hear(stroke: Stroke): Heard
  /** Nothing came for a while: some scanners send no Enter. */
  rest(at: number): string | undefined
}

const FASTEST_HAND = 35 // ms between two keys; a scanner takes 2 to 20
export const REST = 80 // ms of silence end a burst
const SURE = 3 // gaps; a hand that rolls over two or three keys is left alone
const FEWEST = 6 // characters; shorter is a hand on two keys at once

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
  let text = ''
  let gaps: number[] = []
  let last = Number.NEGATIVE_INFINITY

  const isBurst = () => gaps.length >= SURE && median(gaps) < FASTEST_HAND
  const end = () => {
    const whole = text.length >= FEWEST && isBurst() ? text : undefined
    text = ''
    gaps = []
    return whole
  }

  return {
    hear(stroke) {
      const gap = stroke.at - last
      if (gap > REST) end()
      if (stroke.hasCommand) {
        end()
        return { mine: false }
      }
      if (stroke.code === 'Enter' || stroke.code === 'NumpadEnter' || stroke.code === 'Tab') {
        const whole = end()
        return whole === undefined ? { mine: false } : { mine: true, text: whole }
      }
      const sign = signOf(stroke)
      if (sign === undefined) return { mine: isBurst() }
      if (text !== '') gaps.push(gap)
      text += sign
      last = stroke.at
      return { mine: isBurst() }
    },
    rest(at) {
      return at - last >= REST ? end() : undefined
    },
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

function median(values: readonly number[]): number {
  const inOrder = [...values].sort((a, b) => a - b)
  return inOrder[inOrder.length >> 1] ?? 0
}

/** Hears a handheld scanner wherever the focus is, until the returned function is called. What of a burst had got into a field is taken out again. */
export function listenForScanner(onText: (text: string) => void): () => void {
  const wedge = createWedge()
  let field: { readonly element: HTMLInputElement | HTMLTextAreaElement; readonly value: string } | undefined
  let resting: ReturnType<typeof setTimeout> | undefined
  let last = Number.NEGATIVE_INFINITY

  const restore = () => {
    if (!field || field.element.value === field.value) return
    field.element.value = field.value
    field.element.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const done = (text: string | undefined) => {
    if (text === undefined) return
    restore()
    field = undefined
    // A scanner with its caps lock on sends a card of ours in small letters.
    onText(/^gp1:/i.test(text) ? text.toUpperCase() : text)
  }
  const hear = (event: KeyboardEvent) => {
    if (event.repeat) return
    const { code, shiftKey, target, timeStamp } = event
    const heard = wedge.hear({ code, shiftKey, hasCommand: event.ctrlKey || event.altKey || event.metaKey, at: timeStamp })
    const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
    // As the field was before the burst began.
    if (timeStamp - last > REST) field = isField ? { element: target, value: target.value } : undefined
    last = timeStamp
    if (heard.mine) {
      event.preventDefault()
      event.stopPropagation()
      restore()
    }
    done(heard.text)
    clearTimeout(resting)
    resting = setTimeout(() => done(wedge.rest(performance.now())), REST + 5)
  }
  addEventListener('keydown', hear, { capture: true })
  return () => {
    clearTimeout(resting)
    removeEventListener('keydown', hear, { capture: true })
  }
}
