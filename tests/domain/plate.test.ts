import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskPlate, PROVINCES, parsePlate } from '../../src/domain/plate'
import { err, ok } from '../../src/domain/result'

test('there are 31 provinces, each once, each one character', () => {
  expect(new Set(PROVINCES).size).toBe(31)
  expect(PROVINCES).toHaveLength(31)
  expect(PROVINCES.every((province) => province.length === 1)).toBe(true)
})

test.each([
  ['苏A12345', '苏A12345'],
  ['苏A·12345', '苏A12345'],
  ['苏A•12345', '苏A12345'],
  ['苏A・12345', '苏A12345'],
  ['苏A.123.45', '苏A12345'],
  ['苏A-12345', '苏A12345'],
  [' 苏 a 1b 2c 3 ', '苏A1B2C3'],
  ['苏ａ１２３４５', '苏A12345'],
  ['苏Ａ．１２３４５', '苏A12345'],
  ['苏A\u3000123\u200b45', '苏A12345'],
  ['鄂AZZ888', '鄂AZZ888'],
  ['京O12345', '京O12345'],
])('%s is a usual plate', (typed, text) => {
  expect(parsePlate(typed)).toEqual(ok({ text, kind: 'usual' }))
})

test.each([
  ['苏AD12345', '苏AD12345'],
  ['苏A·D12345', '苏AD12345'],
  ['苏af12345', '苏AF12345'],
  ['苏ADB1234', '苏ADB1234'],
  ['粤BK12345', '粤BK12345'],
  ['苏Ａｄ１２３４５', '苏AD12345'],
  ['苏A12345D', '苏A12345D'],
  ['苏a12345f', '苏A12345F'],
])('%s is a new-energy plate', (typed, text) => {
  expect(parsePlate(typed)).toEqual(ok({ text, kind: 'new-energy' }))
})

test.each([
  ['苏A1234警', '苏A1234警'],
  ['苏a·1234 警', '苏A1234警'],
  ['京O1234警', '京O1234警'],
  ['苏A1234学', '苏A1234学'],
  ['苏A1234挂', '苏A1234挂'],
  ['粤Z·AB12港', '粤ZAB12港'],
  ['粤z1234澳', '粤Z1234澳'],
  ['沪A0023领', '沪A0023领'],
  ['224578使', '224578使'],
  ['使224·578', '使224578'],
  ['苏X·1234应急', '苏X1234应急'],
  ['应急苏123X', '应急苏123X'],
  ['WJ苏1234X', 'WJ苏1234X'],
  ['wj·苏 12345', 'WJ苏12345'],
  ['ＷＪ１２３４Ｂ', 'WJ1234B'],
])('%s is a special plate', (typed, text) => {
  expect(parsePlate(typed)).toEqual(ok({ text, kind: 'special' }))
})

test.each([
  ['', 'empty'],
  [' · ', 'empty'],
  ['12345', 'no-plate'],
  ['A12345', 'no-plate'],
  ['苏12345', 'no-plate'],
  ['苏I12345', 'no-plate'],
  ['苏A1234', 'no-plate'],
  ['苏A123456', 'no-plate'],
  ['苏A1234O', 'no-plate'],
  ['苏A1234I', 'no-plate'],
  ['苏AL12345', 'no-plate'],
  ['苏ADBC123', 'no-plate'],
  ['苏A1234DD', 'no-plate'],
  ['苏AD123456', 'no-plate'],
  ['苏A12345警', 'no-plate'],
  ['苏A1234港', 'no-plate'],
  ['台A12345', 'no-plate'],
  ['苏A12345 白色', 'no-plate'],
  ['WJ苏1234Z', 'no-plate'],
  ['没有牌照', 'no-plate'],
] as const)('%j is %s', (typed, kind) => {
  expect(parsePlate(typed)).toEqual(err({ kind }))
})

test('a plate that was read is read again as the same one', () => {
  const serial = fc.string({ unit: fc.constantFrom(...'ABDFXZ0159警学挂港'), minLength: 4, maxLength: 6 })
  fc.assert(
    fc.property(fc.constantFrom(...PROVINCES), fc.constantFrom('A', 'b', ' Z·'), serial, (province, office, tail) => {
      const first = parsePlate(`${province}${office}${tail}`)
      if (first.ok) expect(parsePlate(first.value.text)).toEqual(first)
    }),
  )
})

test.each([
  ['苏A12345', '苏***45'],
  ['苏a·123 45', '苏***45'],
  ['苏AD12345', '苏***45'],
  ['苏A1234警', '苏***4警'],
  ['WJ苏1234X', '***4X'],
  ['军A12345', '***45'],
  ['白色面包车 88', '***88'],
  ['司机张建华', '***'],
  ['苏45', '苏***'],
  ['45', '***'],
  ['', '***'],
])('%j is shown as %s', (text, shown) => {
  expect(maskPlate(text)).toBe(shown)
})
