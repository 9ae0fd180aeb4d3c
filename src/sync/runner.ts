import { err, ok, type Result } from '../domain/result'
import { backoff, needsPerson } from './backoff'
import { type BatchSize, FIRST_BATCH, PROBE } from './batch'
import { pullAll } from './pull'
import { pushAll } from './push'
import type { SyncServices, SyncStatus } from './services'
import { isSwitchedOff, leaveService } from './switched-off'
import type { SyncError } from './sync-error'

export interface Sync {
  /** Sends and fetches now, or once more after the run that is under way; not before the time that a busy server asked for. Resolves when nothing more was asked for. */
  now(): Promise<void>
  start(): void
  stop(): void
}

const LOCK = 'gatepost-sync'
const IDLE = 120_000 // ms; what the server has to tell may come without anything to send
const LAST_CONFIRMED = 'last-confirmed'

/** Keeps phone and server together: after each save, when the network seems back, and by a timer with backoff. */
export function createSync(services: SyncServices): Sync {
  let status: SyncStatus = { at: 'idle' }
  let failures = 0
  let notBefore = 0 // device ms; a save every few seconds must not overrule a server's Retry-After
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined
  let again = false
  let stopped = true

  const tell = (next: SyncStatus) => {
    status = next
    services.onStatus?.(status)
  }

  async function run(): Promise<void> {
    clearTimeout(timer)
    const lastConfirmedAt = await readLastConfirmed(services)
    const confirmed = lastConfirmedAt === undefined ? {} : { lastConfirmedAt }
    const done = await exclusively(services, () =>
      pushAndPull(services, failures > 0 ? PROBE : FIRST_BATCH, (at) => tell({ at, ...confirmed })),
    )
    if (!done.ok && isSwitchedOff(done.error)) return leave(done.error, confirmed)
    notBefore = 0
    if (done.ok) {
      failures = 0
      tell({ at: 'idle', lastConfirmedAt: services.clock() })
      return schedule(IDLE)
    }
    failures++
    const inMs = backoff(failures, done.error, services.random())
    if ('retryAfterMs' in done.error) notBefore = services.clock() + inMs
    const next = needsPerson(done.error) ? {} : { nextTryAt: services.clock() + inMs }
    tell({ at: 'waiting', ...confirmed, problem: done.error, ...next })
    if (!needsPerson(done.error)) schedule(inMs)
  }

  /** Says so at once; what this phone holds goes up first, and is tried for until it is there. */
  async function leave(problem: SyncError, confirmed: Pick<SyncStatus, 'lastConfirmedAt'>): Promise<void> {
    tell({ at: 'sending', ...confirmed, problem })
    const left = await exclusively(services, () => leaveService(services))
    if (left.ok) {
      stopped = true
      return services.onWiped?.()
    }
    const inMs = backoff(++failures, left.error, services.random())
    tell({ at: 'waiting', ...confirmed, problem, nextTryAt: services.clock() + inMs })
    schedule(inMs)
  }

  function schedule(ms: number): void {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void begin(), ms)
  }

  async function untilQuiet(): Promise<void> {
    do {
      again = false
      await run()
    } while (again && !isLeftAlone())
  }

  const isLeftAlone = () => services.clock() < notBefore

  async function begin(): Promise<void> {
    if (running) {
      again = true
      return running
    }
    running = untilQuiet().finally(() => {
      running = undefined
    })
    return running
  }

  return {
    now: async () => (isLeftAlone() ? undefined : begin()),
    start() {
      stopped = false
      void begin()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}

/** One upload without a fetch: what the service worker does when the browser wakes it. */
export async function runOnce(services: SyncServices): Promise<Result<void, SyncError>> {
  return exclusively(services, async () => {
    const sent = await pushed(services, FIRST_BATCH)
    if (sent.ok || !isSwitchedOff(sent.error)) return sent
    return leaveService(services)
  })
}

async function pushAndPull(
  services: SyncServices,
  first: BatchSize,
  tell: (at: 'sending' | 'pulling') => void,
): Promise<Result<void, SyncError>> {
  tell('sending')
  const sent = await pushed(services, first)
  if (!sent.ok) return sent
  tell('pulling')
  return pullAll(services)
}

async function pushed(services: SyncServices, first: BatchSize): Promise<Result<void, SyncError>> {
  const sent = await pushAll(services, first)
  if (sent.ok) await services.db.progress.put({ name: LAST_CONFIRMED, value: services.clock() })
  return sent
}

async function readLastConfirmed({ db }: SyncServices): Promise<number | undefined> {
  const row = await db.progress.get(LAST_CONFIRMED)
  return row && Number(row.value)
}

/** One run at a time on this phone, whichever page or worker it is in; a failing storage is an answer, not a crash. */
async function exclusively(services: SyncServices, run: () => Promise<Result<void, SyncError>>): Promise<Result<void, SyncError>> {
  const guarded = () => run().catch(() => err<SyncError>({ kind: 'storage' }))
  if (!services.locks) return guarded()
  // TypeScript's LockManager gives what the callback gives, a promise of a promise flattened.
  const held: Result<void, SyncError> | undefined = await services.locks.request(LOCK, guarded)
  return held ?? ok(undefined)
}
