import { computed, signal } from '@preact/signals'
import { type OperationKey, uuidV7 } from '../domain/ids'
import { buildRosterIndex, type RosterIndex } from '../domain/roster-search'
import { plainCodec } from '../storage/codec'
import { readCounters, recount } from '../storage/counters'
import { type GatepostDatabase, openDatabase } from '../storage/database'
import { type Identity, readClock, readIdentity, writeIdentity } from '../storage/identity'
import { type Preferences, readPreferences, writePreferences } from '../storage/preferences'
import { type RecordContext, record } from '../storage/record'
import { loadRoster } from '../storage/roster-store'
import { storageError } from '../storage/storage-error'
import { createSync, type SyncStatus } from '../sync/runner'
import { createServerApi } from '../sync/server-api'
import type { Boot } from './boot'
import { speak } from './i18n/translate'
import type { Services } from './services'
import { showPreferences } from './shell/appearance'

const codec = plainCodec

/** Opens the database and reads who this phone is. The roster follows by itself: the gate does not wait for it. */
export async function openServices(): Promise<Boot> {
  try {
    const preferences = await readPreferences()
    showPreferences(preferences)
    await speak(preferences.language)
    const identity = await readIdentity()
    if (!identity) return { at: 'newcomer' }
    const opened = await openDatabase()
    if (!opened.ok) return { at: 'failed', error: opened.error }
    return { at: 'ready', services: await servicesOf(opened.value, identity, preferences) }
  } catch (cause) {
    return { at: 'failed', error: storageError(cause) }
  }
}

async function servicesOf(db: GatepostDatabase, startIdentity: Identity, startPreferences: Preferences): Promise<Services> {
  const identity = signal(startIdentity)
  const preferences = signal(startPreferences)
  const counters = signal(await recount(db))
  const status = signal<SyncStatus>({ at: 'idle' })
  const roster = signal<RosterIndex | undefined>(undefined)
  const clock = signal(await readClock())

  const refreshCounters = async () => {
    counters.value = await readCounters(db)
  }
  const reloadRoster = async () => {
    roster.value = buildRosterIndex(await loadRoster(db, codec))
  }
  const sync = createSync({
    db,
    codec,
    api: createServerApi(fetch.bind(globalThis), location.origin, startIdentity),
    identity: () => identity.value,
    clock: () => Date.now(),
    random: Math.random,
    wait: (ms) => new Promise((done) => setTimeout(done, ms)),
    onStatus: (next) => {
      status.value = next
      void refreshCounters()
    },
    onClock: (next) => {
      clock.value = next
    },
    onChanges: async (changed) => {
      if (changed.identity) identity.value = changed.identity
      if (changed.roster) await reloadRoster()
    },
    locks: navigator.locks,
  })

  const recordContext = (): RecordContext => ({
    deviceNow: Date.now(),
    offsetMinutes: -new Date().getTimezoneOffset(),
    clockOffset: clock.value.offset,
    postId: identity.value.postId,
    operator: preferences.value.operator,
    randomKey: newKey,
  })

  void reloadRoster()
  if (startIdentity.state === 'active') sync.start()

  return {
    db,
    codec,
    identity: computed(() => identity.value),
    preferences: computed(() => preferences.value),
    counters: computed(() => counters.value),
    status: computed(() => status.value),
    roster: computed(() => roster.value),
    now: () => Math.max(Date.now() + clock.value.offset, clock.value.lastServerTime),
    recordContext,
    async save(drafts) {
      const saved = await record(db, codec, drafts, recordContext())
      if (saved.ok) {
        await refreshCounters()
        if (identity.value.state === 'active') void sync.now()
      }
      return saved
    },
    refreshCounters,
    reloadRoster,
    syncNow: () => sync.now(),
    async changeIdentity(part) {
      identity.value = { ...identity.value, ...part }
      await writeIdentity(identity.value)
    },
    async changePreferences(part) {
      preferences.value = { ...preferences.value, ...part }
      showPreferences(preferences.value)
      if (part.language) await speak(part.language)
      await writePreferences(part)
    },
  }
}

function newKey(): OperationKey {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
}
