import fc from 'fast-check'
import { expect, test } from 'vitest'
import { err, ok } from '../../src/domain/result'
import { fromBase45, toBase45 } from '../../src/trust/base45'

const bytes = (text: string) => new TextEncoder().encode(text)

test.each([
  ['AB', 'BB8'],
  ['Hello!!', '%69 VD92EX0'],
  ['base-45', 'UJCLQE7W581'],
  ['', ''],
])('the examples of RFC 9285: %s', (plain, encoded) => {
  expect(toBase45(bytes(plain))).toBe(encoded)
  expect(fromBase45(encoded)).toEqual(ok(bytes(plain)))
})

test.each([
  ['GGW', 'a group beyond two bytes'],
  [':::', 'the largest group'],
  ['::', 'a pair beyond one byte'],
  ['A', 'a character alone'],
  ['BB8B', 'a character too many'],
  ['bb8', 'small letters'],
  ['BB,', 'a foreign character'],
  ['A\u{1F600}', 'a character of two units'],
])('%s is refused: %s', (text) => expect(fromBase45(text)).toEqual(err('not-base45')))

test('whatever the bytes, they come back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (plain) => {
      expect(fromBase45(toBase45(plain))).toEqual(ok(new Uint8Array(plain)))
    }),
  )
})

test('two texts never mean the same bytes', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9A-Z $%*+\-./:]{1,30}$/), (text) => {
      const read = fromBase45(text)
      if (read.ok) expect(toBase45(read.value)).toBe(text)
    }),
  )
})
