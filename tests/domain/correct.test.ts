import { expect, test } from 'vitest'
import { dayLogOf } from '../../src/domain/day-log'
import type { Told } from '../../src/domain/operation'
import { passagesOf } from '../../src/domain/passage'
import { BASE_RULES } from '../../src/domain/rules/rules'
import { anOperation, passage, resident } from '../support/report'

const judgedBy = () => BASE_RULES

test('what a register wrote down is read as it was corrected last, and its record stays as it was', () => {
  const visitor = passage(0, {
    subject: { kind: 'visitor', name: '王伍', phone: '13900001234' },
    vehicle: { id: 'v-1', plate: '苏A12345', role: 'driver' },
  })
  const operations: Told[] = [
    visitor,
    anOperation(5, { kind: 'amend', target: visitor.key, reason: '写错', subject: { kind: 'visitor', name: '王五' }, plate: '苏A54321' }),
    anOperation(9, { kind: 'amend', target: visitor.key, reason: '写错', subject: { kind: 'visitor', name: '王武', reason: '探亲' } }),
  ]
  const [read] = passagesOf(operations, judgedBy)
  expect(read?.checkIn.subject).toEqual({ kind: 'visitor', name: '王武', reason: '探亲' })
  expect(read?.checkIn.vehicle).toEqual({ id: 'v-1', plate: '苏A54321', role: 'driver' })
  expect(visitor.subject).toEqual({ kind: 'visitor', name: '王伍', phone: '13900001234' })
})

test('a resident does not become somebody else by a correction', () => {
  const known = passage(0, { subject: resident(1) })
  const [read] = passagesOf(
    [known, anOperation(5, { kind: 'amend', target: known.key, reason: '错', subject: { kind: 'written', name: '某人' } })],
    judgedBy,
  )
  expect(read?.checkIn.subject).toEqual(resident(1))
})

test('an arrival that has registered since counts as registered, whichever record came first', () => {
  const arrival = anOperation(0, {
    kind: 'arrival',
    name: '孙七',
    origin: '湖北省黄冈市',
    arrivedOn: '2020-02-18',
    means: 'train',
    platform: 'not-registered',
    keyArea: false,
    metInPerson: true,
    source: 'post',
  })
  const amend = anOperation(30, {
    kind: 'amend',
    target: arrival.key,
    reason: '已补登',
    arrival: { platform: 'registered', code: 'green' },
  })
  for (const operations of [
    [arrival, amend],
    [amend, arrival],
  ]) {
    const [entry] = dayLogOf(operations, judgedBy).arrivals
    expect(entry).toMatchObject({ amended: true, operation: { name: '孙七', platform: 'registered', code: 'green' } })
  }
})
