import { expect, test } from 'vitest'
import { en } from '../../src/app/i18n/en'
import { STANDING_SLOTS } from '../../src/app/i18n/message-type'
import { callPlaces, t } from '../../src/app/i18n/translate'
import { zhCN } from '../../src/app/i18n/zh-cn'
import { NANJING, nameSlots } from '../../src/domain/local-names'

const english: Readonly<Record<string, string>> = en
/** What the city and its platform are called fills itself in, and English has words without it. */
const isStanding = (slot: string) => STANDING_SLOTS.some((name) => slot === `{${name}}`)
const slotsOf = (text: string) => [...new Set(text.match(/\{[^}]+\}/g))].filter((slot) => !isStanding(slot)).sort()

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

test('a city elsewhere and its platform are called as the community calls them', () => {
  expect([t('register.arrival'), t('gate.ask-arrival-how')]).toEqual(['来宁返宁登记', '住户名单上写着外出未归。问一句：最近离开过南京吗？'])
  callPlaces(nameSlots({ city: '杭州', short: '杭', latin: 'Hangzhou', platform: '杭归来' }, 'zh-CN'))
  expect([t('register.arrival'), t('register.platform'), t('gate.way-arrival')]).toEqual(['来杭返杭登记', '“杭归来”登记', '返杭'])
  callPlaces(nameSlots(NANJING, 'zh-CN'))
  // No message names the city itself.
  expect([...Object.values(zhCN), ...Object.values(en)].filter((text) => /[来返离回]宁|宁归来|from Nanjing/.test(text))).toEqual([])
})
