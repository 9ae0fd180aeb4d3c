import type { CDPSession } from 'playwright-core'

const NAMED: Readonly<Record<string, string>> = {
  ' ': 'Space',
  $: 'Digit4',
  '%': 'Digit5',
  '*': 'Digit8',
  '+': 'Equal',
  '-': 'Minus',
  '.': 'Period',
  '/': 'Slash',
  ':': 'Semicolon',
}
const EACH = 0.005 // s between two keys of a scanner
const AHEAD = 30 // s; what a busy machine hands over late is no rest between two keys

/** A handheld scanner of US layout reads a code: one burst of keys, and Enter. */
export async function pullTrigger(devtools: CDPSession, text: string): Promise<void> {
  const from = Date.now() / 1000 + AHEAD
  const keys = [...text].map((sign, i) => {
    const isLetter = /[A-Z]/.test(sign)
    const code = isLetter ? `Key${sign}` : /\d/.test(sign) ? `Digit${sign}` : (NAMED[sign] ?? '')
    const modifiers = isLetter || '$%*+:'.includes(sign) ? 8 : 0
    return devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', code, key: sign, text: sign, modifiers, timestamp: from + i * EACH })
  })
  const timestamp = from + text.length * EACH
  const enter = { type: 'keyDown', code: 'Enter', key: 'Enter', text: '\r', windowsVirtualKeyCode: 13, timestamp } as const
  await Promise.all([...keys, devtools.send('Input.dispatchKeyEvent', enter)])
}
