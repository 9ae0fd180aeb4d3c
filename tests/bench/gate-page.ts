import type { CompoundId, OperationKey, PostId } from '../../src/domain/ids'
import { uuidV7 } from '../../src/domain/ids'
import type { Unstamped } from '../../src/domain/operation'
import { openDatabase } from '../../src/storage/database'
import { readIdentity, writeIdentity } from '../../src/storage/identity'
import { readLock, shiftKeyStore } from '../../src/storage/lock-store'
import { settle } from '../../src/storage/outbox'
import { writePreferences } from '../../src/storage/preferences'
import { record } from '../../src/storage/record'
import { createCodecs } from '../../src/vault/codecs'
import { dataKeyOf, type Lock } from '../../src/vault/lock'
import { openByPin } from '../../src/vault/pin'
import { householdId, residentId } from './gate-roster'

// Runs in the app's own origin, on the app's own database.

const AT_ONCE = 500
const BEFORE = 2.5 * 86_400_000 // ms; as far back as the oldest fact lies
const UNTIL = 300_000 // ms; nobody of the filling was registered just now

async function opened() {
  const db = await openDatabase()
  if (!db.ok) throw new Error(db.error.kind)
  return db.value
}

async function codecOf(db: Awaited<ReturnType<typeof opened>>, pin: string) {
  const [identity, lock] = await Promise.all([readIdentity(), readLock<Lock>()])
  const raw = lock?.pin ? await openByPin(lock.pin, pin) : undefined
  if (!identity || !lock || !raw?.ok) throw new Error('this phone is not activated with this PIN')
  const dataKey = await dataKeyOf(lock, raw.value)
  return createCodecs({ dataKey, store: shiftKeyStore(db), receiver: () => identity.keys?.receive, clock: () => Date.now() }).facts
}

interface Filling {
  readonly pin: string
  readonly facts: number
  readonly compoundId: CompoundId
  readonly postId: PostId
  readonly households: number
  /** ms; else spread over the two days and a half before now. */
  readonly span?: { readonly from: number; readonly to: number }
}

/** Writes facts as the gate would have, spread over two days and a half; they wait for the server. */
async function fill({ pin, facts, compoundId, postId, households, span }: Filling): Promise<void> {
  const db = await opened()
  const codec = await codecOf(db, pin)
  const now = Date.now()
  const { from: begin, to: end } = span ?? { from: now - BEFORE, to: now - UNTIL }
  const step = (end - begin) / facts
  let made = 0
  const context = {
    get deviceNow() {
      return Math.floor(begin + step * made++)
    },
    offsetMinutes: -new Date().getTimezoneOffset(),
    clockOffset: 0,
    postId,
    operator: '王志愿',
    randomKey: (): OperationKey => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
  }
  for (let from = 0; from < facts; from += AT_ONCE) {
    const drafts = Array.from({ length: Math.min(AT_ONCE, facts - from) }, (_, i) => ({
      operation: passage(compoundId, from + i, households),
    }))
    const kept = await record(db, codec, drafts, context)
    if (!kept.ok) throw new Error(kept.error.kind)
  }
  db.close()
}

/** Mostly residents in their turn, by card and by search; now and then a courier. */
function passage(compoundId: CompoundId, n: number, households: number): Unstamped {
  const i = (n * 37) % households
  const subject =
    n % 20 === 0
      ? ({ kind: 'courier' } as const)
      : ({ kind: 'resident', residentId: residentId(compoundId, i, n % 3), householdId: householdId(compoundId, i) } as const)
  return {
    kind: 'check-in',
    subject,
    direction: n % 2 === 0 ? 'in' : 'out',
    measured: { celsius: 36 + (n % 10) / 10, site: 'forehead', attempt: 1 },
    way: subject.kind === 'courier' ? 'written' : 'search',
    rules: 'base-1',
  }
}

/** The server has taken everything. */
async function confirmAll(): Promise<void> {
  const db = await opened()
  for (;;) {
    const entries = await db.outbox.limit(AT_ONCE).toArray()
    if (entries.length === 0) break
    await settle(db, { accepted: entries.map(({ key }) => key), rejected: [], at: Date.now() })
  }
  db.close()
}

/** The phone was carried to another post, and begins there as the post's type does. */
async function standAt(postId: PostId): Promise<void> {
  const identity = await readIdentity()
  if (!identity?.posts.some(({ id }) => id === postId)) throw new Error(`this phone knows no post ${postId}`)
  await writeIdentity({ ...identity, postId })
  await writePreferences({ camera: 'auto' })
}

/** How much lies on this phone. */
async function amounts() {
  const db = await opened()
  const found = { facts: await db.facts.count(), waiting: await db.outbox.count(), rosterPages: await db.rosterPages.count() }
  db.close()
  return found
}

Object.assign(globalThis, { bench: { fill, confirmAll, standAt, amounts } })
