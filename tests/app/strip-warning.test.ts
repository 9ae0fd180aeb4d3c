import { expect, test } from 'vitest'
import { type StripFacts, stripWarning } from '../../src/app/shell/strip-warning'

const NOW = Date.parse('2020-02-18T07:31:00+08:00')
const facts = (more: Partial<StripFacts> = {}): StripFacts => ({
  unsaved: undefined,
  problem: undefined,
  clock: { offset: 0, measuredAt: NOW, lastServerTime: NOW },
  room: 5_000_000_000,
  ...more,
})
const clock = (offset: number, lastServerTime = NOW) => ({ offset, measuredAt: NOW, lastServerTime })

test('a phone without a network, with a clock that is right, warns of nothing', () => {
  expect(stripWarning(facts({ problem: { kind: 'offline' } }))).toBeUndefined()
  expect(stripWarning(facts({ clock: clock(-90_000) }))).toBeUndefined()
})

test.each([
  ['a record was not saved', { unsaved: { kind: 'storage-full' } }, { kind: 'not-saved' }],
  ['the phone was switched off by the community', { problem: { kind: 'device-revoked' } }, { kind: 'switched-off' }],
  ['another phone has the same identity', { problem: { kind: 'device-cloned' } }, { kind: 'copied' }],
  ['the phone is 3 h fast', { clock: clock(-10_800_000) }, { kind: 'clock-fast', by: 10_800_000 }],
  ['the phone is a day slow', { clock: clock(86_400_000) }, { kind: 'clock-slow', by: 86_400_000 }],
  ['the clock was reset, whatever stands in for it', { clock: { ...clock(NOW), doubtful: true } }, { kind: 'clock-back' }],
  ['there is no room left', { room: 1_000_000 }, { kind: 'storage-low' }],
] as const)('the strip warns when %s', (_, more, warning) => {
  expect(stripWarning(facts(more))).toEqual(warning)
})

test('what was not saved comes before all else', () => {
  expect(stripWarning(facts({ unsaved: { kind: 'storage-full' }, room: 0, clock: { ...clock(0), doubtful: true } }))).toEqual({
    kind: 'not-saved',
  })
})
