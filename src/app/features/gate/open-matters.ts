import { type Incident, incidentOf } from '../../../domain/incident'
import type { CheckIn, Told } from '../../../domain/operation'
import { inOrder } from '../../../domain/order'
import { isWaiting, type JudgedBy, type Passage, passageOf } from '../../../domain/passage'
import { identityOf } from '../../../domain/presence'
import { openMatters } from '../../../storage/cases'
import type { Services } from '../../services'

/** Somebody who waits to be measured again, or whose incident is not closed. */
export interface OpenMatter {
  readonly passage: Passage
  readonly incident?: Incident
}

/** Undefined: it is over. */
export function openMatter(operations: readonly Told[], judgedBy: JudgedBy): OpenMatter | undefined {
  const checkIn = operations.find((operation) => operation.kind === 'check-in')
  if (!checkIn) return undefined
  const passage = passageOf(checkIn, operations, judgedBy)
  const incident = incidentOf(passage, inOrder(operations))
  if (incident) return incident.closed ? undefined : { passage, incident }
  return isWaiting(passage) ? { passage } : undefined
}

/** All that is still open of somebody, on this phone or another, the longest open first: nobody gets green by being scanned anew. Read from the disk, because the newest save may not be in memory yet. */
export async function mattersOf(services: Services, who: Pick<CheckIn, 'subject' | 'vehicle'>): Promise<OpenMatter[]> {
  const { db, codec: facts, ownCodec: own, identity, kept, judgedBy } = services
  const person = identityOf(who)
  if (person === undefined) return []
  const self = identity.value.deviceId
  // A database that cannot be read must not keep anybody from being registered: the save will tell.
  const matters = await openMatters(db, { facts, own, self }).catch(() => kept.matters.value)
  return matters
    .flatMap((operations) => openMatter(operations, judgedBy) ?? [])
    .filter(({ passage }) => identityOf(passage.checkIn) === person)
}
