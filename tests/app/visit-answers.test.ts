import { expect, test } from 'vitest'
import { en } from '../../src/app/i18n/en'
import { visit as english } from '../../src/app/i18n/en/visit'
import { zhCN } from '../../src/app/i18n/zh-cn'
import { visit } from '../../src/app/i18n/zh-cn/visit'
import { type Answers, formOf, NOTHING, REASONS, type Wrong, wrongIn } from '../../src/app/visit/answers'
import { readVisitCode, visitCodeText } from '../../src/trust/visit-code'

const answered: Answers = { ...NOTHING, name: ' 司徒远方 ', keyArea: false }

test.each<[string, Answers, Wrong]>([
  ['nothing', NOTHING, { name: 'visit.name-missing', keyArea: 'visit.answer-missing' }],
  ['a name of blanks', { ...answered, name: '  ' }, { name: 'visit.name-missing' }],
  ['no word on key areas', { ...NOTHING, name: '司徒远方' }, { keyArea: 'visit.answer-missing' }],
  ['a number that is too short', { ...answered, phone: '139' }, { phone: 'visit.phone-wrong' }],
  ['an identity number with a slip', { ...answered, idNumber: '110101199003070001' }, { idNumber: 'visit.id-wrong' }],
  ['what the post must know', answered, {}],
])('%s is told beside its question, or makes a code', (_, answers, wrong) => {
  expect(wrongIn(answers)).toEqual(wrong)
})

test('the gate reads what the visitor wrote, tidied', () => {
  const form = formOf({ ...answered, phone: '+86 139-0000-5678', unit: '3-2-105', reason: 'family', keyArea: true })
  expect(readVisitCode(visitCodeText(form))).toEqual({
    name: '司徒远方',
    phone: '13900005678',
    reason: '探亲访友',
    keyArea: true,
    address: { building: '3', unit: '2', room: '105' },
  })
})

test("a reason is said as the gate's own list says it: the visitor's language does not come along", () => {
  for (const reason of REASONS) expect(formOf({ ...answered, reason }).reason).toBe(zhCN[`register.reason-${reason}`])
})

test.each([
  ['Chinese', visit, zhCN],
  ['English', english, en],
])("what both forms ask, the visitor's page asks in the gate's words: %s", (_, words, gates) => {
  const theirs: Readonly<Record<string, string>> = gates
  const different = Object.entries(words).flatMap(([key, text]) => {
    const same = theirs[key.replace('visit.', 'register.')]
    return same === undefined || same === text ? [] : [key]
  })
  expect(different).toEqual([])
})

test('both languages of the page are whole, the Chinese with full-width punctuation', () => {
  expect(Object.keys(english).sort()).toEqual(Object.keys(visit).sort())
  for (const text of [...Object.values(english), ...Object.values(visit)]) expect(text.trim()).not.toBe('')
  expect(Object.values(visit).filter((text) => /[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]/.test(text))).toEqual([])
})
