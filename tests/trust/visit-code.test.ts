import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { VisitorForm } from '../../src/domain/registers'
import { readVisitCode, visitCodeText } from '../../src/trust/visit-code'

const WHOLE: VisitorForm = {
  name: '司徒远方',
  phone: '13900005678',
  idNumber: '32019919900307123X',
  reason: '探亲访友',
  keyArea: false,
  address: { building: '3', unit: '2', room: '501' },
}

test.each<[string, VisitorForm]>([
  ['all answers', WHOLE],
  ['a name and what must be answered', { name: '王五', keyArea: true }],
  ['a village’s number', { name: 'O’Neill "x"', keyArea: false, address: { building: '', unit: '', room: '12' } }],
])('%s come out of the code as they went in, in characters that a small code holds', (_name, form) => {
  const text = visitCodeText(form)
  expect(text).toMatch(/^GPV1:[0-9A-Z $%*+\-./:]+$/)
  expect(readVisitCode(`${text}\n`)).toEqual(form)
})

test.each([
  '',
  'GPV1:',
  'GPV1:AB',
  'GP1:123',
  'https://example.org',
  'GPV1:%%%%',
  visitCodeText({ name: ' ' }),
  visitCodeText({ name: '' }),
])('%j is no such code', (text) => {
  expect(readVisitCode(text)).toBeUndefined()
})

test('whatever a code says, it is short text and never anything else', () => {
  const long = readVisitCode(visitCodeText({ name: '王'.repeat(500), reason: 'x'.repeat(500) }))
  expect([long?.name.length, long?.reason?.length]).toEqual([60, 60])
  const text = visitCodeText(WHOLE)
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'), (at, character) => {
      const read = readVisitCode(text.slice(0, at) + character + text.slice(at + 1))
      return read === undefined || (typeof read.name === 'string' && read.name.length <= 60)
    }),
    { numRuns: 1000 },
  )
})
