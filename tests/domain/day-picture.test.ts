import { expect, test } from 'vitest'
import { dayPicture } from '../../src/domain/day-picture'
import { tally } from '../../src/domain/tally'
import { unmergedPhones } from '../../src/domain/unmerged'
import { aReading } from '../support/builders'
import { aSource, aWholeDay, passage, resident } from '../support/report'

const { operations } = aWholeDay()
const { log, judgedBy, posts } = aSource(operations)
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

test('corrections are counted by who made them, phones by what they wrote', () => {
  expect(picture.corrections).toEqual([{ kind: 'void', operator: '王志愿', count: 1 }])
  expect(picture.phones.map(({ deviceId, passages }) => [deviceId, passages])).toEqual([
    [undefined, 8],
    ['other-phone', 1],
  ])
})

test('ten equal readings of one thermometer in a row are told, nine are not', () => {
  const equal = (count: number) => {
    const own = Array.from({ length: count }, (_, i) =>
      passage(i, { subject: resident(1), measured: aReading(36.5, { thermometer: '2号' }) }),
    )
    return dayPicture(aSource(own).log, own, judgedBy).stuck
  }
  expect(equal(9)).toEqual([])
  expect(equal(10)).toEqual(['2号'])
})

test('a day without records is a picture too', () => {
  const none = dayPicture(aSource([]).log, [], judgedBy)
  expect(none).toEqual({ quarters: [], sites: [], inRange: 0, openIncidents: [], stuck: [], corrections: [], phones: [] })
})

test('a phone of these posts that is not in the report is named, with when it was last heard of', () => {
  const phone = (id: string, unitId: string, lastSeen?: number) => ({
    deviceId: id as never,
    name: id,
    unitId,
    ...(lastSeen ? { lastSeen } : {}),
  })
  const question = {
    self: 'me' as never,
    phones: [
      phone('me', 'post-south-gate'),
      phone('a', 'post-south-gate', 5),
      phone('b', 'wutong'),
      phone('c', 'elsewhere'),
      phone('d', 'post-north-gate'),
    ],
    posts,
    merged: [{ deviceId: 'd' as never, madeAt: 1 }],
  }
  expect(unmergedPhones(question)).toEqual([
    { name: 'a', postId: 'post-south-gate', lastSeen: 5 },
    { name: 'b', postId: 'post-south-gate' },
  ])
})
