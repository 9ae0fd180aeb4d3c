import { expect, test } from 'vitest'
import { compareDay, compareFile } from '../../src/app/features/log/compare-day'
import { aCheckIn } from '../support/builders'

const held = (key: string) => ({ key, kind: 'check-in', at: '2020-02-18T07:31:00.000+08:00' })

test('a phone’s day beside the server’s: what waits, what was sent back, and what was confirmed and is not there', () => {
  const [there, waiting, rejected, missing] = [aCheckIn(), aCheckIn(), aCheckIn(), aCheckIn()]
  const uploads = new Map([
    [waiting.key, 'waiting' as const],
    [rejected.key, 'rejected' as const],
  ])
  expect(compareDay([there, waiting, rejected, missing], new Set([there.key]), uploads)).toEqual({
    posts: [{ postId: there.postId, phone: 4, server: 1 }],
    waiting: [waiting],
    rejected: [rejected],
    missing: [missing],
  })
})

test('a day that another phone gave beside what the server has of that phone: not uploaded yet, and come since', () => {
  const [both, onlyFile] = [aCheckIn(), aCheckIn()]
  expect(compareFile('2号手机', [both, onlyFile], [held(both.key), held('later')])).toEqual({
    name: '2号手机',
    file: 2,
    server: 2,
    absent: [onlyFile],
    since: [held('later')],
  })
})
