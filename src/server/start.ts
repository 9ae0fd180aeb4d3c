import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { createApp } from './app'
import type { Config } from './config'
import { ensureKeys } from './database/keys'
import { migrate } from './database/migrate'
import { keepHouse } from './housekeeping'
import { PlainError } from './plain-error'
import { startEmbedded } from './postgres/embedded'

/** Where the built app lies, seen from dist/server, where every chunk of the bundle is. */
const APP_FOLDER = fileURLToPath(new URL('../app', import.meta.url))

export interface Running {
  readonly url: string
  readonly pool: pg.Pool
  readonly app: FastifyInstance
  /** Lets what is under way finish, then closes everything, PostgreSQL too where it is ours. */
  stop(): Promise<void>
}

export interface StartOptions {
  readonly appFolder?: string
  readonly logger?: Parameters<typeof createApp>[0]['logger']
  readonly also?: (app: FastifyInstance) => void
}

/** A pool on the configured database, brought to the newest schema. A `guest` leaves a PostgreSQL running that it found running. */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataFolder'>,
  { guest = false }: { readonly guest?: boolean } = {},
): Promise<{ pool: pg.Pool; close(): Promise<void> }> {
  const embedded = config.databaseUrl ? undefined : await startEmbedded(config.dataFolder)
  const pool = new pg.Pool({
    ...(embedded ? embedded.connection : { connectionString: config.databaseUrl }),
    max: 4,
    connectionTimeoutMillis: 10_000,
  })
  // An idle connection that the database closes is replaced by the pool.
  pool.on('error', () => undefined)
  const close = async () => {
    await pool.end()
    if (!guest || embedded?.startedHere) await embedded?.stop()
  }
  try {
    await migrate(pool)
    await ensureKeys(pool)
    return { pool, close }
  } catch (cause) {
    await close()
    throw new PlainError(
      `the database cannot be used: ${cause instanceof Error ? cause.message || ('code' in cause ? String(cause.code) : cause.name) : cause}`,
    )
  }
}

/** Starts database and web server. Throws a PlainError for what a person can mend. */
export async function startServer(config: Config, { appFolder = APP_FOLDER, logger, also }: StartOptions = {}): Promise<Running> {
  const { pool, close } = await openDatabase(config)
  try {
    const app = await createApp({
      pool,
      appFolder,
      ...(config.trustProxy === undefined ? {} : { trustProxy: config.trustProxy }),
      ...(config.https ? { https: config.https } : {}),
      ...(logger === undefined ? {} : { logger }),
      ...(also ? { also } : {}),
    })
    await app.listen({ host: config.host, port: config.port })
    const endHousekeeping = keepHouse(pool, app.log, Date.now)
    const stop = async () => {
      await endHousekeeping()
      await app.close()
      await close()
    }
    return { url: addressOf(app, config), pool, app, stop }
  } catch (cause) {
    await close()
    throw listenError(cause, config)
  }
}

function addressOf(app: FastifyInstance, config: Config): string {
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : config.port
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host
  return `${config.https ? 'https' : 'http'}://${host}:${port}`
}

function listenError(cause: unknown, { host, port }: Config): unknown {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (code === 'EADDRINUSE') return new PlainError(`port ${port} is in use already: choose another with PORT.`)
  if (code === 'EACCES') return new PlainError(`this user may not listen on port ${port}: choose one above 1023 with PORT.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new PlainError(`HOST ${host} is not an address of this machine.`)
  if (/PEM|SSL|OSSL|key values mismatch/i.test(`${code} ${cause instanceof Error ? cause.message : ''}`))
    return new PlainError('TLS_CERT and TLS_KEY are not a certificate and its key.')
  return cause
}

const LOOK_FOR_PARENT = 1000 // ms

/** Stops in order on Ctrl-C, on a service manager's word, and when npm, which started us, was ended without telling us. */
export function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false
  const end = () => {
    if (stopping) return
    stopping = true
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) end()
  }, LOOK_FOR_PARENT).unref()
}
