import 'fake-indexeddb/auto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { daySource } from '../../src/app/reporting/day-source'
import type { ResidentId } from '../../src/domain/ids'
import { ledgerOf } from '../../src/domain/ledger'
import { passagesOf } from '../../src/domain/passage'
import type { RuleSet } from '../../src/domain/rules/rule-set'
import type { Day } from '../../src/domain/time'
import { zhCN } from '../../src/reports/words/zh-cn'
import { daySource as serverSource } from '../../src/server/database/day-reports'
import { draftRuleSets, publishRuleSets } from '../../src/server/database/rule-sets'
import { NANJING_RULES } from '../../src/wire/nanjing'
import { COMMUNITY, COMPOUND, SOUTH_GATE } from '../support/community'
import { aGate, FAR_OFF, type TestGate } from '../support/gate'
import { aHousehold, aWorld, LANE, putHouseholds, type World, XIANGFANG } from '../support/world'

const BEFORE = 'js-2020-01-24+nj-6+nj-12+practice-permit'
const AFTER = 'js-2020-01-24+nj-6+nj-12+nj-13-property'
const owner = (at: string) => `${at}-owner` as ResidentId
const tenant = (at: string) => `${at}-tenant` as ResidentId
const home = (at: string) => [aHousehold(`h-${at}`, '501', [{ id: owner(at) }, { id: tenant(at), tenure: 'tenant' }])]

let world: World

beforeAll(async () => {
  world = await aWorld('2020-02-17T19:00:00+08:00')
  await putHouseholds(world, COMPOUND, home('wutong'))
  await putHouseholds(world, XIANGFANG, home('xiangfang'))
  await publish(NANJING_RULES)
})
afterAll(() => world.close())

/** 备注 of the day's rows: as the phone writes them, and as the server does. */
async function notesOf({ services }: TestGate): Promise<string[]> {
  const { db, codec: facts, ownCodec: own, identity, now } = services
  const phone = { db, facts, own, identity: identity.value, rosterHidden: false, unknownPost: '?', asOf: now(), onRead: () => undefined }
  const { source } = await daySource(phone, { day: '2020-02-18' as Day, postId: SOUTH_GATE, zone: 480 })
  const server = await serverSource(world.pool, COMMUNITY.id, { day: '2020-02-18' as Day, unitId: SOUTH_GATE, asOf: FAR_OFF.getTime() })
  if (!server) throw new Error('the server knows no such community')
  return [source, server].flatMap((each) => ledgerOf(each, 'full', zhCN).map(({ note }) => String(note)))
}
async function publish(sets: readonly RuleSet[]): Promise<void> {
  await draftRuleSets(world.pool, COMMUNITY.id, sets)
  await publishRuleSets(world.pool, COMMUNITY.id, 'test')
}

/** Whether somebody is asked for the pass; they pass either way. */
async function isAsked(gate: TestGate, who: ResidentId): Promise<boolean> {
  await gate.person(who)
  const { shown } = gate
  const asked = shown.at === 'ask'
  if (asked) {
    expect(shown.asks).toEqual(['pass'])
    await gate.answer({ pass: 'shown' })
  }
  expect(gate.at).toBe('measure')
  await gate.measure(36.5)
  expect(gate.at).toBe('scan')
  return asked
}

