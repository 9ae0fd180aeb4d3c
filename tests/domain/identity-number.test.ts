import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type IdentityNumber, maskIdentityNumber, parseIdentityNumber } from '../../src/domain/identity-number'
import { err, ok } from '../../src/domain/result'

test.each([
  ['32019919900101001X', '32019919900101001X'],
  ['32019919900101001x', '32019919900101001X'],
  ['３２０１９９１９９００１０１００１Ｘ', '32019919900101001X'],
  ['３２０１９９１９９００１０１００１ｘ', '32019919900101001X'],
  [' 320199 19900101 001X ', '32019919900101001X'],
  ['320199-19900101-001X', '32019919900101001X'],
  ['320199\u300019900101\u202c001X', '32019919900101001X'],
  ['32019919850615003X', '32019919850615003X'],
  ['320199200002290012', '320199200002290012'],
  ['320199190002280010', '320199190002280010'],
])('%j is an identity number', (typed, number) => {
  expect(parseIdentityNumber(typed)).toEqual(ok(number))
})

test.each([
  ['nothing', '', 'length'],
  ['17 characters', '3201991990010100X', 'length'],
  ['19 characters', '320199199001010011X', 'length'],
  ['15 digits of before 1999', '320199900101001', 'length'],
  ['a letter', '32019919900101A01X', 'characters'],
  ['an X inside', '3201991990010100X1', 'characters'],
  ['two X', '3201991990010100XX', 'characters'],
  ['Chinese numerals', '三二〇一九九19900101001X', 'characters'],
  ['a passport', 'E12345678', 'characters'],
  ['29 February 1900, no leap year', '320199190002290016', 'birthday'],
  ['29 February 2019, no leap year', '320199201902290012', 'birthday'],
  ['month 13', '320199199013010017', 'birthday'],
  ['31 April', '320199199004310018', 'birthday'],
  ['day 0', '320199199001000014', 'birthday'],
  ['year 50', '320199005001010011', 'birthday'],
  ['another last digit', '320199199001010011', 'checksum'],
  ['two digits exchanged', '32019919900110001X', 'checksum'],
  ['an X that should be 2', '32019920000229001X', 'checksum'],
] as const)('%s is refused', (_name, typed, kind) => {
  expect(parseIdentityNumber(typed)).toEqual(err({ kind }))
})

test('an area that does not exist is taken as well', () => {
  expect(parseIdentityNumber('000000199001010018').ok).toBe(true)
})

test('one wrong digit is always noticed', () => {
  const valid = '320199200002290012'
  fc.assert(
    fc.property(fc.nat({ max: 17 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const wrong = (Number(valid[at]) + by) % 10
      return !parseIdentityNumber(`${valid.slice(0, at)}${wrong}${valid.slice(at + 1)}`).ok
    }),
  )
})

test('only the last four characters are shown', () => {
  expect(maskIdentityNumber('32019919900101001X' as IdentityNumber)).toBe('****001X')
})
