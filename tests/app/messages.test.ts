import { expect, test } from 'vitest'
import { en } from '../../src/app/i18n/en'
import { zhCN } from '../../src/app/i18n/zh-cn'

const english: Readonly<Record<string, string>> = en
const slotsOf = (text: string) => [...new Set(text.match(/\{[^}]+\}/g))].sort()

test('both languages have the same messages, none of them empty', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort())
  expect(Object.entries({ ...en }).filter(([, text]) => text.trim() === '')).toEqual([])
})

test('a message has the same slots in both languages', () => {
  for (const [key, text] of Object.entries(zhCN)) expect([key, slotsOf(english[key] ?? '')]).toEqual([key, slotsOf(text)])
})

test("Chinese messages use full-width punctuation; the ledger's headings stand as the community's own form writes them", () => {
  const screen = Object.entries(zhCN).filter(([key]) => !key.startsWith('ledger.'))
  const halfWidth = screen.filter(([, text]) => /[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]/.test(text))
  expect(halfWidth).toEqual([])
})
