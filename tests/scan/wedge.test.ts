import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createWedge, REST, type Stroke } from '../../src/scan/wedge'

const CODES: Readonly<Record<string, readonly [string, boolean]>> = {
  ' ': ['Space', false],
  $: ['Digit4', true],
  '%': ['Digit5', true],
  '*': ['Digit8', true],
  '+': ['Equal', true],
  '-': ['Minus', false],
  '.': ['Period', false],
  '/': ['Slash', false],
  ':': ['Semicolon', true],
}
const BASE45 = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:']

function strokeOf(sign: string): readonly [string, boolean] {
  if (/\d/.test(sign)) return [`Digit${sign}`, false]
  if (/[A-Z]/.test(sign)) return [`Key${sign}`, true]
  return CODES[sign] ?? ['Unknown', false]
}
const typed = (text: string, gap: number, from = 0): Stroke[] =>
  [...text].map((sign, i) => {
    const [code, shiftKey] = strokeOf(sign)
    return { code, shiftKey, hasCommand: false, at: from + i * gap }
  })
const enter = (at: number): Stroke => ({ code: 'Enter', shiftKey: false, hasCommand: false, at })

test('whatever a scanner types is heard whole, by its keys alone, and never reaches a field after its third key', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...BASE45), { minLength: 6, maxLength: 120 }), fc.integer({ min: 1, max: 25 }), (signs, gap) => {
      const wedge = createWedge()
      const text = signs.join('')
      const heard = typed(text, gap).map((stroke) => wedge.hear(stroke).mine)
      expect(heard).toEqual(Array.from({ length: text.length }, (_, i) => i >= 3))
      expect(wedge.hear(enter(text.length * gap))).toEqual({ mine: true, text })
    }),
  )
})

test('without an Enter it ends by a rest', () => {
  const wedge = createWedge()
  for (const stroke of typed('GP1:ABCDEF', 5)) wedge.hear(stroke)
  expect(wedge.rest(45 + REST - 1)).toBeUndefined()
  expect(wedge.rest(45 + REST)).toEqual({ text: 'GP1:ABCDEF' })
  expect(wedge.rest(45 + REST)).toEqual({})
})

test.each([
  ['a quick hand', typed('3-2-501', 60), 7 * 60],
  ['two keys at once', typed('36', 3), 6],
  ['a shortcut', [{ code: 'KeyV', shiftKey: false, hasCommand: true, at: 0 }], 5],
])('%s is left alone', (_, strokes, at) => {
  const wedge = createWedge()
  const mine = strokes.map((stroke) => wedge.hear(stroke).mine)
  expect(wedge.hear(enter(at))).toEqual({ mine: false })
  if (strokes.length > 2) expect(mine.some(Boolean)).toBe(false)
})

test('a hand that types before a scan is not mixed into it', () => {
  const wedge = createWedge()
  for (const stroke of typed('3-2', 200)) wedge.hear(stroke)
  for (const stroke of typed('GP1:XYZ123', 4, 1_000)) wedge.hear(stroke)
  expect(wedge.hear(enter(1_040))).toEqual({ mine: true, text: 'GP1:XYZ123' })
})

/** Keys with the gap before each, as the listener puts them into a field: what stands there in the end, and what was scanned. */
function hands(keys: readonly (readonly [sign: string, gap: number])[]) {
  const wedge = createWedge()
  let at = 1_000
  let field = ''
  let before = ''
  let scanned: string | undefined
  const settle = ({ text, back }: { readonly text?: string; readonly back?: string }) => {
    if (text !== undefined || back !== undefined) field = before + (back ?? '')
    scanned ??= text
  }
  for (const [sign, gap] of keys) {
    at += gap
    const [code, shiftKey] = sign === '\n' ? ['Enter', false] : strokeOf(sign)
    const heard = wedge.hear({ code, shiftKey, hasCommand: false, at, typed: sign })
    settle(heard)
    if (heard.first) before = field
    if (heard.mine && heard.text === undefined) field = before
    else if (!heard.mine) field += sign
  }
  settle(wedge.rest(at + REST) ?? {})
  return { field, scanned }
}
const each = (text: string, gap: number) => [...text].map((sign) => [sign, gap] as const)

test.each([
  ['four keys rolled', each('3250', 10), { field: '3250', scanned: undefined }],
  ['five keys rolled, then a rest and more', [...each('32501', 10), ...each('2', 300)], { field: '325012', scanned: undefined }],
  ['four keys rolled, then slower ones', [...each('3250', 10), ...each('1234567', 60)], { field: '32501234567', scanned: undefined }],
  ['four keys rolled, and Enter', [...each('3250', 10), ['\n', 60]], { field: '3250\n', scanned: undefined }],
  ['a short code of a scanner, Enter at once', [...each('3250', 10), ['\n', 10]], { field: '', scanned: '3250' }],
  ['a key just before a card', [['9', 200], ['G', 60], ...each('P1:XYZ123', 8), ['\n', 8]], { field: '9', scanned: 'GP1:XYZ123' }],
  [
    'a scanner by radio',
    [...each('GP1:XY', 15), ['Z', 60], ...each('ABCDEFGH', 15), ['\n', 15]],
    { field: '', scanned: 'GP1:XYZABCDEFGH' },
  ],
] as const)('%s: no key of a hand is lost, none of a scanner stays', (_, keys, seen) => {
  expect(hands(keys)).toEqual(seen)
})

test('a shift that is pressed, and let go, begins no run', () => {
  const wedge = createWedge()
  const shift = (at: number): Stroke => ({ code: 'ShiftLeft', shiftKey: true, hasCommand: false, at })
  expect(wedge.hear(shift(0))).toEqual({ mine: false })
  const [first, ...others] = typed('GP1:AB', 10, 60)
  if (!first) throw new Error('no stroke')
  expect(wedge.hear(first)).toEqual({ mine: false, first: true })
  const heard = others.flatMap((stroke) => [shift(stroke.at - 1), stroke]).map((stroke) => wedge.hear(stroke).first)
  expect(heard.filter(Boolean)).toEqual([])
})

test('a key without a sign is a hand that went back: what was kept is given to it first', () => {
  const wedge = createWedge()
  for (const stroke of typed('3250', 10)) wedge.hear(stroke)
  expect(wedge.hear({ code: 'Backspace', shiftKey: false, hasCommand: false, at: 90 })).toEqual({ mine: false, back: '3250' })
})

test('signs that come without their keys are a burst by their speed; a word at once is a hand', () => {
  const wedge = createWedge()
  ;[...'GP1:ABC'].forEach((sign, i) => {
    wedge.hearSign(sign, i * 12)
  })
  expect(wedge.rest(72 + REST)).toEqual({ text: 'GP1:ABC' })
  ;[...'nihaoa'].forEach((sign, i) => {
    wedge.hearSign(sign, 1_000 + i * 12)
  })
  expect(wedge.interrupt()).toEqual({ back: 'nihaoa' })
})
