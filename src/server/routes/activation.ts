import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { normalizeCode } from '../../domain/card'
import { deviceIdOf } from '../../trust/device-keys'
import { PATHS, PROTOCOL } from '../../wire/protocol'
import { type ActivationAnswer, ActivationRequest } from '../../wire/sync'
import { postsBelow, readCommunity } from '../database/communities'
import { type SpendError, spendInvite } from '../database/invites'
import { publicKeys } from '../database/keys'
import { ruleSetsOf } from '../database/rule-sets'
import { createGuessLimit } from '../guess-limit'
import { ProblemError } from '../problem-error'
import { bodyOf } from './read-request'

const STATUS: Readonly<Record<SpendError, number>> = { 'invite-unknown': 404, 'invite-used': 409, 'invite-expired': 410 }

/** The one way in: an invite becomes a device. */
export function activationRoutes(app: FastifyInstance, pool: Pool, clock: () => number): void {
  const guesses = createGuessLimit(clock)

  app.post(PATHS.activate, { bodyLimit: 8192, config: { admission: { by: 'newcomer' } } }, async (request): Promise<ActivationAnswer> => {
    const wait = guesses.waitFor(request.ip)
    if (wait > 0) throw new ProblemError(429, 'too-many-requests', undefined, { retryAfterSeconds: Math.ceil(wait / 1000) })
    const body = bodyOf(ActivationRequest, request)
    const deviceId = await deviceIdOf(body.signKey)
    const spent = await spendInvite(pool, normalizeCode(body.code), { ...body, deviceId })
    if (typeof spent === 'string') {
      guesses.missed(request.ip)
      throw new ProblemError(STATUS[spent], spent)
    }
    const { communityId, role, unitId } = spent
    const known = await readCommunity(pool, communityId)
    const { posts } = await postsBelow(pool, communityId, unitId)
    if (!known || posts.length === 0) throw new ProblemError(409, 'conflict', 'There is no post at this place yet.')
    request.log.info({ device: deviceId, role }, 'activated')
    return {
      gatepost: 'activation',
      protocol: PROTOCOL,
      deviceId,
      role,
      community: known.community,
      posts,
      ruleSets: await ruleSetsOf(pool, communityId),
      keys: await publicKeys(pool, communityId, unitId),
      serverTime: new Date(clock()).toISOString(),
    }
  })
}
