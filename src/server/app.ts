import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify'
import type { Pool } from 'pg'
import { admitRequests } from './admission'
import { takeRawBodies } from './body'
import { compressAnswers } from './compress'
import { answerProblems } from './problems'
import { aboutRoutes } from './routes/about'
import { activationRoutes } from './routes/activation'
import { cardRoutes } from './routes/cards'
import { deviceRoutes } from './routes/devices'
import { quarantineRoutes } from './routes/quarantine'
import { syncRoutes } from './routes/sync'
import { trailRoutes } from './routes/trail'
import { serveApp } from './static'
import { shutDoors } from './web-doors'

export interface AppOptions {
  readonly pool: Pool
  readonly clock?: () => number
  /** Where the built app lies; left out, only the API answers. */
  readonly appFolder?: string
  readonly trustProxy?: boolean | string
  readonly https?: { readonly cert: Buffer; readonly key: Buffer }
  readonly logger?: FastifyServerOptions['logger']
  /** More routes, before the app's pages take the rest. */
  readonly also?: (app: FastifyInstance) => void
}

/** The server's routes around a database; `listen` is the caller's. */
export async function createApp({
  pool,
  clock = Date.now,
  appFolder,
  trustProxy,
  https,
  logger = false,
  also,
}: AppOptions): Promise<FastifyInstance> {
  const options = {
    logger,
    trustProxy: trustProxy ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    // A phone on a slow network sends 64 kB in two minutes.
    requestTimeout: 120_000,
    forceCloseConnections: 'idle' as const,
  }
  // The two kinds of server differ in type only.
  const app = https ? (Fastify({ ...options, https: { ...https } }) as unknown as FastifyInstance) : Fastify(options)
  app.removeAllContentTypeParsers()
  takeRawBodies(app)
  answerProblems(app)
  compressAnswers(app)
  shutDoors(app, appFolder)
  admitRequests(app, pool, clock)
  syncRoutes(app, pool, clock)
  activationRoutes(app, pool, clock)
  aboutRoutes(app, pool, clock)
  deviceRoutes(app, pool, clock)
  quarantineRoutes(app, pool, clock)
  cardRoutes(app, pool, clock)
  trailRoutes(app, pool, clock)
  also?.(app)
  if (appFolder) await serveApp(app, appFolder)
  return app
}
