import { placeOf } from '../../../domain/community'
import type { Identity } from '../../../storage/identity'
import { partsFor } from '../../../vault/pass-on'
import type { Services } from '../../services'
import { openHere } from './shift-sum'

/** Whether cases of that community may be taken here. Each phone of a local post is a community of its own: there a person says whose they are. */
export function mayTake(communityId: string, { community, state }: Pick<Identity, 'community' | 'state'>): boolean {
  return state === 'local' || communityId === community.id
}

/** The open cases of this post, signed by this phone and sealed to the one whose receive key it is, as the texts of codes. */
export function giveCases(services: Services, receiveKey: string): ReturnType<typeof partsFor> {
  const { identity, keys, post } = services
  const { deviceId, community } = identity.value
  const cases = openHere(services).map(({ passage, operations }) => ({
    passage: passage.key,
    operations: operations.map(({ by, ...operation }) => ({ deviceId: by ?? deviceId, operation })),
    open: true,
  }))
  return partsFor(keys, receiveKey, { communityId: community.id, from: placeOf(post.value), cases })
}
