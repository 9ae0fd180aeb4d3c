import { beforeEach } from 'vitest'
import { CHINA, minuteOfDay } from '../../../src/domain/time'

const LAST_MINUTES = 3 // of a day; the longest test takes two

// What a day counts and says begins anew at midnight: a test that is about one day does not begin in one and end in the next.
beforeEach(async () => {
  while (minuteOfDay(Date.now(), CHINA) >= 24 * 60 - LAST_MINUTES) await new Promise((done) => setTimeout(done, 1_000))
})
