import { beforeEach, expect, test } from 'vitest'
import { dismiss, noteReading, recentReadings, stuck } from '../../src/app/features/gate/recent-readings'
import { aReading, first } from '../support/builders'

const take = (celsius: number, times: number, thermometer = '1号枪') => {
  for (let i = 0; i < times; i++) noteReading(aReading(celsius, { thermometer }))
}
beforeEach(() => {
  recentReadings.value = []
  take(0, 1)
  recentReadings.value = []
})

test('ten equal readings that somebody has tapped away do not come back with the next passage, another gun’s or its own', () => {
  take(36.5, 9)
  expect(stuck.value).toEqual([])
  take(36.5, 1)
  dismiss(first(stuck.value))
  expect(stuck.value).toEqual([])
  take(36.5, 1)
  take(36.2, 1, '2号枪')
  expect(stuck.value).toEqual([])
})

test('ten equal ones after another value are another alarm', () => {
  take(36.5, 10)
  dismiss(first(stuck.value))
  take(36.4, 1)
  take(36.5, 10)
  expect(stuck.value).toEqual([{ thermometer: '1号枪', celsius: 36.5 }])
})
