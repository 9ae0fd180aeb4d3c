import { computed, effect, signal } from '@preact/signals'
import { isOpenTold } from '../domain/case'
import { uuidV7 } from '../domain/ids'
import { localNames, nameSlots } from '../domain/local-names'
import { err, ok } from '../domain/result'
import { keepOwnWord } from '../storage/cases'
import { readCounters, recount } from '../storage/counters'
import { type GatepostDatabase, openDatabase } from '../storage/database'
import { lastRecord } from '../storage/facts'
import { type Identity, readClock, writeIdentity } from '../storage/identity'
import { type KeptKeys, shiftKeyStore, writeWipe } from '../storage/lock-store'
import type { Preferences } from '../storage/preferences'
import { purge } from '../storage/purge'
import { type Draft, type RecordContext, record } from '../storage/record'
import { alsoSealed, writeSealed } from '../storage/sealed-values'
import { readShiftNames } from '../storage/shift-names'
import { type StorageError, storageError } from '../storage/storage-error'
import { createSync } from '../sync/runner'
import { createServerApi } from '../sync/server-api'
import { noteServerTime, type SyncServices, type SyncStatus } from '../sync/services'
import type { PayloadKey } from '../trust/payload'
import { createCodecs } from '../vault/codecs'
import { type Boot, boot } from './boot'
import { keepShown, writeChoices } from './choices'
import { createClockView } from './clock-view'
import { callPlaces, language, speak } from './i18n/translate'
import { createKeptView } from './kept-view'
import { keepPhonesKnown } from './reporting/known-phones'
import { createRosterView } from './roster-view'
import { createRulesView } from './rules-view'
import type { Choices, Services } from './services'
import { showPreferences } from './shell/appearance'
import { lockFully, lockWhenAway } from './shell/away-lock'
import { createCardCheck } from './shell/card-check'
import { watchStorageRoom } from './shell/storage-room'
import { askForBackgroundUpload, wakeOnReturn } from './shell/sync-wakers'
import { whenQuiet } from './shell/when-quiet'
import { goOnWiping } from './wiping'

/** Not seen by its server for this long, a phone shows its roster no more, ms. */
const UNSEEN = 7 * 86_400_000

const deviceNow = () => Date.now()

export interface Opening {
  readonly identity: Identity
  readonly keys: KeptKeys
  readonly preferences: Preferences
  readonly dataKey: PayloadKey
}

/** Opens the database of an unlocked phone. The roster follows by itself: the gate does not wait for it. */
export async function openServices(opening: Opening): Promise<Extract<Boot, { at: 'ready' | 'failed' }>> {
  const opened = await openDatabase()
  if (!opened.ok) return { at: 'failed', error: opened.error }
  const services = await servicesOf(opened.value, opening)
  keepPhonesKnown(services)
  return { at: 'ready', services }
}

