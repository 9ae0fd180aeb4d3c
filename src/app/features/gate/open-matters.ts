import { type Incident, incidentOf } from '../../../domain/incident'
import type { Subject, Told } from '../../../domain/operation'
import { inOrder } from '../../../domain/order'
import { isWaiting, type JudgedBy, type Passage, passageOf } from '../../../domain/passage'
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
export async function mattersOf(services: Services, subject: Subject): Promise<OpenMatter[]> {
  const { db, codec: facts, ownCodec: own, identity, kept, judgedBy } = services
  const self = identity.value.deviceId
  // A database that cannot be read must not keep anybody from being registered: the save will tell.
  const matters = await openMatters(db, { facts, own, self }).catch(() => kept.matters.value)
  return matters
    .flatMap((operations) => openMatter(operations, judgedBy) ?? [])
    .filter(({ passage }) => isSamePerson(passage.checkIn.subject, subject))
}

/** Whoever has no id of the roster is told by the phone number, where they gave one. */
function isSamePerson(a: Subject, b: Subject): boolean {
  if (a.kind === 'resident') return b.kind === 'resident' && a.residentId === b.residentId
  const phone = 'phone' in a ? a.phone : undefined
  return phone !== undefined && a.kind === b.kind && 'phone' in b && b.phone === phone
}
