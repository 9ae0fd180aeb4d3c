import 'fake-indexeddb/auto'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { isOpenCase } from '../../src/domain/case'
import type { HouseholdId, OperationKey, ResidentId } from '../../src/domain/ids'
import type { Subject, Unstamped } from '../../src/domain/operation'
import { BASE_RULES } from '../../src/domain/rules/rules'
import { dayOf } from '../../src/domain/time'
import { createApp } from '../../src/server/app'
import { sendNotice } from '../../src/server/database/notices'
import { tallies } from '../../src/server/database/tallies'
import { writeClock } from '../../src/storage/identity'
import { loadNotices } from '../../src/storage/notices'
import { aCheckInDraft, aReading } from '../support/builders'
import { aCommunity, aDevice, COMMUNITY, NORTH_GATE, SOUTH_GATE } from '../support/community'
import { aNetwork, type Network } from '../support/faulty-fetch'
import { aPhoneAtGate, type Phone } from '../support/phone'
import { aDatabase, type TestDatabase } from '../support/postgres'

const NOON = Date.parse('2020-02-18T12:00:00+08:00')
const judgedBy = () => BASE_RULES

let db: TestDatabase
let app: FastifyInstance
let url: string
const phones: Phone[] = []

beforeAll(async () => {
  db = await aDatabase()
  await aCommunity(db.pool)
  app = await createApp({ pool: db.pool })
  url = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await app.close()
  await db.close()
})
beforeEach(() => writeClock({ offset: 0, measuredAt: 0, lastServerTime: 0 }))
afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.forget()
})

interface AtPost {
  readonly phone: Phone
  readonly network: Network
}

async function aPhone(part: { readonly postId?: typeof SOUTH_GATE; readonly clock?: () => number } = {}): Promise<AtPost> {
  const postId = part.postId ?? SOUTH_GATE
  const own = await aDevice(db.pool, { unitId: postId })
  const network = aNetwork()
  const phone = await aPhoneAtGate(url, network, { own, epoch: own.epoch, postId }, part.clock)
  phones.push(phone)
  return { phone, network }
}

const resident = (n: number): Subject => ({ kind: 'resident', residentId: `r-${n}` as ResidentId, householdId: 'h-1' as HouseholdId })
const passes = (n: number, direction: 'in' | 'out' = 'in') => [aCheckInDraft({ subject: resident(n), direction })]
const one = async (phone: Phone, operation: Unstamped, wait?: 'opens' | 'closes') => {
  const [saved] = await phone.save([{ operation, ...(wait ? { wait } : {}) }])
  if (!saved) throw new Error('nothing was saved')
  return saved.key
}
const southOn = async (day: string) => {
  const all = await tallies(db.pool, COMMUNITY.id, day as ReturnType<typeof dayOf>)
  return all.find(({ post }) => post.id === SOUTH_GATE)?.tally
}

test('two phones at one post, both offline, synced in reverse: each passage once, presence by when it happened', async () => {
  let now = NOON
  const first = await aPhone({ clock: () => now })
  const second = await aPhone({ clock: () => now })
  await first.phone.save(passes(1))
  now += 20_000
  await second.phone.save(passes(1))
  now += 600_000
  await second.phone.save(passes(2))
  now += 600_000
  await first.phone.save(passes(2, 'out'))
  await second.phone.send()
  await first.phone.send()
  expect(await southOn('2020-02-18')).toMatchObject({ in: 2, out: 1, duplicates: 1, inside: 1, voided: 0 })
  const { rows } = await db.pool.query("select count(*) from operations where kind = 'check-in'")
  expect(Number(rows[0].count)).toBe(4)
})

test('who waits, and an incident, are known to every phone of the post and to no other; closed on one, they are closed on all', async () => {
  const first = await aPhone()
  const second = await aPhone()
  const elsewhere = await aPhone({ postId: NORTH_GATE })
  const key = await one(first.phone, aCheckInDraft({ subject: resident(7), measured: aReading(37.6) }).operation, 'opens')
  await first.phone.kill()
  await first.phone.meet()
  await Promise.all([second.phone.meet(), elsewhere.phone.meet()])
  expect((await second.phone.matters()).map(([each]) => each?.key)).toEqual([key])
  expect(await elsewhere.phone.matters()).toEqual([])

  // The second phone measures again, the answer is lost, the first one goes on meanwhile and offline.
  await one(second.phone, { kind: 'retest', target: key, reading: aReading(37.5, { site: 'neck', attempt: 2 }) })
  second.network.fault = 'answer-lost'
  await second.phone.meet()
  second.network.fault = 'none'
  await second.phone.kill()
  await one(first.phone, { kind: 'retest', target: key, reading: aReading(37.8, { site: 'armpit', attempt: 3 }) })
  for (const { phone } of [second, first, second]) await phone.meet()
  for (const { phone } of [first, second]) {
    const [open = []] = await phone.matters()
    expect(open.filter(({ kind }) => kind === 'retest')).toHaveLength(2)
    expect(isOpenCase(open, judgedBy)).toBe(true)
  }
  await one(second.phone, { kind: 'incident-step', target: key, step: { at: 'taken-over', by: '李医生' } })
  await one(second.phone, { kind: 'incident-step', target: key, step: { at: 'closed', outcome: 'fever-clinic' } })
  for (const { phone } of [second, first]) await phone.meet()
  for (const { phone } of [first, second]) expect(await phone.matters()).toEqual([])
  await first.phone.kill()
  expect(await first.phone.matters()).toEqual([])
  const newcomer = await aPhone()
  await newcomer.phone.meet()
  expect(await newcomer.phone.matters()).toEqual([])
  expect(await southOn(dayOf(Date.now(), 480))).toMatchObject({ confirmed: 1, openIncidents: 0, handedOn: 1 })
})

