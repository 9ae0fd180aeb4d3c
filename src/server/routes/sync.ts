import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import type { CommunityId, DeviceId, OperationKey } from '../../domain/ids'
import { KEY_PATTERN } from '../../wire/parts'
import { PATHS, PROTOCOL } from '../../wire/protocol'
import {
  DeviceDayRequest,
  HeldOfDayRequest,
  type HeldOfDayResponse,
  type HeldResponse,
  type PullResponse,
  PushRequest,
  type PushResponse,
  ReconcileRequest,
  type ReconcileResponse,
} from '../../wire/sync'
import { changesAfter } from '../database/changes-after'
import { postsBelow } from '../database/communities'
import { deviceById, markCloned, noteSeen } from '../database/devices'
import { ForkError, heldKeys, heldOf, heldOfDay, insertOperations } from '../database/operations'
import { holdBack } from '../database/quarantine'
import { unkeepable } from '../keepable'
import { ProblemError } from '../problem-error'
import { openSealed } from '../sealed'
import { judge } from '../verdicts'
import { bodyOf } from './read-request'

const VERSIONS_BACK = 2
const IN_FLIGHT = 64 // pushes; more would wait longer in here than at home
const SECONDS_PER_PUSH = 0.1 // for the Retry-After, as measured with 500 records a push
const MOST = 1000 // operations, in whichever form

/** Up: what devices did. Down: what the server tells. */
export function syncRoutes(app: FastifyInstance, pool: Pool, clock: () => number): void {
  let inFlight = 0
  const serverTime = () => new Date(clock()).toISOString()

  app.post(PATHS.push, {
    // The keys of the operations make a replay harmless.
    config: { admission: { by: 'device', right: 'record', harmlessTwice: true } },
    // Before the body is read: a busy server must not take in what it cannot hold.
    onRequest: async (_request, reply) => {
      if (inFlight >= IN_FLIGHT)
        throw new ProblemError(503, 'overloaded', undefined, { retryAfterSeconds: Math.ceil(inFlight * SECONDS_PER_PUSH) })
      inFlight++
      reply.raw.once('close', () => inFlight--)
    },
    handler: async (request): Promise<PushResponse> => {
      const { device } = request
      const { epoch, sentAt, operations, sealed = [], shiftKeys = [] } = readPush(request)
      if (epoch !== device.epoch) throw new ProblemError(403, 'device-cloned')
      const opened = await openSealed(pool, device.communityId, sealed, shiftKeys)
      const scope = await postsBelow(pool, device.communityId, device.unitId)
      const { placed, rejected } = judge([...operations, ...opened.operations], device, scope)
      const inserted = await insertOperations(pool, device.communityId, device.id, placed, clock()).catch(async (cause: unknown) => {
        if (!(cause instanceof ForkError)) throw cause
        await markCloned(pool, device)
        throw new ProblemError(403, 'device-cloned')
      })
      const { accepted, duplicates, conflicts, refused } = inserted
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
        rejected: [
          ...rejected,
          ...conflicts.map((key) => ({ key, code: 'conflict' as const, pointer: '/key' })),
          ...[...refused].map(([key, code]) => ({ key, code, pointer: '/cardId' })),
        ],
        unopened: [...opened.unopened],
        serverTime: serverTime(),
        nextAfterMs: 0,
      }
    },
  })

  app.post(
    PATHS.quarantine,
    { config: { admission: { by: 'device', right: 'record', harmlessTwice: true, switchedOff: true } } },
    async (request): Promise<PushResponse> => {
      const { device } = request
      const { operations, sealed = [], shiftKeys = [] } = readPush(request)
      // Only who was switched off delivers here: the others' records belong into the log.
      if (!device.revoked && !device.cloned) throw new ProblemError(409, 'conflict')
      const opened = await openSealed(pool, device.communityId, sealed, shiftKeys)
      const records = [...operations, ...opened.operations].flatMap(keepable)
      await holdBack(pool, device.communityId, device.id, records, clock())
      request.log.info({ device: device.id, heldBack: records.length }, 'quarantine')
      const accepted = records.map(({ key }) => key)
      return {
        gatepost: 'push',
        protocol: PROTOCOL,
        accepted,
        duplicates: [],
        rejected: [],
        unopened: [...opened.unopened],
        serverTime: serverTime(),
        nextAfterMs: 0,
      }
    },
  )

  app.get<{ Querystring: { cursor?: string } }>(
    PATHS.pull,
    { config: { admission: { by: 'device', right: 'record' } } },
    async (request): Promise<PullResponse> => {
      const { device } = request
      const page = await changesAfter(pool, { communityId: device.communityId, unitId: device.unitId, now: clock() }, request.query.cursor)
      if (!page) throw new ProblemError(400, 'bad-request', 'cursor')
      await noteSeen(pool, device)
      const { changes, cursor, more } = page
      return { gatepost: 'pull', protocol: PROTOCOL, changes: [...changes], cursor, more, serverTime: serverTime() }
    },
  )

  app.get(PATHS.held, { config: { admission: { by: 'device', right: 'record' } } }, async (request): Promise<HeldResponse> => {
    const { device } = request
    return { gatepost: 'held', ...(await heldOf(pool, device.communityId, device.id)), serverTime: serverTime() }
  })

  app.post(PATHS.reconcile, { config: { admission: { by: 'device', right: 'record' } } }, async (request): Promise<ReconcileResponse> => {
    const { communityId, id } = request.device
    const { keys } = bodyOf(ReconcileRequest, request)
    return { gatepost: 'reconcile', held: await heldKeys(pool, communityId, { deviceId: id, keys }), serverTime: serverTime() }
  })

  const heldOn = async (communityId: CommunityId, deviceId: DeviceId, day: string): Promise<HeldOfDayResponse> => {
    const held = await heldOfDay(pool, communityId, { deviceId, day })
    return { gatepost: 'held-of-day', records: held.map((each) => ({ ...each, at: each.at.toISOString() })), serverTime: serverTime() }
  }
  app.post(PATHS.heldOfDay, { config: { admission: { by: 'device', right: 'record', harmlessTwice: true } } }, async (request) => {
    return heldOn(request.device.communityId, request.device.id, bodyOf(HeldOfDayRequest, request).day)
  })

  app.post(
    PATHS.deviceDay,
    {
      config: {
        admission: {
          by: 'device',
          right: 'see-devices',
          async reach(request) {
            const device = await deviceById(pool, bodyOf(DeviceDayRequest, request).deviceId)
            return { unitIds: [device?.unitId ?? ''] }
          },
        },
      },
    },
    async (request) => {
      const { deviceId, day } = bodyOf(DeviceDayRequest, request)
      // Within reach: it is one of the community's.
      return heldOn(request.device.communityId, deviceId as DeviceId, day)
    },
  )
}

