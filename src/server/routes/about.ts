import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { PATHS } from '../../wire/protocol'
import type { TimeResponse } from '../../wire/sync'
import { openApi } from '../openapi'

/** What the server tells about itself: time, description, health. */
export function aboutRoutes(app: FastifyInstance, pool: Pool, clock: () => number): void {
  app.get(
    PATHS.time,
    { config: { admission: { by: 'anyone' } } },
    async (): Promise<TimeResponse> => ({ gatepost: 'time', serverTime: new Date(clock()).toISOString() }),
  )
  app.get(PATHS.openapi, { config: { admission: { by: 'anyone' } } }, async () => openApi())
  app.get('/healthz', { logLevel: 'silent' }, async () => ({ status: 'up' }))
  app.get('/readyz', { logLevel: 'silent' }, async (_request, reply) => {
    try {
      await pool.query('select 1')
      return { status: 'ready' }
    } catch {
      return reply.code(503).send({ status: 'database-unreachable' })
    }
  })
}
