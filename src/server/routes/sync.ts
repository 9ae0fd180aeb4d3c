import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { PATHS, PROTOCOL } from '../../wire/protocol'
import { readAs } from '../../wire/read'
import { type HeldResponse, type PullResponse, PushRequest, type PushResponse } from '../../wire/sync'
import { authorise } from '../authorise'
import { changesAfter } from '../database/changes'
import { postsBelow } from '../database/communities'
import { noteSeen } from '../database/devices'
import { heldOf, insertOperations } from '../database/operations'
import { ProblemError } from '../problem-error'
import { judge } from '../verdicts'

const VERSIONS_BACK = 2
const IN_FLIGHT = 64 // pushes; more would wait longer in here than at home
const SECONDS_PER_PUSH = 0.1 // for the Retry-After, as measured with 500 records a push

/** Up: what devices did. Down: what the server tells. */
export function syncRoutes(app: FastifyInstance, pool: Pool, clock: () => number): void {
  let inFlight = 0
  const serverTime = () => new Date(clock()).toISOString()

  app.post(PATHS.push, {
    // Before the body is read: a busy server must not take in what it cannot hold.
    onRequest: async (_request, reply) => {
      if (inFlight >= IN_FLIGHT) throw new ProblemError(503, 'overloaded', undefined, Math.ceil(inFlight * SECONDS_PER_PUSH))
      inFlight++
      reply.raw.once('close', () => inFlight--)
    },
    handler: async (request): Promise<PushResponse> => {
      const device = await authorise(pool, request)
      const read = readAs(PushRequest, request.body)
      if (!read.ok) throw new ProblemError(400, 'bad-request', `${read.error.pointer} ${read.error.message}`.trim())
      const { protocol, device: sender, epoch, sentAt, operations } = read.value
      if (protocol > PROTOCOL || protocol < PROTOCOL - VERSIONS_BACK) throw new ProblemError(400, 'unsupported-protocol')
      if (sender !== device.id || epoch !== device.epoch) throw new ProblemError(403, 'device-cloned')
      const scope = await postsBelow(pool, device.communityId, device.unitId)
      const { placed, rejected } = judge(operations, device, scope)
      const { accepted, duplicates, conflicts } = await insertOperations(pool, device.communityId, device.id, placed, clock())
      await noteSeen(pool, device, offsetOf(sentAt, clock()))
      request.log.info(
        { device: device.id, accepted: accepted.length, duplicates: duplicates.length, rejected: rejected.length + conflicts.length },
        'push',
      )
      return {
        gatepost: 'push',
        protocol: PROTOCOL,
        accepted: [...accepted],
        duplicates: [...duplicates],
        rejected: [...rejected, ...conflicts.map((key) => ({ key, code: 'conflict' as const, pointer: '/key' }))],
        serverTime: serverTime(),
        nextAfterMs: 0,
      }
    },
  })

  app.get<{ Querystring: { cursor?: string } }>(PATHS.pull, async (request): Promise<PullResponse> => {
    const device = await authorise(pool, request)
    const page = await changesAfter(pool, device.communityId, device.unitId, request.query.cursor)
    if (!page) throw new ProblemError(400, 'bad-request', 'cursor')
    return {
      gatepost: 'pull',
      protocol: PROTOCOL,
      changes: [...page.changes],
      cursor: page.cursor,
      more: page.more,
      serverTime: serverTime(),
    }
  })

  app.get(PATHS.held, async (request): Promise<HeldResponse> => {
    const device = await authorise(pool, request)
    return { gatepost: 'held', ...(await heldOf(pool, device.communityId, device.id)), serverTime: serverTime() }
  })
}

/** ms to add to the phone's clock; 0 where its time cannot be read or is beyond all bounds. */
function offsetOf(sentAt: string, now: number): number {
  const offset = now - Date.parse(sentAt)
  return Number.isSafeInteger(offset) ? offset : 0
}
