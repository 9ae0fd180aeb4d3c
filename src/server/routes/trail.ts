import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import type { TrailResponse } from '../../wire/desk'
import { PATHS } from '../../wire/protocol'
import { addToTrail, trailOf } from '../database/trail'
import { transaction } from '../database/transaction'

const PAGE = 100

/** Who did what, newest first; reading it stands in it. */
export function trailRoutes(app: FastifyInstance, pool: Pool, clock: () => number): void {
  app.get<{ Querystring: { before?: string } }>(
    PATHS.trail,
    { config: { admission: { by: 'device', right: 'read-trail' } } },
    async ({ device, query }): Promise<TrailResponse> => {
      const before = /^\d{1,15}$/.test(query.before ?? '') ? Number(query.before) : undefined
      const entries = await trailOf(pool, device.communityId, { before, limit: PAGE })
      if (before === undefined)
        await transaction(pool, (client) => addToTrail(client, device.communityId, [{ actor: device.id, what: 'trail-read' }]))
      return {
        gatepost: 'trail',
        entries: entries.map(({ about, detail, ...entry }) => ({ ...entry, ...(about ? { about } : {}), ...(detail ? { detail } : {}) })),
        more: entries.length === PAGE,
        serverTime: new Date(clock()).toISOString(),
      }
    },
  )
}
