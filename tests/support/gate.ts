import { mattersHere } from '../../src/app/features/gate/matters-here'
import type { OpenMatter } from '../../src/app/features/gate/open-matters'
import { keepFollowUps } from '../../src/app/shell/follow-up'
import 'fake-indexeddb/auto'
import { vi } from 'vitest'
import { createGateActions, type GateActions } from '../../src/app/features/gate/gate-actions'
import { type Event, type Gate, LOOKING, nextGate } from '../../src/app/features/gate/gate-state'
import { lastPassage } from '../../src/app/features/gate/last-passage'
import { readRecent, recentReadings } from '../../src/app/features/gate/recent-readings'
import type { Choices, Services } from '../../src/app/services'
import { residentWho, type Who } from '../../src/app/shell/who'
import type { OperationKey, PostId, ResidentId } from '../../src/domain/ids'
import type { StepTaken } from '../../src/domain/incident'
import type { Direction, Operation } from '../../src/domain/operation'
import type { Site } from '../../src/domain/reading'
import type { Result } from '../../src/domain/result'
import type { Role } from '../../src/domain/role'
import type { Answers } from '../../src/domain/rules/verdict'
import type { Tally } from '../../src/domain/tally'
import type { Identity } from '../../src/storage/identity'
import { activate } from '../../src/sync/enrol'
import { createServerApi } from '../../src/sync/server-api'
import type { SyncError } from '../../src/sync/sync-error'
import { valueIn } from './builders'
import { anInvite, SOUTH_GATE } from './community'
import { aNetwork, type Network } from './faulty-fetch'
import { recordsOf, tallyOf } from './gate-reading'
import { type Opened, openServicesOf, type Pocket } from './gate-services'
import { someKeys, type TestKeys } from './signing'
import { aDataKey } from './vault'
import type { World } from './world'

// Node's has neither sound nor vibration, as a cheap phone's has not.
vi.stubGlobal('navigator', {})

/** A phone's gate without its screen. What a person taps is a call; what they would see is `at`. */
export interface TestGate {
  readonly own: TestKeys
  readonly network: Network
  readonly services: Services
  readonly actions: GateActions
  readonly at: Gate['at']
  readonly shown: Gate
  offline: boolean
  /** ms that the phone's clock is ahead of the world; a person, or an empty battery, sets it. */
  ahead: number
  scan(text: string): Promise<void>
  /** Somebody of the roster, found by the search; or whoever a form has made. */
  person(who: ResidentId | Who, direction?: Direction): Promise<void>
  answer(answers: Answers): Promise<void>
  /** The same person within a minute: registered all the same. */
  anyway(): Promise<void>
  measure(celsius: number, site?: Site): Promise<void>
  /** Whoever was to be measured has left. */
  left(): Promise<void>
  matters(): readonly OpenMatter[]
  /** The chip of who waits is tapped: they are measured again. */
  again(key: OperationKey): void
  /** A step of an incident, as its page keeps it. */
  step(key: OperationKey, step: StepTaken): Promise<void>
  /** All that this phone holds, in its order. */
  records(): Promise<readonly Operation[]>
  tally(day: string): Promise<Tally>
  /** The app is gone in the middle of whatever it did, and opened again. */
  kill(): Promise<void>
  sync(): Promise<Result<void, SyncError>>
  /** A local post becomes one of the community's. */
  join(code: string): Promise<void>
  forget(): Promise<void>
}

export interface GateParts {
  readonly postId?: PostId
  readonly role?: Role
  /** ms that the phone's clock is ahead. */
  readonly ahead?: number
  /** A post that works by itself; else the phone is activated by an invite, and told what the server has to tell. */
  readonly local?: (keys: TestKeys) => Identity
}

/** The database goes by its own clock, which no test moves. */
export const FAR_OFF = new Date('2100-01-01T00:00:00Z')
const CHOICES: Choices = {
  language: 'zh-CN',
  theme: 'system',
  text: 'usual',
  direction: 'in',
  site: 'forehead',
  camera: 'auto',
  sound: false,
  speech: false,
  operator: '王志愿',
  operators: ['王志愿'],
}