test('a phone that comes new to a post learns of what is open there', async () => {
  const first = await aPhone()
  const key = await one(first.phone, aCheckInDraft({ subject: resident(8), measured: aReading(38.1) }).operation, 'opens')
  await first.phone.meet()
  const next = await aPhone()
  await next.phone.meet()
  expect((await next.phone.matters()).map(([each]) => each?.key)).toEqual([key])
  // It is cleared there; nothing waits anywhere.
  await one(next.phone, { kind: 'retest', target: key, reading: aReading(36.7, { site: 'neck', attempt: 2 }) })
  for (const { phone } of [next, first]) await phone.meet()
  expect(await first.phone.matters()).toEqual([])
})

test('a tip stays on the phone until it is delivered, whatever the network does; then it is nowhere but on the server', async () => {
  const { phone, network } = await aPhone()
  const key = await one(phone, { kind: 'tip', topic: 'gathering', words: '3幢' })
  const kept = async () => phone.database().facts.get(key)
  network.fault = 'answer-lost'
  await phone.send()
  expect(await kept()).toBeDefined()
  await phone.kill()
  network.fault = 500
  await phone.send()
  expect(await kept()).toBeDefined()
  network.fault = 'none'
  await phone.send()
  expect(await kept()).toBeUndefined()
  expect(await phone.counters()).toMatchObject({ waiting: 0, rejected: 0, accepted: 1 })
  const { rows } = await db.pool.query('select payload from operations where key = $1', [key])
  expect(rows).toMatchObject([{ payload: { topic: 'gathering', words: '3幢' } }])
  // Its number is not given again.
  await phone.save()
  expect((await phone.counters()).lastSeq).toBe(2)
})

test('a notice reaches the posts that it is for; told again, it stays read', async () => {
  const south = await aPhone()
  const north = await aPhone({ postId: NORTH_GATE })
  const notice = { title: '今晚消杀', text: '从北门进出', publishedAt: new Date().toISOString() }
  await sendNotice(db.pool, COMMUNITY.id, { id: 'for-south', ...notice, postId: SOUTH_GATE }, 'test')
  await sendNotice(db.pool, COMMUNITY.id, { id: 'for-all', ...notice }, 'test')
  for (const { phone } of [south, north]) await phone.meet()
  const read = async ({ phone }: AtPost) => (await loadNotices(phone.database())).map(({ id }) => id).sort()
  expect(await read(south)).toEqual(['for-all', 'for-south'])
  expect(await read(north)).toEqual(['for-all'])
})

test('a metro exit: forty a minute for ten minutes, two held; the phone killed in between, the server gone at first', async () => {
  let now = NOON + 86_400_000
  const { phone, network } = await aPhone({ clock: () => now })
  network.fault = 'no-network'
  const counted: OperationKey[] = []
  const add = async (people: number) => {
    counted.push(
      await one(phone, { kind: 'count', direction: 'out', people, measured: { inRange: true, site: 'forehead' }, rules: 'base-1' }),
    )
    now += (people * 60_000) / 40
  }
  for (let minute = 0; minute < 10; minute++) {
    for (let i = 0; i < 7; i++) await add(5)
    for (let i = 0; i < 5; i++) await add(1)
    if (minute === 3) {
      await phone.send()
      await phone.kill()
    }
    if (minute === 4 || minute === 8) {
      const held: Subject = { kind: 'written', name: '留下复测' }
      const key = await one(phone, aCheckInDraft({ subject: held, direction: 'out', measured: aReading(37.5) }).operation, 'opens')
      await one(phone, { kind: 'retest', target: key, reading: aReading(36.6, { site: 'neck', attempt: 2 }) }, 'closes')
    }
  }
  network.fault = 'answer-lost'
  await phone.send()
  network.fault = 'none'
  await phone.send()
  expect(await phone.counters()).toMatchObject({ waiting: 0, rejected: 0, accepted: counted.length + 4 })
  expect(await southOn('2020-02-19')).toMatchObject({ in: 0, out: 402, measured: 402, atThreshold: 2, waiting: 0 })
})
