import type { Services } from '../../src/app/services'
import { dayLogOf } from '../../src/domain/day-log'
import { type Incident, incidentOf } from '../../src/domain/incident'
import type { Operation } from '../../src/domain/operation'
import { inOrder } from '../../src/domain/order'
import { isWaiting, type Passage, passageOf } from '../../src/domain/passage'
import { type Tally, tally } from '../../src/domain/tally'
import type { Day } from '../../src/domain/time'
import { daysKept, operationsOfDay } from '../../src/storage/facts'

/** A chip of the first screen: somebody waits, or an incident is open. */
export interface OpenMatter {
  readonly passage: Passage
  readonly incident?: Incident
}

/** As the first screen's chips tell them. */
export function openMattersOf({ kept, judgedBy, post }: Services): OpenMatter[] {
  return kept.matters.value.flatMap((operations) => {
    const checkIn = operations.find((operation) => operation.kind === 'check-in')
    if (!checkIn || (checkIn.by && checkIn.postId !== post.value.id)) return []
    const passage = passageOf(checkIn, operations, judgedBy)
    const incident = incidentOf(passage, inOrder(operations))
    if (!isWaiting(passage) && (!incident || incident.closed)) return []
    return [{ passage, ...(incident ? { incident } : {}) }]
  })
}

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
