import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Case } from '../../src/domain/case'
import type { CompoundId, HouseholdId, ResidentId } from '../../src/domain/ids'
import type { Household } from '../../src/domain/roster'
import { buildRosterIndex } from '../../src/domain/roster-search'
import { BASE_RULES } from '../../src/domain/rules/rules'
import { keepCases, openMatters } from '../../src/storage/cases'
import { type GatepostDatabase, openDatabase } from '../../src/storage/database'
import { hasArrival, lastReadings, lastSubjects, outingsWithin } from '../../src/storage/facts'
import { loadNotices, putNotice } from '../../src/storage/notices'
import { settle } from '../../src/storage/outbox'
import { purge } from '../../src/storage/purge'
import { record } from '../../src/storage/record'
import { NOBODY_REMEMBERED, rememberedAt, rememberVisitor } from '../../src/storage/remembered'
import { applyChanges, householdAdded, loadRoster } from '../../src/storage/roster-store'
import { alsoSealed, readSealed, writeSealed } from '../../src/storage/sealed-values'
import type { Codecs } from '../../src/vault/codecs'
import { aCheckIn, aCheckInDraft, aContext, aReading, first, MORNING, valueIn } from '../support/builders'
import { aVault } from '../support/vault'

const DAY = 86_400_000
const HOME: Household = {
  id: 'h' as HouseholdId,
  address: { building: '3', unit: '2', room: '501' },
  plates: [],
  residents: ['r-1', 'r-2'].map((id) => ({ id: id as ResidentId, name: '张三', tenure: 'owner' })),
  cards: [],
}
let db: GatepostDatabase
let codecs: Codecs

beforeEach(async () => {
  db = valueIn(await openDatabase(`test-${crypto.randomUUID()}`))
  codecs = await aVault(db)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await db.delete()
})

const keep = async (...drafts: Parameters<typeof record>[2]) => valueIn(await record(db, codecs.facts, drafts, aContext()))
const seen = rememberVisitor(NOBODY_REMEMBERED, { name: '钱多多', phone: '13900001234', keyArea: true }, 1)

test('what a post keeps beside a record is written with it, or neither: the disk full, or killed in between', async () => {
  await writeSealed(db, codecs.own, 'remembered', NOBODY_REMEMBERED)
  const also = await alsoSealed(codecs.own, 'remembered', seen)
  for (const fault of ['QuotaExceededError', 'AbortError']) {
    const real = IDBObjectStore.prototype.put
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (this.name !== 'sealed') return real.apply(this, args)
      if (fault === 'QuotaExceededError') throw new DOMException('full', fault)
      const request = real.apply(this, args)
      this.transaction.abort()
      return request
    })
    expect((await record(db, codecs.facts, [aCheckInDraft()], aContext(), also)).ok).toBe(false)
    vi.restoreAllMocks()
    expect(await db.facts.count()).toBe(0)
    expect(await readSealed(db, codecs.own, 'remembered')).toEqual(NOBODY_REMEMBERED)
  }
  expect((await record(db, codecs.facts, [aCheckInDraft()], aContext(), also)).ok).toBe(true)
  expect(await readSealed(db, codecs.own, 'remembered')).toEqual(seen)
  expect(JSON.stringify(seen)).not.toContain('keyArea')
})

test('who comes again is one entry, the newest first; after a fortnight forgotten', () => {
  const again = rememberVisitor(rememberVisitor(seen, { name: '李四' }, 2), { name: '钱多多', phone: '13900001234' }, 3)
  expect(again.visitors.map(({ form }) => form.name)).toEqual(['钱多多', '李四'])
  expect(rememberedAt(again, 14 * DAY).visitors).toHaveLength(2)
  expect(rememberedAt(again, 15 * DAY).visitors).toEqual([])
  expect(rememberVisitor(again, { name: '王五' }, 15 * DAY).visitors.map(({ form }) => form.name)).toEqual(['王五'])
})

