import { expect, test } from 'vitest'
import { compareCounts } from '../../src/app/features/settings/compare-counts'

const counters = (accepted: number, waiting: number) => ({ lastSeq: 999, accepted, waiting, rejected: 3 })

test('what the server has sent back is not counted on either side', () => {
  expect(compareCounts(counters(412, 0), 412)).toEqual({ kind: 'equal', phone: 412, server: 412 })
})

test('records that wait for upload explain a difference', () => {
  expect(compareCounts(counters(400, 12), 400)).toEqual({ kind: 'waiting', phone: 412, server: 400, waiting: 12 })
})

test('a batch whose answer was lost is held by the server though the phone still waits', () => {
  expect(compareCounts(counters(400, 12), 412)).toEqual({ kind: 'equal', phone: 412, server: 412 })
  expect(compareCounts(counters(400, 12), 406)).toEqual({ kind: 'waiting', phone: 412, server: 406, waiting: 12 })
})

test.each([[399], [413]])('fewer than were confirmed, or more than were made, are a difference to be told: %i', (server) => {
  expect(compareCounts(counters(400, 12), server).kind).toBe('differs')
})
