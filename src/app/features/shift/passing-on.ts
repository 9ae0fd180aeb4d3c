import { placeOf } from '../../../domain/community'
import { partsFor } from '../../../vault/pass-on'
import type { Services } from '../../services'
import { openHere } from './shift-sum'

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