test('a household that the post adds grows the last page; where the server told a newer one meanwhile, nothing is written', async () => {
  const compoundId = 'c' as CompoundId
  const aHousehold = (id: string) => ({
    id: id as HouseholdId,
    address: { building: '', unit: '', room: id },
    plates: [],
    residents: [],
    cards: [],
  })
  const adding = (id: string) => ({ operation: { kind: 'household-adding', compoundId, household: aHousehold(id) } }) as const
  const write = async (id: string) =>
    record(db, codecs.facts, [adding(id)], aContext(), await householdAdded(db, codecs.own, compoundId, aHousehold(id)))
  for (const id of ['1', '2']) expect((await write(id)).ok).toBe(true)
  const late = await householdAdded(db, codecs.own, compoundId, aHousehold('3'))
  await applyChanges(
    db,
    codecs.own,
    [{ kind: 'roster-page', page: { compoundId, page: 0, households: [aHousehold('9')] } }],
    'c1',
    () => true,
  )
  expect((await record(db, codecs.facts, [adding('3')], aContext(), late)).ok).toBe(false)
  const pages = await loadRoster(db, codecs.own)
  expect(pages.flatMap(({ households }) => households.map(({ id }) => id))).toEqual(['9'])
  expect(await db.facts.count()).toBe(2)
})

test('a case that another phone told is an open matter until somebody closes it; then it stays for 72 hours, and goes', async () => {
  const operation = aCheckIn({ measured: aReading(37.6) })
  const told = { passage: operation.key, operations: [{ deviceId: 'other' as never, operation }], open: true }
  await applyChanges(db, codecs.own, [{ kind: 'case', ...told }], 'c1', () => true)
  const matters = () => openMatters(db, { ...codecs, self: 'me' })
  expect((await matters()).map((each) => first(each).key)).toEqual([operation.key])
  // The same from a phone that goes home, and once more: harmless.
  for (let i = 0; i < 2; i++) await keepCases(db, codecs.own, [told], () => true)
  expect(first(await matters())).toHaveLength(1)
  await purge(db, MORNING + 30 * DAY)
  expect(await matters()).toHaveLength(1)
  await applyChanges(db, codecs.own, [{ kind: 'case', ...told, open: false }], 'c2', () => true)
  expect(await matters()).toEqual([])
  await purge(db, MORNING + DAY)
  expect(await db.cases.count()).toBe(1)
  await purge(db, MORNING + 4 * DAY)
  expect(await db.cases.count()).toBe(0)
})

test('an older word of a case does not open again what is known to be closed', async () => {
  const operation = aCheckIn({ measured: aReading(37.6) })
  const left = { deviceId: 'other' as never, operation: { ...operation, kind: 'walk-off', target: operation.key, key: 'later' } as never }
  const older = { passage: operation.key, operations: [{ deviceId: 'other' as never, operation }] }
  const isOpen = (told: Case['operations']) => !told.some(({ operation: { kind } }) => kind === 'walk-off')
  await keepCases(db, codecs.own, [{ ...older, operations: [...older.operations, left] }], isOpen)
  await keepCases(db, codecs.own, [older], isOpen)
  expect(await openMatters(db, { ...codecs, self: 'me' })).toEqual([])
})

test('of what was delivered only a tip goes from the phone at once', async () => {
  const kept = await keep(aCheckInDraft(), { operation: { kind: 'tip', topic: 'fever' } })
  await settle(db, { accepted: [first(kept).key], rejected: [], at: 1 })
  expect(await db.facts.count()).toBe(2)
  await settle(db, { accepted: kept.map(({ key }) => key), rejected: [], at: 1 })
  expect((await db.facts.toArray()).map(({ kind }) => kind)).toEqual(['check-in'])
})

