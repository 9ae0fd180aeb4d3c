import { expect, test } from 'vitest'
import { bytesText } from '../../src/app/features/settings/bytes-text'
import { spanText } from '../../src/app/i18n/format'

test.each([
  [3_400, '3.4 kB'],
  [221_000, '221 kB'],
  [3_400_000, '3.4 MB'],
  [12_000_000_000, '12 GB'],
  [5_000_000_000_000, '5000 GB'],
])('%i bytes are told as %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text)
})

test.each([
  [40_000, '40秒'],
  [-180_000, '3分钟'],
  [10_800_000, '3小时'],
  [86_400_000 * 5, '5天'],
])('%i ms are told as %s', (ms, text) => {
  expect(spanText(ms)).toBe(text)
})