export async function aGate(
  world: World,
  { postId = SOUTH_GATE, role = 'volunteer', ahead: atFirst = 0, local }: GateParts = {},
): Promise<TestGate> {
  const own = await someKeys()
  const network = aNetwork()
  let ahead = atFirst
  const deviceNow = () => Date.now() + ahead
  const spend = async (code: string, before?: Identity) => {
    const phone = { deviceId: own.id, signKey: own.signKey, receiveKey: own.receiveKey, key: own.keys.sign.privateKey }
    const api = createServerApi(network.fetch, world.url, { ...phone, clockOffset: () => 0 }, deviceNow)
    return valueIn(await activate({ api, phone, code, phoneName: '小米', clock: deviceNow, ...(before ? { local: before } : {}) }))
  }
  const pocket: Pocket = {
    database: `gate-${crypto.randomUUID()}`,
    keys: own.keys,
    dataKey: await aDataKey(),
    identity: local ? local(own) : await spend(await anInvite(world.pool, { role, unitId: postId, expiresAt: FAR_OFF })),
    clock: { offset: 0, measuredAt: 0, lastServerTime: 0 },
    choices: CHOICES,
  }

  let shown: Gate = LOOKING
  let opened: Opened
  let actions: GateActions
  const open = async () => {
    opened = await openServicesOf(pocket, world.url, network, deviceNow)
    actions = createGateActions(opened.services, (event: Event) => {
      shown = nextGate(shown, event)
    })
    await readRecent(opened.services)
  }
  const expected = <At extends Gate['at']>(at: At): Extract<Gate, { at: At }> => {
    if (shown.at !== at) throw new Error(`the gate is at ${shown.at}, not at ${at}`)
    return shown as Extract<Gate, { at: At }>
  }
  const matters = () => mattersHere(opened.services)
  const gate: TestGate = {
    own,
    network,
    get services() {
      return opened.services
    },
    get actions() {
      return actions
    },
    get at() {
      return shown.at
    },
    get shown() {
      return shown
    },
    get offline() {
      return network.fault !== 'none'
    },
    set offline(isOffline) {
      network.fault = isOffline ? 'no-network' : 'none'
    },
    get ahead() {
      return ahead
    },
    set ahead(ms) {
      ahead = ms
    },
    async scan(text) {
      expected('scan')
      await actions.scanned(text)
    },
    person: (who, direction) =>
      actions.person(typeof who === 'string' ? knownAs(opened.services, who) : who, direction ? { direction } : {}),
    answer: (answers) => actions.answered(expected('ask').passing, answers),
    anyway: () => actions.goOn(expected('just-registered').passing),
    async measure(celsius, site) {
      const measure = expected('measure')
      const at = site ?? measure.retest?.site ?? opened.services.preferences.value.site
      await actions.measured(measure, { celsius, site: at, attempt: (measure.retest?.readings.length ?? 0) + 1 })
    },
    left: () => actions.left(expected('measure')),
    matters,
    again(key) {
      const found = matters().find(({ passage, incident }) => passage.key === key && !incident)
      if (!found) throw new Error('nobody waits there')
      actions.measureAgain(found.passage)
    },
    async step(key, step) {
      valueIn(await keepFollowUps(opened.services, [{ kind: 'incident-step', target: key, step }]))
    },
    records: () => recordsOf(opened.services),
    tally: (day) => tallyOf(opened.services, day),
    async kill() {
      opened.services.db.close()
      shown = LOOKING
      forgetMemory()
      await open()
    },
    sync: () => opened.meet(),
    async join(code) {
      await opened.services.join(await spend(code, pocket.identity))
    },
    forget: () => opened.services.db.delete(),
  }
  forgetMemory()
  await open()
  if (!local) valueIn(await gate.sync())
  return gate
}

/** What lives as long as the app is open. */
function forgetMemory(): void {
  lastPassage.value = undefined
  recentReadings.value = []
}

function knownAs({ roster }: Services, id: ResidentId): Who {
  const known = roster.value?.residentById.get(id)
  if (!known) throw new Error('the roster of this phone does not know them')
  return residentWho(known.resident, known.household, { way: 'search' })
}
