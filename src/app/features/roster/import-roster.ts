import type { CompoundId } from '../../../domain/ids'
import type { Result } from '../../../domain/result'
import type { Household, RosterPage } from '../../../domain/roster'
import { loadRoster, replaceRoster } from '../../../storage/roster-store'
import type { StorageError } from '../../../storage/storage-error'
import type { Services } from '../../services'

/** The households that this phone knows of a compound. */
export async function knownHouseholds({ db, ownCodec }: Services, compoundId: CompoundId): Promise<readonly Household[]> {
  const pages = await loadRoster(db, ownCodec)
  return pages.filter((page) => page.compoundId === compoundId).flatMap(({ households }) => households)
}

/** Puts a list in the place of a compound's roster and queues it for the server: both or neither. */
export async function importRoster(
  services: Services,
  compoundId: CompoundId,
  pages: readonly RosterPage[],
): Promise<Result<unknown, StorageError>> {
  const { db, codec, ownCodec, recordContext } = services
  const context = recordContext()
  const importId = context.randomKey()
  const drafts = pages.map((page) => ({ operation: { kind: 'roster-import' as const, importId, of: pages.length, page } }))
  const kept = await replaceRoster(db, { facts: codec, own: ownCodec }, compoundId, pages, drafts, context)
  if (kept.ok) {
    await Promise.all([services.refreshCounters(), services.reloadRoster()])
    if (services.identity.value.state === 'active') void services.syncNow()
  }
  return kept
}
