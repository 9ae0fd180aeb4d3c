import type { Services } from '../../src/app/services'
import { dayLogOf } from '../../src/domain/day-log'
import type { Operation } from '../../src/domain/operation'
import { type Tally, tally } from '../../src/domain/tally'
import type { Day } from '../../src/domain/time'
import { daysKept, operationsOfDay } from '../../src/storage/facts'

/** All that a phone holds, in its order. */
export async function recordsOf({ db, codec }: Services): Promise<readonly Operation[]> {
  const days = await daysKept(db)
  const all = await Promise.all(days.map((day) => operationsOfDay(db, codec, day)))
  return all.flat().sort((a, b) => a.seq - b.seq)
}

/** What a phone counts of a day, as its log and its report do. */
export async function tallyOf({ db, codec, judgedBy }: Services, day: string): Promise<Tally> {
  return tally(dayLogOf(await operationsOfDay(db, codec, day as Day), judgedBy), judgedBy)
}
