import { expect, test } from 'vitest'
import { plainCardId, plainCodeOf } from '../../src/trust/plain-card'

test.each([
  ['000123456789', '123456789'],
  ['0', '0'],
  [' WTY-00017\r\n', 'WTY-00017'],
  ['１２３', '123'],
  ['https://pass.example.cn/c/8F2a', 'https://pass.example.cn/c/8F2a'],
  ['', undefined],
  ['1.2E+17', undefined],
  ['1E17', undefined],
  ['GP1:ABCDEF', undefined],
  ['GPV1:ABCDEF', undefined],
  ['https://gate.example.org/visit', undefined],
  ['x'.repeat(501), undefined],
])('%.40s is compared as %s', (written, code) => {
  expect(plainCodeOf(written)).toBe(code)
})

test('the id of a plain code is always the same: cards that were imported once go on working', async () => {
  // Pinned: rosters in the field hold it.
  expect(await plainCardId('123456789')).toBe('2CJZ7HCJWK1RA')
  expect(await plainCardId('123456780')).not.toBe(await plainCardId('123456789'))
})
