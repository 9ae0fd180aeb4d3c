import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { PlainError } from '../plain-error'
import { copiedBinaries } from './binaries'
import { postmasterOf, removeStalePidFile } from './postmaster'
import { type ServerUser, serverUser, unreachableFor } from './server-user'

/** A PostgreSQL that runs for us, reached by a unix socket only. */
export interface EmbeddedPostgres {
  readonly connection: { readonly host: string; readonly port: number; readonly user: string; readonly database: string }
  /** False: another process runs it, or a killed one left it running. */
  readonly startedHere: boolean
  stop(): Promise<void>
}

const run = promisify(execFile)
const PORT = 5432 // names the socket; nothing listens on the network
const LONGEST_SOCKET_FOLDER = 90 // bytes; a socket's path may have 107
const START_TIMEOUT = 60_000 // ms; recovery after a crash may take a while on a slow disk

/** Where data lies by itself. */
export function usualDataFolder(): string {
  if (process.getuid?.() === 0) return '/var/lib/gatepost'
  return join(process.env.XDG_DATA_HOME ?? join(homedir(), '.local/share'), 'gatepost')
}

/** Starts the data folder's PostgreSQL, or takes over one that a killed server left running. */
export async function startEmbedded(dataFolder: string): Promise<EmbeddedPostgres> {
  const folder = resolve(dataFolder)
  const user = await serverUser()
  // Before anything is made: a refusal changes nothing.
  const unreachable = user && unreachableFor(nearestExisting(dirname(folder)), user)
  if (unreachable) {
    throw new PlainError(
      `${folder} cannot be entered by the user ${user.name}, as whom PostgreSQL runs when started by root (see ${unreachable}): choose another folder with DATA_DIR.`,
    )
  }
  refuseForeign(folder)
  makeFolder(folder, user)
  const binaries = copiedBinaries(folder)
  const cluster = join(folder, 'cluster')
  const socketFolder = socketFolderFor(folder, user)
  const connection = { host: socketFolder, port: PORT, user: 'gatepost', database: 'gatepost' }
  if (!existsSync(join(cluster, 'PG_VERSION'))) await initialise(binaries, cluster, user)
  const startedHere = !(await answers(connection)) && (await startServer(binaries, cluster, socketFolder, connection, user))
  await ensureDatabase(connection)
  return { connection, startedHere, stop: () => stopServer(binaries, cluster, user) }
}

/** The folder itself, or the first above it that is there. */
function nearestExisting(folder: string): string {
  return existsSync(folder) ? folder : nearestExisting(dirname(folder))
}

/** A folder that holds something else must not change its owner. */
function refuseForeign(folder: string): void {
  if (!existsSync(folder)) return
  const names = readdirSync(folder)
  const isOurs = names.length === 0 || names.some((name) => name === 'cluster' || name.startsWith('postgresql-'))
  if (!isOurs) throw new PlainError(`${folder} holds something else: choose an empty or a new folder with DATA_DIR.`)
}

function makeFolder(folder: string, user: ServerUser | undefined): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    if (user && statSync(folder).uid !== user.uid) chownSync(folder, user.uid, user.gid)
  } catch (cause) {
    throw new PlainError(`the data folder ${folder} cannot be made or written (${codeOf(cause)}): choose another with DATA_DIR.`)
  }
}

function socketFolderFor(folder: string, user: ServerUser | undefined): string {
  const own = join(folder, 'run')
  const short = join(tmpdir(), `gatepost-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`)
  const place = Buffer.byteLength(own) <= LONGEST_SOCKET_FOLDER ? own : short
  mkdirSync(place, { recursive: true, mode: 0o700 })
  if (user) chownSync(place, user.uid, user.gid)
  return place
}

async function initialise(binaries: string, cluster: string, user: ServerUser | undefined): Promise<void> {
  rmSync(cluster, { recursive: true, force: true })
  const options = [
    '-D',
    cluster,
    '-U',
    'gatepost',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
    '--no-instructions',
    '--no-sync',
  ]
  try {
    await run(join(binaries, 'bin/initdb'), options, { ...user?.spawnAs, cwd: '/' })
  } catch (cause) {
    rmSync(cluster, { recursive: true, force: true })
    throw new PlainError(`PostgreSQL could not make its data in ${cluster}: ${lastLine(cause)}`)
  }
}

/** False where another process was quicker. */
async function startServer(
  binaries: string,
  cluster: string,
  socketFolder: string,
  connection: EmbeddedPostgres['connection'],
  user: ServerUser | undefined,
): Promise<boolean> {
  await removeStalePidFile(cluster)
  // A deleted name would stay readable in recycled segments of the write-ahead log.
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${socketFolder}`,
    `port=${PORT}`,
    'wal_recycle=off',
    'max_connections=50',
    'timezone=UTC',
    'log_min_messages=fatal',
    'log_statement=none',
    'log_min_error_statement=panic',
  ]
  const child = spawn(join(binaries, 'bin/postgres'), ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])], {
    ...user?.spawnAs,
    cwd: '/',
    // Its own group: Ctrl-C reaches us, and we stop it in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: string[] = []
  child.stderr?.on('data', (text: Buffer) => said.push(text.toString()))
  await untilAnswering(connection, cluster, child, said)
  child.stderr?.destroy()
  child.unref()
  return postmasterOf(cluster) === child.pid
}

async function untilAnswering(
  connection: EmbeddedPostgres['connection'],
  cluster: string,
  child: ChildProcess,
  said: readonly string[],
): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT
  while (!(await answers(connection))) {
    const ended = child.exitCode !== null || child.signalCode !== null
    // Where another one starts, or recovers, on the same data, ours ends and that one is waited for.
    if (ended && postmasterOf(cluster) === undefined)
      throw new PlainError(`PostgreSQL would not start: ${said.join('').trim().split('\n').at(-1) ?? 'no reason given'}`)
    if (Date.now() > deadline) throw new PlainError('PostgreSQL did not answer within a minute.')
    await new Promise((done) => setTimeout(done, 50))
  }
}

async function answers(connection: EmbeddedPostgres['connection']): Promise<boolean> {
  const client = new pg.Client({ ...connection, database: 'postgres', connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

async function ensureDatabase(connection: EmbeddedPostgres['connection']): Promise<void> {
  const client = new pg.Client({ ...connection, database: 'postgres' })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [connection.database])
    if (rowCount === 0) await client.query(`create database ${connection.database}`)
  } finally {
    await client.end()
  }
}

async function stopServer(binaries: string, cluster: string, user: ServerUser | undefined): Promise<void> {
  if (!existsSync(join(cluster, 'postmaster.pid'))) return
  await run(join(binaries, 'bin/pg_ctl'), ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '30'], { ...user?.spawnAs, cwd: '/' })
}

const codeOf = (cause: unknown) => (cause instanceof Error && 'code' in cause ? String(cause.code) : 'error')
const lastLine = (cause: unknown) =>
  cause instanceof Error && 'stderr' in cause ? (String(cause.stderr).trim().split('\n').at(-1) ?? cause.message) : String(cause)