test('at midnight the pass is no longer asked at 梧桐苑, offline since 20:00; at 象房里 it is asked as before; a tenant passes in all four', async () => {
  const wutong = await aGate(world)
  const xiangfang = await aGate(world, { postId: LANE })
  world.at('2020-02-17T20:00:00+08:00')
  for (const gate of [wutong, xiangfang]) gate.offline = true

  world.at('2020-02-17T23:58:00+08:00')
  for (const who of [owner, tenant]) {
    expect(await isAsked(wutong, who('wutong'))).toBe(true)
    expect(await isAsked(xiangfang, who('xiangfang'))).toBe(true)
  }
  expect((await wutong.sync()).ok).toBe(false)
  // One app stays open over midnight, the other is opened anew.
  await xiangfang.kill()
  world.at('2020-02-18T00:02:00+08:00')
  for (const who of [owner, tenant]) {
    expect(await isAsked(wutong, who('wutong'))).toBe(false)
    expect(await isAsked(xiangfang, who('xiangfang'))).toBe(true)
  }

  world.at('2020-02-18T06:00:00+08:00')
  for (const gate of [wutong, xiangfang]) {
    gate.offline = false
    expect((await gate.sync()).ok).toBe(true)
  }
  const versions = [BEFORE, BEFORE, AFTER, AFTER]
  expect((await wutong.records()).map((each) => 'rules' in each && each.rules)).toEqual(versions)
  expect((await xiangfang.records()).map((each) => 'rules' in each && each.rules)).toEqual(versions.map(() => BEFORE))
  for (const gate of [wutong, xiangfang]) expect(await world.held(gate)).toEqual(await gate.records())
  expect((await world.held(wutong)).map((each) => 'answers' in each && each.answers)).toEqual([
    { pass: 'shown' },
    { pass: 'shown' },
    false,
    false,
  ])
})

test('who has no pass before midnight is not let in by the rule, and passes by an exception with its reason; after midnight nobody asks', async () => {
  world.at('2020-02-17T19:30:00+08:00')
  const gate = await aGate(world)
  gate.offline = true
  world.at('2020-02-17T23:59:30+08:00')
  await gate.person(tenant('wutong'))
  await gate.answer({ pass: 'missing' })
  const { shown } = gate
  if (shown.at !== 'stop') throw new Error(`expected a stop, got ${shown.at}`)
  expect(shown.why).toBe('no-pass')
  await gate.actions.except(shown.passing, '查到名册')
  await gate.measure(36.4)
  expect(await gate.records()).toMatchObject([
    { rules: BEFORE, answers: { pass: 'missing' }, verdict: { kind: 'stop', why: 'no-pass' }, exception: { reason: '查到名册' } },
  ])
  world.at('2020-02-18T00:01:00+08:00')
  await gate.person(tenant('wutong'), 'out')
  expect(gate.at).toBe('measure')
})

test('a rule that arrives late flags what was recorded before it, and rewrites nothing, on the phone or on the server', async () => {
  world.at('2020-02-18T08:00:00+08:00')
  const gate = await aGate(world)
  await gate.person(owner('wutong'))
  await gate.measure(37.1)
  expect(gate.at).toBe('scan')
  await gate.sync()
  const recorded = await gate.records()
  const held = await world.held(gate)
  const tallied = await world.tally(SOUTH_GATE, '2020-02-18')

  expect(new Set(await notesOf(gate))).toEqual(new Set(['']))
  const site = { tooLowBelow: 35, threshold: 37, least: 30, most: 43 }
  await publish([
    {
      id: 'late-bands',
      title: '体温37.0即复测',
      scope: { level: 'compound', compoundId: COMPOUND },
      effectiveFrom: '2020-02-18T00:00:00+08:00',
      parameters: { bands: { forehead: site, wrist: site, neck: site, ear: site, armpit: site } },
      text: '37.0及以上复测。',
      textFound: true,
    },
  ])
  await gate.sync()
  await gate.kill()
  expect(await gate.records()).toEqual(recorded)
  expect(await world.held(gate)).toEqual(held)
  expect(await world.tally(SOUTH_GATE, '2020-02-18')).toEqual(tallied)
  const { judgedBy } = gate.services
  const [passage] = passagesOf(recorded, judgedBy)
  if (!passage) throw new Error('no passage')
  expect(passage.step.at).toBe('admitted')
  expect(new Set(await notesOf(gate))).toEqual(new Set(['登记后收到新规定']))
  expect(gate.matters()).toEqual([])

  world.at('2020-02-18T08:10:00+08:00')
  await gate.person(owner('wutong'), 'out')
  await gate.measure(37.1)
  expect(gate.shown).toMatchObject({ at: 'told', step: 'wait' })
  expect(await gate.records()).toMatchObject([{ rules: AFTER }, { rules: `${AFTER}+late-bands` }])
})
