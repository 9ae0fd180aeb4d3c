import type { Result } from '../../../domain/result'
import type { StorageError } from '../../../storage/storage-error'
import type { Services } from '../../services'
import { type FollowUp, keepFollowUps } from '../../shell/follow-up'
import { give } from '../../shell/signals'
import { type LastPassage, lastPassage } from './last-passage'

/** Takes back what was made last: of a passage that was measured again the retest alone, so that its chain goes on where it was. */
export async function takeBack(services: Services, last: LastPassage, reason: string): Promise<Result<void, StorageError>> {
  const own: FollowUp = { kind: 'void', target: last.key, ...(last.only ? { only: last.only } : {}), reason }
  const others = (last.also ?? []).map((each): FollowUp => ({ kind: 'void', ...each, reason }))
  const kept = await keepFollowUps(services, [own, ...others])
  if (!kept.ok) {
    give('failed', services.preferences.value)
    return kept
  }
  lastPassage.value = { ...last, outcome: 'undone' }
  return { ok: true, value: undefined }
}
