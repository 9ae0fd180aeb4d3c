import { expect, test } from 'vitest'
import { dayPicture } from '../../src/domain/day-picture'
import { tally } from '../../src/domain/tally'
import { aReading, MORNING } from '../support/builders'
import { aSource, aWholeDay, passage, resident } from '../support/report'

const { operations } = aWholeDay()
const { log, judgedBy } = aSource(operations)
const picture = dayPicture(log, operations, judgedBy)

test('the quarters add up to the tally, batches too, duplicates once, voided ones not', () => {
  const counts = tally(log, judgedBy)
  const sum = (side: 'in' | 'out') => picture.quarters.reduce((total, quarter) => total + quarter[side], 0)
  expect([sum('in'), sum('out')]).toEqual([counts.in, counts.out])
  const [first] = picture.quarters
  expect(new Date(first?.from ?? 0).toISOString()).toBe('2020-02-17T23:30:00.000Z')
  expect(picture.quarters.every(({ from }, i) => from === (first?.from ?? 0) + i * 900_000)).toBe(true)
})

test('each reading stands at its site in its band', () => {
  const forehead = picture.sites.find(({ site }) => site === 'forehead')
  expect(forehead?.tenths.map(({ celsius, count, band }) => [celsius, count, band])).toEqual([
    [33.4, 1, 'too-low'],
    [36.5, 3, 'in-range'],
    [37.6, 1, 'at-threshold'],
  ])
  expect(picture.sites.map(({ site }) => site)).toEqual(['forehead', 'wrist', 'neck', 'armpit'])
  expect(picture.inRange).toBe(5)
})

test('corrections are counted by kind and phone, and no list says who made how many; phones by what they wrote', () => {
  expect(picture.corrections).toEqual([{ kind: 'void', count: 1 }])
  expect(JSON.stringify(picture)).not.toContain('王志愿')
  expect(picture.phones.map(({ deviceId, passages }) => [deviceId, passages])).toEqual([
    [undefined, 8],
    ['other-phone', 1],
  ])
})

test('ten equal readings of one thermometer in a row are told, nine are not; in the evening too, when it has long shown others', () => {
  const equal = (count: number) => {
    const own = Array.from({ length: count }, (_, i) =>
      passage(i, { subject: resident(1), measured: aReading(36.5, { thermometer: '2号' }) }),
    )
    const later = passage(600, { subject: resident(1), measured: aReading(36.1, { thermometer: '2号' }) })
    return dayPicture(aSource([...own, later]).log, [...own, later], judgedBy).stuck
  }
  expect(equal(9)).toEqual([])
  expect(equal(10)).toEqual([{ thermometer: '2号', celsius: 36.5, count: 10, from: MORNING, to: MORNING + 9 * 60_000 }])
})

test('a day without records is a picture too', () => {
  const none = dayPicture(aSource([]).log, [], judgedBy)
  expect(none).toEqual({ quarters: [], sites: [], inRange: 0, openIncidents: [], stuck: [], corrections: [], phones: [] })
})
