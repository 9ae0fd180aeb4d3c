import { expect, test } from 'vitest'
import { codeOfLink, groupedCode, readCode } from '../../src/app/features/activate/invite-code'
import { checkCharacter } from '../../src/domain/card'
import { err, ok } from '../../src/domain/result'

const BODY = '7K3QX9M2T4WB'
const CODE = BODY + checkCharacter(BODY)

test.each([
  ['as it is', CODE],
  ['in fours and small letters', groupedCode(CODE).toLowerCase()],
  ['as a whole link', `https://gate.example/activate#${CODE}`],
  ['with hyphens', `${CODE.slice(0, 4)}-${CODE.slice(4)}`],
])('an activation code is the same %s', (_, typed) => {
  expect(readCode(typed)).toEqual(ok(CODE))
})

test('O is read as 0, I and L as 1', () => {
  const body = '10ABCDEFGHJK'
  const code = body + checkCharacter(body)
  expect(readCode(`IO${code.slice(2)}`)).toEqual(ok(code))
  expect(readCode(`lo${code.slice(2)}`)).toEqual(ok(code))
})

test.each([
  ['', err({ kind: 'code-empty' })],
  ['7K3Q X9M2', err({ kind: 'code-length', length: 8 })],
  [`7K3QX9M2T4BW${CODE.at(-1)}`, err({ kind: 'code-mistyped' })],
])('a mistake in the code "%s" is found before anything is sent', (typed, told) => {
  expect(readCode(typed)).toEqual(told)
})

test('the code of a link stands in its fragment, escaped or not', () => {
  expect(codeOfLink(`#${CODE}`)).toBe(CODE)
  expect(codeOfLink(`#${encodeURIComponent('7K3QX9M2T4WB*')}`)).toBe('7K3QX9M2T4WB*')
  expect(codeOfLink('#%')).toBe('%')
  expect(codeOfLink('')).toBeUndefined()
})
