import { expect, test } from 'vitest'
import { parseMobile } from '../../src/domain/mobile'
import { err, ok } from '../../src/domain/result'

test.each([
  '13812345678',
  '138 1234 5678',
  '138-1234-5678',
  '138–1234—5678',
  ' 13812345678\n',
  '+8613812345678',
  '+86 138 1234 5678',
  '+86-138-1234-5678',
  '008613812345678',
  '0086 138 1234 5678',
  '１３８１２３４５６７８',
  '＋８６　１３８－１２３４－５６７８',
  '\u202d13812345678\u202c',
])('%j is 13812345678', (typed) => {
  expect(parseMobile(typed)).toEqual(ok('13812345678'))
})

test.each(['13000000000', '14700000000', '16600000000', '17000000000', '19900000000'])('%s begins as a mobile number may', (typed) => {
  expect(parseMobile(typed)).toEqual(ok(typed))
})

test.each([
  ['', 'length'],
  ['1381234567', 'length'],
  ['138123456789', 'length'],
  ['8613812345678', 'length'],
  ['+86', 'length'],
  ['5678', 'length'],
  ['025-83230000', 'start'],
  ['12812345678', 'start'],
  ['10812345678', 'start'],
  ['23812345678', 'start'],
  ['+1 3812345678', 'characters'],
  ['1381234567a', 'characters'],
  ['138****5678', 'characters'],
  ['一三八12345678', 'characters'],
  ['13812345678 转 2', 'characters'],
] as const)('%j is refused: %s', (typed, kind) => {
  expect(parseMobile(typed)).toEqual(err({ kind }))
})
