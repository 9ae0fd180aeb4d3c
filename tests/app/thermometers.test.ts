import { expect, test } from 'vitest'
import { nameError, readingError, readThermometers } from '../../src/app/features/shift/thermometers'

const row = (name: string, own = '', reference = '') => ({ name, own, reference })

test('each thermometer has a name of its own: two with one name would share their offset and their alarm', () => {
  const rows = [row('额温枪1'), row(' '), row('额温枪1 '), row('额温枪2')]
  expect(rows.map((each, i) => nameError(each, rows.slice(0, i)))).toEqual([undefined, 'unnamed', 'twice', undefined])
})

test.each([
  ['', '', undefined],
  ['36.2', '36.5', undefined],
  ['36.2', '', 'unreadable'],
  ['', '36.5', 'unreadable'],
  ['99', '36.5', 'unreadable'],
] as const)('a comparison of %s with %s', (own, reference, error) => {
  expect(readingError(row('额温枪1', own, reference))).toBe(error)
})

test('the offset is what the reading lacks', () => {
  expect(readThermometers([row('额温枪1', '36.2', '36.5'), row('额温枪2')])).toEqual([
    { thermometer: '额温枪1', offset: 0.3 },
    { thermometer: '额温枪2' },
  ])
})
