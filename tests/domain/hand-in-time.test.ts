import { expect, test } from 'vitest'
import { USUAL_SHIFTS } from '../../src/domain/community'
import { reportDays, reportSpan, shiftDue } from '../../src/domain/hand-in-time'
import { CHINA, type Day } from '../../src/domain/time'

const at = (time: string) => Date.parse(`${time}:00+08:00`)

test('the log that is due is that of the shift which ends now or has just ended; the night shift’s lies under the day it began on', () => {
  const cases: [string, string, string][] = [
    ['2020-02-18T14:40', '2020-02-18', '早班'],
    ['2020-02-18T15:20', '2020-02-18', '早班'],
    ['2020-02-18T22:50', '2020-02-18', '中班'],
    ['2020-02-18T23:30', '2020-02-18', '中班'],
    ['2020-02-19T00:30', '2020-02-18', '中班'],
    ['2020-02-19T06:50', '2020-02-18', '晚班'],
    ['2020-02-19T07:15', '2020-02-18', '晚班'],
    ['2020-02-19T12:00', '2020-02-19', '早班'],
  ]
  for (const [now, day, shift] of cases) expect([now, shiftDue(at(now), USUAL_SHIFTS, CHINA)]).toEqual([now, { day, shift }])
  expect(shiftDue(at('2020-02-18T12:00'), [], CHINA)).toBeUndefined()
})

test('a report tells of its shift or its day, and no further than its cut-off', () => {
  const day = '2020-02-18' as Day
  expect(reportSpan(day, undefined, CHINA)).toEqual({ from: at('2020-02-18T00:00'), to: at('2020-02-19T00:00') })
  expect(reportSpan(day, { from: 1380, to: 420 }, CHINA, at('2020-02-19T02:00'))).toEqual({
    from: at('2020-02-18T23:00'),
    to: at('2020-02-19T02:00'),
  })
})

test('a day without a record can be handed in as long as none of its rows can be gone; a merged day as long as it is here', () => {
  const day = (text: string) => text as Day
  const now = at('2020-02-18T12:00')
  const since = at('2020-02-01T08:00')
  expect(reportDays(now, CHINA, since, [])).toEqual(['2020-02-18', '2020-02-17', '2020-02-16'])
  expect(reportDays(now, CHINA, since, [day('2020-02-14'), day('2020-02-17')])).toEqual([
    '2020-02-18',
    '2020-02-17',
    '2020-02-16',
    '2020-02-14',
  ])
  // A phone that came this morning knows nothing of yesterday.
  expect(reportDays(now, CHINA, at('2020-02-18T07:00'), [])).toEqual(['2020-02-18'])
})
