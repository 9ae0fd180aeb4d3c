import 'fake-indexeddb/auto'
import { computed, signal } from '@preact/signals'
import { createClockView } from '../../src/app/clock-view'
import { createKeptView } from '../../src/app/kept-view'
import { createRosterView } from '../../src/app/roster-view'
import { createRulesView } from '../../src/app/rules-view'
import type { Choices, Services } from '../../src/app/services'
import { createCardCheck } from '../../src/app/shell/card-check'
import { uuidV7 } from '../../src/domain/ids'
import { err, ok, type Result } from '../../src/domain/result'
import { readCounters, recount } from '../../src/storage/counters'
import { openDatabase } from '../../src/storage/database'
import { lastRecord } from '../../src/storage/facts'
import { type Clock, type Identity, readClock, readIdentity, writeClock, writeIdentity } from '../../src/storage/identity'
import { type KeptKeys, shiftKeyStore } from '../../src/storage/lock-store'
import { record } from '../../src/storage/record'
import { alsoSealed, writeSealed } from '../../src/storage/sealed-values'
import { type StorageError, storageError } from '../../src/storage/storage-error'
import { pullAll } from '../../src/sync/pull'
import { runOnce } from '../../src/sync/runner'
import { createServerApi } from '../../src/sync/server-api'
import { noteServerTime, type SyncServices, type SyncStatus } from '../../src/sync/services'
import type { SyncError } from '../../src/sync/sync-error'
import type { PayloadKey } from '../../src/trust/payload'
import { createCodecs } from '../../src/vault/codecs'
import { valueIn } from './builders'
import type { Network } from './faulty-fetch'

/** What survives the app: its database, by name, and what lies beside it. Phones of one test take turns in the small stores, which are one a browser. */
export interface Pocket {
  readonly database: string
  readonly keys: KeptKeys
  readonly dataKey: PayloadKey
  identity: Identity
  clock: Clock
  choices: Choices
}

export interface Opened {
  readonly services: Services
  /** Sends, and fetches what the server has to tell. */
  meet(): Promise<Result<void, SyncError>>
}

