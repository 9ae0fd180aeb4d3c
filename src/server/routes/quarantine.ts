import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { correctedTime } from '../../domain/time'
import { DecisionRequest, type DecisionResponse, type HeldBackResponse, type HeldBackRow } from '../../wire/desk'
import { asOperation, OperationSchema } from '../../wire/operation'
import { PATHS } from '../../wire/protocol'
import { readAs } from '../../wire/read'
import type { Reach } from '../admission'
import { postsBelow } from '../database/communities'
import { type Device, deviceById } from '../database/devices'
import { insertOperations } from '../database/operations'
import { decide, type HeldBack, heldBackOf } from '../database/quarantine'
import { addToTrail } from '../database/trail'
import { transaction } from '../database/transaction'
import { ProblemError } from '../problem-error'
import { judge } from '../verdicts'
import { bodyOf } from './read-request'

/** What phones that were switched off still delivered: somebody decides, record by record. */
export function quarantineRoutes(app: FastifyInstance, pool: Pool, clock: () => number): void {
  const serverTime = () => new Date(clock()).toISOString()

  app.get<{ Querystring: { device?: string } }>(
    PATHS.heldBack,
    { config: { admission: { by: 'device', right: 'decide-quarantine', reach: (request) => reachOf(pool, queried(request)) } } },
    async (request): Promise<HeldBackResponse> => {
      const records = await heldBackOf(pool, request.device.communityId, queried(request))
      return { gatepost: 'quarantine', records: records.map(rowOf), serverTime: serverTime() }
    },
  )

  app.post(
    PATHS.decisions,
    {
      config: {
        admission: {
          by: 'device',
          right: 'decide-quarantine',
          reach: (request) => reachOf(pool, bodyOf(DecisionRequest, request).deviceId),
        },
      },
    },
    async (request): Promise<DecisionResponse> => {
      const { deviceId, keys, decision } = bodyOf(DecisionRequest, request)
      const source = await deviceById(pool, deviceId)
      if (!source) throw new ProblemError(404, 'not-found')
      const { taken, refused } = decision === 'accepted' ? await putInLog(pool, source, keys, clock()) : { taken: keys, refused: [] }
      const decided = await transaction(pool, async (client) => {
        const count = await decide(client, source.communityId, deviceId, taken, { decision, by: request.device.id, now: clock() })
        const what = decision === 'accepted' ? 'quarantine-accepted' : 'quarantine-rejected'
        if (count > 0)
          await addToTrail(client, source.communityId, [{ actor: request.device.id, what, about: deviceId, detail: { records: count } }])
        return count
      })
      return { gatepost: 'decision', decided, refused, serverTime: serverTime() }
    },
  )
}

const queried = ({ query }: FastifyRequest): string =>
  typeof query === 'object' && query !== null && 'device' in query ? String(query.device) : ''

async function reachOf(pool: Pool, deviceId: string): Promise<Reach> {
  const target = await deviceById(pool, deviceId)
  return { unitIds: [target?.unitId ?? ''] }
}

/** Puts records into the log as if their phone had never been switched off. Harmless twice: the log knows its keys. */
async function putInLog(
  pool: Pool,
  source: Device,
  keys: readonly string[],
  now: number,
): Promise<{ taken: string[]; refused: { key: string; code: string }[] }> {
  const records = await heldBackOf(pool, source.communityId, source.id, keys)
  const scope = await postsBelow(pool, source.communityId, source.unitId)
  const { placed, rejected } = judge(
    records.map(({ payload }) => payload),
    source,
    scope,
  )
  // A copied phone's numbers came twice: its records are told apart by their keys alone.
  const { accepted, duplicates, conflicts, refused } = await insertOperations(pool, source.communityId, source.id, placed, now, {
    forked: source.cloned,
  })
  return {
    taken: [...accepted, ...duplicates],
    refused: [
      ...rejected.map(({ key, code }) => ({ key, code })),
      ...conflicts.map((key) => ({ key, code: 'conflict' })),
      ...[...refused].map(([key, code]) => ({ key, code })),
    ],
  }
}

/** What a decision needs to see: when, where, of which kind, by whom; the person who passed is not shown. */
function rowOf({ key, seq, payload, receivedAt }: HeldBack): HeldBackRow {
  const row = { key, seq, receivedAt: receivedAt.toISOString() }
  const read = readAs(OperationSchema, payload)
  if (!read.ok) return { ...row, kind: '', operator: '', readable: false }
  const operation = asOperation(read.value)
  const at = correctedTime(operation)
  return {
    ...row,
    kind: operation.kind,
    ...(Number.isFinite(at) ? { at: new Date(at).toISOString() } : {}),
    postId: operation.postId,
    operator: operation.operator,
    readable: true,
  }
}
