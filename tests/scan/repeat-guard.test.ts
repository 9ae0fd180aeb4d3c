import { expect, test } from 'vitest'
import { createRepeatGuard } from '../../src/scan/repeat-guard'

/** Which of the texts were new, each seen at its time. */
const newOnes = (guard: ReturnType<typeof createRepeatGuard>, seen: readonly (readonly [string, number])[]) =>
  seen.filter(([text, at]) => guard.isNew(text, at)).map(([text, at]) => `${text} ${at}`)

test('a card held still is one scan, and one again after it was away for more than three seconds', () => {
  const held = Array.from({ length: 100 }, (_, i) => ['A', i * 100] as const)
  expect(newOnes(createRepeatGuard(), [...held, ['A', 9_900 + 3_000], ['A', 12_900 + 3_001]])).toEqual(['A 0', 'A 15901'])
})

test('two cards side by side are two scans, however often they are read in turn', () => {
  const turns = Array.from({ length: 60 }, (_, i) => [i % 2 === 0 ? 'A' : 'B', i * 100] as const)
  expect(newOnes(createRepeatGuard(), turns)).toEqual(['A 0', 'B 100'])
})

test('what nobody could take is new again', () => {
  const guard = createRepeatGuard()
  expect(newOnes(guard, [['A', 0]])).toEqual(['A 0'])
  guard.isNew('B', 100)
  guard.forget('B')
  guard.resume(9_000)
  expect(
    newOnes(guard, [
      ['A', 9_100],
      ['B', 9_200],
    ]),
  ).toEqual(['B 9200'])
})

test('a card that had left before looking ended is not kept for one that is still held up', () => {
  const guard = createRepeatGuard()
  guard.isNew('A', 0)
  guard.isNew('B', 5_000)
  guard.resume(20_000)
  expect(
    newOnes(guard, [
      ['A', 20_100],
      ['B', 20_200],
    ]),
  ).toEqual(['A 20100'])
})

test('it does not grow with the people of a shift', () => {
  const guard = createRepeatGuard()
  for (let i = 0; i < 10_000; i++) guard.isNew(`card ${i}`, i)
  // The eighth last is still known, the ninth is not.
  expect(guard.isNew('card 9992', 10_000)).toBe(false)
  expect(guard.isNew('card 9990', 10_000)).toBe(true)
})
