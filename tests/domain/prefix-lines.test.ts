import fc from 'fast-check'
import { expect, test } from 'vitest'
import { prefixLines, withPrefix } from '../../src/domain/prefix-lines'

const linesOf = (keys: readonly string[]) => prefixLines(keys.map((key, i) => [key, i] as const))

test('the whole match is found, however many keys only begin like it', () => {
  const keys = [...Array.from({ length: 500 }, (_, i) => `zh${i}`), 'zh']
  expect(withPrefix(linesOf(keys), 'zh', 8)).toEqual([500, 0, 1, 2, 3, 4, 5, 6])
})

test('it finds what a plain search finds: whole matches, then beginnings, each once, in their order', () => {
  const text = (minLength: number) => fc.string({ unit: fc.constantFrom('1', '2', 'a', '张'), minLength, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(text(0), { maxLength: 40 }), text(1), fc.integer({ min: 1, max: 12 }), (keys, typed, limit) => {
      const refs = keys.map((_, i) => i)
      const whole = refs.filter((i) => keys[i] === typed)
      const begun = refs.filter((i) => keys[i] !== typed && keys[i]?.startsWith(typed))
      expect(withPrefix(linesOf(keys), typed, limit)).toEqual([...whole, ...begun].slice(0, limit))
    }),
  )
})
