import { computed, type Signal, signal } from '@preact/signals'
import { type OperationKey, uuidV7 } from '../domain/ids'
import { err, ok } from '../domain/result'
import { buildRosterIndex, type RosterIndex } from '../domain/roster-search'
import { plainCodec } from '../storage/codec'
import { readCounters, recount } from '../storage/counters'
import { type GatepostDatabase, openDatabase } from '../storage/database'
import { type Identity, readClock, writeIdentity } from '../storage/identity'
import { type Preferences, writePreferences } from '../storage/preferences'
import { purge } from '../storage/purge'
import { type RecordContext, record } from '../storage/record'
import { loadRoster } from '../storage/roster-store'
import { type StorageError, storageError } from '../storage/storage-error'
import { createSync } from '../sync/runner'
import { createServerApi } from '../sync/server-api'
import { noteServerTime, type SyncServices, type SyncStatus } from '../sync/services'
import type { Boot } from './boot'
import { speak } from './i18n/translate'
import type { Services } from './services'
import { showPreferences } from './shell/appearance'
import { watchStorageRoom } from './shell/storage-room'
import { askForBackgroundUpload, wakeOnReturn } from './shell/sync-wakers'

const codec = plainCodec
const deviceNow = () => Date.now()

/** Opens the database of a phone that knows who it is. The roster follows by itself: the gate does not wait for it. */
export async function openServices(identity: Identity, preferences: Preferences): Promise<Boot> {
  const opened = await openDatabase()
  if (!opened.ok) return { at: 'failed', error: opened.error }
  return { at: 'ready', services: await servicesOf(opened.value, identity, preferences) }
}

async function servicesOf(db: GatepostDatabase, startIdentity: Identity, startPreferences: Preferences): Promise<Services> {
  const identity = signal(startIdentity)
  const preferences = signal(startPreferences)
  const counters = signal(await recount(db))
  const status = signal<SyncStatus>({ at: 'idle' })
  const roster = signal<RosterIndex | undefined>(undefined)
  const clock = signal(await readClock())
  const unsaved = signal<StorageError | undefined>(undefined)

  const refreshCounters = async () => {
    counters.value = await readCounters(db)
  }
  const reloadRoster = async () => {
    roster.value = buildRosterIndex(await loadRoster(db, codec))
  }
  const server: SyncServices = {
    db,
    codec,
    // Made anew each time: a local post that joins may get another identity.
    get api() {
      return createServerApi(fetch.bind(globalThis), location.origin, identity.value, deviceNow)
    },
    identity: () => identity.value,
    clock: deviceNow,
    random: Math.random,
    onStatus(next) {
      status.value = next
      void refreshCounters()
      if (next.problem) void askForBackgroundUpload()
    },
    onClock(next) {
      clock.value = next
    },
    async onChanges(changed) {
      if (changed.identity) identity.value = changed.identity
      if (changed.roster) await reloadRoster()
    },
    locks: navigator.locks,
  }
  const sync = createSync(server)
  const syncIfActive = () => {
    if (identity.value.state === 'active') void sync.now()
  }
  const recordContext = (): RecordContext => ({
    deviceNow: deviceNow(),
    offsetMinutes: -new Date().getTimezoneOffset(),
    clockOffset: clock.value.offset,
    postId: identity.value.postId,
    operator: preferences.value.operator,
    randomKey: newKey,
  })

  void reloadRoster()
  void purge(db, deviceNow()).catch(() => undefined) // what may go can go at the next start
  watchStorageRoom()
  wakeOnReturn(syncIfActive)
  if (startIdentity.state === 'active') sync.start()

  return {
    db,
    codec,
    identity: computed(() => identity.value),
    preferences: computed(() => preferences.value),
    counters: computed(() => counters.value),
    status: computed(() => status.value),
    roster: computed(() => roster.value),
    clock: computed(() => clock.value),
    unsaved: computed(() => unsaved.value),
    now: () => Math.max(deviceNow() + clock.value.offset, clock.value.lastServerTime),
    recordContext,
    async save(drafts) {
      const saved = await record(db, codec, drafts, recordContext())
      unsaved.value = saved.ok ? undefined : saved.error
      if (saved.ok) {
        void refreshCounters()
        syncIfActive()
      }
      return saved
    },
    refreshCounters,
    reloadRoster,
    syncNow: () => sync.now(),
    async heldByServer() {
      const held = await server.api.held()
      return held.ok ? ok(held.value.body.operations) : held
    },
    async measureClock() {
      const told = await server.api.time()
      if (!told.ok) return told
      await noteServerTime(server, told.value.sent, told.value.received, told.value.body.serverTime)
      return ok(clock.value)
    },
    async join(joined) {
      identity.value = joined
      sync.start()
    },
    changeIdentity: (part) => keep(identity, part, (whole) => writeIdentity(whole)),
    async changePreferences(part) {
      const kept = await keep(preferences, part, () => writePreferences(part))
      showPreferences(preferences.value)
      if (part.language) await speak(part.language)
      return kept
    },
  }
}

/** Shows a change at once and keeps it; where it could not be kept, it holds until the app is closed. */
async function keep<T>(shown: Signal<T>, part: Partial<T>, write: (whole: T) => Promise<void>) {
  shown.value = { ...shown.value, ...part }
  try {
    await write(shown.value)
    return ok(undefined)
  } catch (cause) {
    return err(storageError(cause))
  }
}

function newKey(): OperationKey {
  return uuidV7(deviceNow(), crypto.getRandomValues(new Uint8Array(10)))
}
