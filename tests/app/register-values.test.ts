import { expect, test } from 'vitest'
import { correctionOf, type Registered, valuesOf, wrongIn } from '../../src/app/features/log/register-values'
import { aKey } from '../support/builders'

const visitor: Registered = {
  key: aKey(),
  subject: { kind: 'visitor', name: '王伍', phone: '13900001234', keyArea: false, address: { building: '3', unit: '2', room: '501' } },
  vehicle: '苏A12345',
}
const before = valuesOf(visitor, () => undefined)

test('only what was changed is corrected, and what the form does not ask stays', () => {
  expect(correctionOf(visitor, before, before)).toBeUndefined()
  expect(correctionOf(visitor, before, { ...before, vehicle: '苏a·54321' })).toEqual({ plate: '苏A54321' })
  expect(correctionOf(visitor, before, { ...before, name: '王五', phone: '139 0000 4321' })).toEqual({
    subject: { kind: 'visitor', name: '王五', phone: '13900004321', keyArea: false, address: { building: '3', unit: '2', room: '501' } },
  })
  expect(correctionOf(visitor, before, { ...before, unit: '4-1-102' })).toMatchObject({
    subject: { address: { building: '4', unit: '1', room: '102' } },
  })
})

test('a name that is missing and a number that is none are told before anything is kept', () => {
  expect(wrongIn(visitor, { ...before, name: ' ', phone: '123', vehicle: '' })).toEqual({
    name: 'register.name-missing',
    phone: 'register.phone-wrong',
    vehicle: 'register.answer-missing',
  })
  expect(wrongIn(visitor, before)).toEqual({})
})
