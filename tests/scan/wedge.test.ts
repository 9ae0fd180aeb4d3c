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
  expect(wedge.rest(45 + REST)).toBe('GP1:ABCDEF')
  expect(wedge.rest(45 + REST)).toBeUndefined()
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
