import { expect, test } from 'vitest'
import { correctionOf, type Registered, valuesOf, wrongIn } from '../../src/app/features/log/register-values'
import type { Arrival } from '../../src/domain/post-operations'
import { aKey } from '../support/builders'
import { anOperation } from '../support/report'

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
  // A landline of the roster stands in the arrival's record, and keeps nobody from correcting the rest.
  const arrival = anOperation<Arrival>(0, {
    kind: 'arrival',
    name: '张三',
    phone: '02586543210',
    origin: '滁州',
    arrivedOn: '2020-02-18',
    means: 'train',
    platform: 'not-registered',
    keyArea: false,
    metInPerson: true,
    source: 'post',
  })
  const arrived: Registered = { key: arrival.key, arrival }
  const said = valuesOf(arrived, () => undefined)
  expect(wrongIn(arrived, said)).toEqual({})
  expect(wrongIn(arrived, { ...said, phone: '0258654' })).toEqual({ phone: 'register.phone-wrong' })
})