/** An unlocked phone's services out of their real parts, as `openServices` joins them; nothing goes over the network by itself. */
export async function openServicesOf(pocket: Pocket, url: string, network: Network, deviceNow: () => number): Promise<Opened> {
  const db = valueIn(await openDatabase(pocket.database))
  const identity = signal(pocket.identity)
  const choices = signal(pocket.choices)
  const status = signal<SyncStatus>({ at: 'idle' })
  const unsaved = signal<StorageError | undefined>(undefined)
  const counters = signal(await recount(db))
  const codecs = createCodecs({
    dataKey: pocket.dataKey,
    store: shiftKeyStore(db),
    receiver: () => identity.value.keys?.receive,
    clock: deviceNow,
  })
  const { facts: codec, own: ownCodec } = codecs
  const cardCheck = createCardCheck()
  const clockView = createClockView({ clock: pocket.clock, last: await lastRecord(db, codec), deviceNow })
  const { clock, now } = clockView
  const { roster, state: rosterState, revoked, reload: reloadRoster } = createRosterView(db, ownCodec, () => false)
  const kept = createKeptView(db, codecs, () => identity.value.deviceId)
  const api = () => {
    const { deviceId } = identity.value
    const credentials = { deviceId, key: pocket.keys.sign.privateKey, clockOffset: () => clock.value.offset }
    return createServerApi(network.fetch, url, credentials, deviceNow)
  }
  const refreshCounters = async () => {
    counters.value = await readCounters(db)
  }
  const sync: SyncServices = {
    db,
    codec,
    ownCodec,
    get api() {
      return api()
    },
    identity: () => identity.value,
    clock: deviceNow,
    random: () => 0,
    onClock: clockView.show,
    async onChanges(changed) {
      if (changed.identity) identity.value = changed.identity
      if (changed.roster) await reloadRoster()
      if (changed.roster || changed.post) await kept.reload()
    },
  }
  const inOwnStores = async <T>(run: () => Promise<T>): Promise<T> => {
    await writeIdentity(identity.value)
    await writeClock(clock.value)
    const done = await run()
    pocket.identity = (await readIdentity()) ?? pocket.identity
    pocket.clock = await readClock()
    return done
  }
  const recordContext: Services['recordContext'] = () => {
    clockView.look()
    const clockOffset = clock.value.offset
    return {
      deviceNow: deviceNow(),
      offsetMinutes: -new Date().getTimezoneOffset(),
      clockOffset,
      postId: identity.value.postId,
      operator: choices.value.operator,
      randomKey: () => uuidV7(deviceNow() + clockOffset, crypto.getRandomValues(new Uint8Array(10))),
    }
  }
  const save: Services['save'] = async (drafts, also) => {
    const saved = await record(db, codec, drafts, recordContext(), also)
    unsaved.value = saved.ok ? undefined : saved.error
    if (!saved.ok) return saved
    clockView.recorded(saved.value)
    await refreshCounters()
    await kept.reloadMatters()
    return saved
  }
  await reloadRoster()
  await kept.reload()

  const services: Services = {
    db,
    codec,
    ownCodec,
    keys: pocket.keys,
    dataKey: pocket.dataKey,
    identity: computed(() => identity.value),
    preferences: computed(() => choices.value),
    counters: computed(() => counters.value),
    status: computed(() => status.value),
    ...createRulesView(identity, now),
    kept,
    roster,
    rosterState,
    clock,
    unsaved: computed(() => unsaved.value),
    now,
    checkCard: (text) =>
      cardCheck(text, {
        keys: identity.value.keys,
        isLocal: identity.value.state === 'local',
        communityId: identity.value.community.id,
        revoked: revoked.value,
        now: now(),
      }),
    recordContext,
    save,
    async saveWith(drafts, name, value) {
      const saved = await save(drafts, await alsoSealed(ownCodec, name, value))
      if (saved.ok) kept.show(name, value)
      return saved
    },
    async keep(name, value) {
      kept.show(name, value)
      try {
        return ok(await writeSealed(db, ownCodec, name, value))
      } catch (cause) {
        return err(storageError(cause))
      }
    },
    async confirmClock(offset) {
      const confirmed = await clockView.confirm(offset)
      pocket.clock = clock.value
      return confirmed
    },
    refreshCounters,
    reloadRoster,
    syncNow: async () => void (await inOwnStores(() => runOnce(sync))),
    async heldByServer() {
      const held = await api().held()
      return held.ok ? ok(held.value.body.operations) : held
    },
    measureClock: () =>
      inOwnStores(async () => {
        const told = await api().time()
        if (!told.ok) return told
        await noteServerTime(sync, told.value.sent, told.value.received, told.value.body.serverTime)
        return ok(clock.value)
      }),
    async ask(schema, path, body) {
      const answer = await api().ask(schema, path, body)
      return answer.ok ? ok(answer.value.body) : answer
    },
    lock: () => undefined,
    signOut: async () => err({ kind: 'unsent', count: counters.value.waiting }),
    async join(joined) {
      identity.value = joined
      pocket.identity = joined
      if (joined.keys) await codecs.addReceiver(joined.keys.receive)
    },
    async changeIdentity(part) {
      identity.value = { ...identity.value, ...part }
      pocket.identity = identity.value
      return ok(undefined)
    },
    async changePreferences(part) {
      choices.value = { ...choices.value, ...part }
      pocket.choices = choices.value
      return ok(undefined)
    },
  }
  return {
    services,
    meet: () =>
      inOwnStores(async () => {
        const sent = await runOnce(sync)
        const met = sent.ok ? await pullAll(sync) : sent
        await refreshCounters()
        return met
      }),
  }
}