async function servicesOf(db: GatepostDatabase, { identity: startIdentity, keys, preferences, dataKey }: Opening): Promise<Services> {
  const identity = signal(startIdentity)
  const codecs = createCodecs({ dataKey, store: shiftKeyStore(db), receiver: () => identity.value.keys?.receive, clock: deviceNow })
  const choices = signal<Choices>({ ...preferences, ...(await readShiftNames(db, codecs.own)) })
  const counters = signal(await recount(db))
  const status = signal<SyncStatus>({ at: 'idle' })
  const last = await lastRecord(db, codecs.facts).catch(() => undefined) // what cannot be read is told by the next save
  const clockView = createClockView({ clock: await readClock(), last, deviceNow })
  const { clock, now } = clockView
  const unsaved = signal<StorageError | undefined>(undefined)
  const cardCheck = createCardCheck()

  const isUnseen = () => identity.value.state === 'active' && clock.value.lastServerTime > 0 && now() - clock.value.lastServerTime > UNSEEN

  const refreshCounters = async () => {
    counters.value = await readCounters(db)
  }
  const { roster, state: rosterState, revoked, reload: reloadRoster } = createRosterView(db, codecs.own, isUnseen)
  const rulesView = createRulesView(identity, now)
  const kept = createKeptView(db, codecs, () => identity.value.deviceId)
  const server: SyncServices = {
    db,
    codec: codecs.facts,
    ownCodec: codecs.own,
    // Made anew each time: a local post that joins may get another identity.
    get api() {
      const credentials = { deviceId: identity.value.deviceId, key: keys.sign.privateKey, clockOffset: () => clock.value.offset }
      return createServerApi(fetch.bind(globalThis), location.origin, credentials, deviceNow)
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
      clockView.show(next)
      if (rosterState.value === 'hidden' && !isUnseen()) void reloadRoster()
    },
    async onChanges(changed) {
      const before = identity.value.keys?.receive.keyId
      if (changed.identity) identity.value = changed.identity
      const receiver = identity.value.keys?.receive
      if (receiver && receiver.keyId !== before) await codecs.addReceiver(receiver)
      if (changed.roster) await reloadRoster()
      if (changed.roster || changed.post) await kept.reload()
    },
    onWiped() {
      boot.value = { at: 'wiped', told: true }
    },
    locks: navigator.locks,
  }
  const sync = createSync(server)
  const syncIfActive = () => {
    if (identity.value.state === 'active') void sync.now()
  }
  const uploadSoon = whenQuiet(syncIfActive)
  const recordContext = (): RecordContext => {
    clockView.look()
    const clockOffset = clock.value.offset
    return {
      deviceNow: deviceNow(),
      offsetMinutes: -new Date().getTimezoneOffset(),
      clockOffset,
      postId: identity.value.postId,
      operator: choices.value.operator,
      // The server lays a record under its key's day.
      randomKey: () => uuidV7(deviceNow() + clockOffset, crypto.getRandomValues(new Uint8Array(10))),
    }
  }

  // One after another: a value whose sealing took longer must not lie over a newer one, nor over what a record has made of it.
  let written: Promise<unknown> = Promise.resolve()

  const save: Services['save'] = async (drafts, also) => {
    await written
    const saved = await record(db, codecs.facts, drafts, recordContext(), also)
    unsaved.value = saved.ok ? undefined : saved.error
    if (saved.ok) {
      clockView.recorded(saved.value)
      void refreshCounters()
      if (drafts.some(isMatter)) void kept.reloadMatters().catch(() => undefined) // what cannot be read is told by the next save
      uploadSoon()
    }
    return saved
  }

  effect(() => callPlaces(nameSlots(localNames(identity.value.community), language.value)))
  void reloadRoster()
  void kept.reload().catch(() => undefined) // what cannot be read is told by the next save
  const letGo = async () => {
    const { deviceId: self } = identity.value
    await keepOwnWord(db, { facts: codecs.facts, own: codecs.own, self }, (told) => isOpenTold(told, rulesView.judgedBy))
    await purge(db, deviceNow())
  }
  void letGo().catch(() => undefined) // what may go can go at the next start
  watchStorageRoom()
  wakeOnReturn(() => {
    clockView.look()
    syncIfActive()
  })
  lockWhenAway(() => location.pathname === '/')
  if (startIdentity.state === 'active') sync.start()

  return {
    db,
    codec: codecs.facts,
    ownCodec: codecs.own,
    keys,
    dataKey,
    identity: computed(() => identity.value),
    preferences: computed(() => choices.value),
    counters: computed(() => counters.value),
    status: computed(() => status.value),
    ...rulesView,
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
      const saved = await save(drafts, await alsoSealed(codecs.own, name, value))
      if (saved.ok) kept.show(name, value)
      return saved
    },
    async keep(name, value) {
      kept.show(name, value)
      const write = written.then(() => writeSealed(db, codecs.own, name, value))
      written = write.catch(() => undefined)
      try {
        return ok(await write)
      } catch (cause) {
        return err(storageError(cause))
      }
    },
    confirmClock: clockView.confirm,
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
    async ask(schema, path, body) {
      const answer = await server.api.ask(schema, path, body)
      return answer.ok ? ok(answer.value.body) : answer
    },
    async join(joined) {
      identity.value = joined
      if (joined.keys) await codecs.addReceiver(joined.keys.receive)
      sync.start()
    },
    lock: lockFully,
    async signOut() {
      const { waiting, rejected } = await recount(db)
      if (waiting + rejected > 0) return err({ kind: 'unsent', count: waiting + rejected })
      sync.stop()
      await writeWipe('begun')
      db.close()
      boot.value = await goOnWiping(identity.value, keys)
      return ok(undefined)
    },
    changeIdentity: (part) => keepShown(identity, part, (whole) => writeIdentity(whole)),
    async changePreferences(part) {
      const kept = await keepShown(choices, part, (whole) => writeChoices(db, codecs.own, part, whole))
      showPreferences(choices.value)
      if (part.language) await speak(part.language)
      return kept
    },
  }
}

/** Whether a record changes who waits, or an incident. */
const isMatter = ({ wait, operation }: Draft) => wait !== undefined || 'target' in operation
