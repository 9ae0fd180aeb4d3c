import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CommunityId } from '../../src/domain/ids'
import { err, ok } from '../../src/domain/result'
import { type GatepostDatabase, openDatabase } from '../../src/storage/database'
import { type Identity, readClock, readIdentity, writeClock } from '../../src/storage/identity'
import { loadRoster, readCursor } from '../../src/storage/roster-store'
import { pullAll } from '../../src/sync/pull'
import type { ServerApi } from '../../src/sync/server-api'
import type { SyncServices } from '../../src/sync/services'
import type { Codecs } from '../../src/vault/codecs'
import { MORNING, valueIn } from '../support/builders'
import { aRosterPage, COMMUNITY, COMPOUND } from '../support/community'
import { aVault } from '../support/vault'

const IDENTITY = { deviceId: 'd', epoch: 'e', community: COMMUNITY, posts: [] as Identity['posts'] } as Identity
const serverTime = new Date(MORNING + 3_600_000).toISOString()

let db: GatepostDatabase
let codecs: Codecs
let told: { identity?: Identity; roster: boolean }[]

beforeEach(async () => {
  db = valueIn(await openDatabase(`pull-${crypto.randomUUID()}`))
  codecs = await aVault(db)
  await writeClock({ offset: 0, measuredAt: 0, lastServerTime: 0 })
  told = []
})
afterEach(() => db.delete())

/** A server that has these pages of changes; `breaks`: the page at which the network goes, once. */
function pulling(pages: readonly (readonly unknown[])[], breaks = -1): SyncServices {
  let broken = false
  const pull: ServerApi['pull'] = async (cursor) => {
    const at = Number(cursor ?? 0)
    if (at === breaks && !broken) {
      broken = true
      return err({ kind: 'offline' })
    }
    const next = Math.min(at + 1, pages.length)
    const body = {
      gatepost: 'pull' as const,
      protocol: 1,
      changes: [...(pages[at] ?? [])],
      cursor: String(next),
      more: next < pages.length,
      serverTime,
    }
    return ok({ body, sent: MORNING, received: MORNING + 200 })
  }
  return {
    db,
    codec: codecs.facts,
    ownCodec: codecs.own,
    api: { pull } as ServerApi,
    identity: () => IDENTITY,
    clock: () => MORNING,
    random: () => 0,
    onChanges: (changed) => void told.push(changed),
  }
}

const rosterPage = (page: number, households = 3) => ({ kind: 'roster-page', page: aRosterPage(page, households) })
const householdsKept = async () => (await loadRoster(db, codecs.own)).map(({ page, households }) => [page, households.length])

test('a roster comes page by page, and goes on where the network broke off', async () => {
  const services = pulling([[rosterPage(0)], [rosterPage(1)], [rosterPage(2)]], 2)
  expect(await pullAll(services)).toEqual({ ok: false, error: { kind: 'offline' } })
  expect([await readCursor(db), await householdsKept()]).toEqual([
    '2',
    [
      [0, 3],
      [1, 3],
    ],
  ])
  expect((await pullAll(services)).ok).toBe(true)
  expect([await readCursor(db), await householdsKept()]).toEqual([
    '3',
    [
      [0, 3],
      [1, 3],
      [2, 3],
    ],
  ])
})

test('a newer roster that is shorter leaves nothing of the longer one', async () => {
  await pullAll(
    pulling([
      [rosterPage(0), rosterPage(1), rosterPage(2)],
      [{ kind: 'roster', compoundId: COMPOUND, pages: 1 }, rosterPage(0, 5)],
    ]),
  )
  expect(await householdsKept()).toEqual([[0, 5]])
})

test('a change of a kind that this build does not know is passed over, and its place kept', async () => {
  expect((await pullAll(pulling([[{ kind: 'horoscope', sign: '♍' }, rosterPage(0), 'nonsense', null]]))).ok).toBe(true)
  expect([await readCursor(db), await householdsKept()]).toEqual(['1', [[0, 3]]])
})

test('a community that was renamed, new rules and a new post become part of who the phone is', async () => {
  const community = { ...COMMUNITY, id: COMMUNITY.id as CommunityId, name: '石榴坊新社区' }
  const post = { id: 'post-west', name: '西门', type: 'compound-gate', compoundId: COMPOUND, compoundName: '梧桐苑' }
  await pullAll(
    pulling([
      [
        { kind: 'community', community },
        { kind: 'post', post },
        { kind: 'post', post: { ...post, name: '西大门' } },
      ],
    ]),
  )
  expect(await readIdentity()).toMatchObject({ deviceId: 'd', community: { name: '石榴坊新社区' }, posts: [{ name: '西大门' }] })
  expect(told).toMatchObject([{ roster: false, identity: { community: { name: '石榴坊新社区' } } }])
})

test('nothing new tells nobody, and measures the clock', async () => {
  expect((await pullAll(pulling([[]]))).ok).toBe(true)
  expect(told).toEqual([])
  expect(await readClock()).toMatchObject({ offset: 3_599_900, lastServerTime: MORNING + 3_600_000 })
})

test('a server that says more without moving on is not asked for ever', async () => {
  let asked = 0
  const pull: ServerApi['pull'] = async () => {
    asked++
    const body = { gatepost: 'pull' as const, protocol: 1, changes: [], cursor: 'same', more: true, serverTime }
    return ok({ body, sent: MORNING, received: MORNING })
  }
  expect((await pullAll({ ...pulling([]), api: { pull } as ServerApi })).ok).toBe(true)
  expect(asked).toBe(2)
})