function readPush(request: FastifyRequest): PushRequest {
  const push = bodyOf(PushRequest, request)
  const { protocol, device, operations, sealed = [] } = push
  if (protocol > PROTOCOL || protocol < PROTOCOL - VERSIONS_BACK) throw new ProblemError(400, 'unsupported-protocol')
  if (device !== request.device.id) throw new ProblemError(403, 'device-cloned')
  const count = operations.length + sealed.length
  if (count === 0) throw new ProblemError(400, 'bad-request', '/operations')
  if (count > MOST) throw new ProblemError(413, 'too-large')
  return push
}

/** A record that is to be kept apart: whatever it says, as long as it has its key and the database can hold it. */
function keepable(sent: unknown): { key: OperationKey; seq: number; payload: unknown }[] {
  if (typeof sent !== 'object' || sent === null || !('key' in sent) || typeof sent.key !== 'string') return []
  const seq = 'seq' in sent && Number.isSafeInteger(sent.seq) ? Number(sent.seq) : 0
  if (!KEY_PATTERN.test(sent.key)) return []
  const payload = unkeepable(sent) === undefined ? sent : { unkeepable: true }
  return [{ key: sent.key as OperationKey, seq, payload }]
}

/** ms to add to the phone's clock; 0 where its time cannot be read or is beyond all bounds. */
function offsetOf(sentAt: string, now: number): number {
  const offset = now - Date.parse(sentAt)
  return Number.isSafeInteger(offset) ? offset : 0
}