test('outings are counted by the household, listed or not, as corrected; who is void, waits, walked off or left in an emergency is none', async () => {
  const out = (n: number, part: Parameters<typeof aCheckInDraft>[0] = {}) =>
    aCheckInDraft({ subject: { kind: 'resident', residentId: `r-${n}` as ResidentId, householdId: HOME.id }, direction: 'out', ...part })
  const unlisted = (householdId: string) => out(0, { subject: { kind: 'unlisted', householdId: householdId as HouseholdId } })
  const count = (since = 0) => outingsWithin({ db, codec: codecs.facts, judgedBy: () => BASE_RULES }, HOME, since, Number.POSITIVE_INFINITY)
  const [, second, third] = await keep(out(1), out(2), out(2, { direction: 'in' }), out(3), unlisted('h'), unlisted('h-2'))
  expect(await count()).toBe(3)
  expect(await count(MORNING + 1)).toBe(0)
  if (!second || !third) throw new Error('not kept')
  await keep({ operation: { kind: 'amend', target: third.key, reason: 'x', direction: 'out' } })
  expect(await count()).toBe(4)
  await keep({ operation: { kind: 'void', target: second.key, reason: 'undo' } })
  expect(await count()).toBe(3)
  await keep(out(1, { measured: { reason: 'emergency' }, exception: { kind: 'emergency', what: 'medical' } }))
  const { key } = first(await keep(out(1, { measured: aReading(37.6) })))
  expect(await count()).toBe(3)
  const cleared = first(await keep({ operation: { kind: 'retest', target: key, reading: aReading(36.7, { site: 'neck', attempt: 2 }) } }))
  expect(await count()).toBe(4)
  await keep({ operation: { kind: 'void', target: key, only: cleared.key, reason: 'undo' } })
  await keep({ operation: { kind: 'walk-off', target: key } })
  expect(await count()).toBe(3)
})

test('after a restart the facts tell who passed last, what was read last, and whether a journey was registered', async () => {
  const who = (n: number) => ({ kind: 'resident', residentId: `r-${n}` as ResidentId, householdId: 'h' as HouseholdId }) as const
  const roster = buildRosterIndex([{ compoundId: 'c' as CompoundId, page: 0, households: [HOME] }])
  await keep(aCheckInDraft({ subject: who(1), measured: aReading(36.1) }))
  await keep(aCheckInDraft({ subject: who(2), measured: { reason: 'refused' } }))
  await keep(aCheckInDraft({ subject: who(1), measured: aReading(36.3) }))
  await keep(aCheckInDraft({ subject: { kind: 'unlisted', householdId: HOME.id }, measured: { reason: 'refused' } }))
  await keep({
    operation: {
      kind: 'arrival',
      residentId: 'r-1' as ResidentId,
      name: '张三',
      origin: '滁州',
      arrivedOn: '2020-02-18',
      means: 'train',
      platform: 'registered',
      keyArea: false,
      metInPerson: true,
      source: 'post',
    },
  })
  expect(await lastSubjects(db, roster, 6)).toEqual(['r-1', 'r-2'])
  expect((await lastReadings(db, codecs.facts, 10)).map(({ celsius }) => celsius)).toEqual([36.1, 36.3])
  // What stands between readings does not count as one.
  expect((await lastReadings(db, codecs.facts, 2)).map(({ celsius }) => celsius)).toEqual([36.1, 36.3])
  expect(await hasArrival(db, codecs.facts, 'r-1' as ResidentId, 0)).toBe(true)
  expect(await hasArrival(db, codecs.facts, 'r-2' as ResidentId, 0)).toBe(false)
})

test('a notice that is told again stays read', async () => {
  const notice = { id: 'n', title: 't', text: 'x', publishedAt: '2020-02-18T00:00:00Z' }
  await putNotice(db, notice)
  await db.notices.update('n', { readAt: 7 })
  await putNotice(db, { ...notice, text: 'y' })
  expect(await loadNotices(db)).toMatchObject([{ text: 'y', readAt: 7 }])
})
