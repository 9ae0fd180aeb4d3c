import { isOpenCase } from '../../domain/case'
import type { OperationKey } from '../../domain/ids'
import type { Told, Unstamped } from '../../domain/operation'
import { type JudgedBy, type Passage, passagesOf } from '../../domain/passage'
import { ok, type Result } from '../../domain/result'
import { isoWithOffset } from '../../domain/time'
import { toldAbout } from '../../storage/cases'
import type { Draft } from '../../storage/record'
import { type StorageError, storageError } from '../../storage/storage-error'
import type { Services } from '../services'

/** A record that names another: a correction, a void, a step of an incident. */
export type FollowUp = Extract<Unstamped, { readonly target: OperationKey }>

/**
 * Keeps what is said of records that are here already, all or none, and says how the first one's passage stands then.
 * Whether a passage is an open matter afterwards is told by all that is known of it: one that never closed would keep its day here for ever.
 */
export async function keepFollowUps(
  services: Services,
  followUps: readonly FollowUp[],
): Promise<Result<Passage | undefined, StorageError>> {
  const { db, codec: facts, ownCodec: own, identity, judgedBy, save } = services
  const self = identity.value.deviceId
  try {
    const drafts: Draft[] = []
    const passages: (Passage | undefined)[] = []
    for (const target of new Set(followUps.map((each) => each.target))) {
      const told = await toldAbout(db, { facts, own, self }, target)
      const mine = followUps.filter((each) => each.target === target).flatMap((each) => [each, ...confirmedVoids(each, told, judgedBy)])
      const after = [...told, ...mine.map((each, i) => asIfSaved(services, each, i))]
      const wait = isOpenCase(after, judgedBy) ? 'opens' : 'closes'
      drafts.push(...mine.map((operation): Draft => ({ operation, wait })))
      passages.push(passagesOf(after, judgedBy)[0])
    }
    const saved = await save(drafts)
    return saved.ok ? ok(passages[0]) : saved
  } catch (cause) {
    return { ok: false, error: storageError(cause) }
  }
}

/** Who voids a passage takes back its confirmed fever too, as far as they know of it; one that they do not know of stands. */
function confirmedVoids(followUp: FollowUp, told: readonly Told[], judgedBy: JudgedBy): FollowUp[] {
  if (followUp.kind !== 'void' || followUp.only) return []
  return passagesOf(told, judgedBy).flatMap(({ confirmed }) => confirmed.map(({ key }) => ({ ...followUp, only: key })))
}

/** The newest word of this phone, for the fold alone; its number and key are given when it is kept. */
function asIfSaved({ recordContext }: Services, followUp: FollowUp, i: number): Told {
  const { deviceNow, offsetMinutes, clockOffset, postId, operator, randomKey } = recordContext()
  const deviceTime = isoWithOffset(deviceNow, offsetMinutes)
  return { ...followUp, key: randomKey(), seq: Number.MAX_SAFE_INTEGER - 1000 + i, deviceTime, clockOffset, postId, operator }
}
