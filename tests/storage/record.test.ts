import 'fake-indexeddb/auto'
import { Dexie, liveQuery } from 'dexie'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ResidentId } from '../../src/domain/ids'
import { BASE_RULES } from '../../src/domain/rules/rules'
import type { Day } from '../../src/domain/time'
import { openMatters } from '../../src/storage/cases'
import { readCounters, recount } from '../../src/storage/counters'
import { type GatepostDatabase, openDatabase } from '../../src/storage/database'
import { daysKept, latestPassageOf, operationsAbout, operationsOfDay } from '../../src/storage/facts'
import { nextBatch, rejectedOperations, replaceRecords, resend, settle } from '../../src/storage/outbox'
import { purge } from '../../src/storage/purge'
import { type Draft, record } from '../../src/storage/record'
import type { Codecs } from '../../src/vault/codecs'
import { aCheckInDraft, aContext, aReading, first, MORNING, valueIn } from '../support/builders'
import { aVault } from '../support/vault'

const DAY = '2020-02-18' as Day
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

test('what is recorded stands in the log, in the outbox and in the counters, and reads back as it was', async () => {
  const [kept] = await keep(aCheckInDraft())
  expect(await operationsOfDay(db, codecs.facts, DAY)).toEqual([kept])
  expect(await nextBatch(db, codecs.facts, 10)).toEqual({ operations: [kept], sealed: [] })
  expect(await readCounters(db)).toMatchObject({ lastSeq: 1, waiting: 1, rejected: 0, accepted: 0 })
  expect(kept).toMatchObject({ seq: 1, deviceTime: '2020-02-18T07:31:00.000+08:00', operator: '王志愿' })
})

test('two pages that save at once never give the same number', async () => {
  const other = valueIn(await openDatabase(db.name))
  const saves = Array.from({ length: 40 }, (_, i) => record(i % 2 ? db : other, codecs.facts, [aCheckInDraft()], aContext()))
  const seqs = (await Promise.all(saves)).map((saved) => first(valueIn(saved)).seq)
  expect(seqs.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
  other.close()
})

test('a full disk is said, and changes nothing', async () => {
  await keep(aCheckInDraft())
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  expect(await record(db, codecs.facts, [aCheckInDraft()], aContext())).toEqual({ ok: false, error: { kind: 'storage-full' } })
  vi.restoreAllMocks()
  expect(await operationsOfDay(db, codecs.facts, DAY)).toHaveLength(1)
  expect(await readCounters(db)).toMatchObject({ lastSeq: 1, waiting: 1 })
})

test('killed between any two writes of a save, the phone has all of it or nothing', async () => {
  const writes = ['facts', 'outbox', 'counters', 'waits'] as const
  for (const store of writes) {
    for (const method of ['add', 'put'] as const) {
      const real = IDBObjectStore.prototype[method]
      const spy = vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (this: IDBObjectStore, ...args) {
        const request = real.apply(this, args)
        if (this.name === store) this.transaction.abort()
        return request
      })
      const saved = await record(db, codecs.facts, [aCheckInDraft({ wait: 'opens' })], aContext())
      const reached = spy.mock.contexts.some((context) => context instanceof IDBObjectStore && context.name === store)
      spy.mockRestore()
      expect(saved.ok).toBe(!reached)
      const facts = await db.facts.count()
      expect([await db.outbox.count(), await db.waits.count(), (await readCounters(db)).waiting]).toEqual([facts, facts, facts])
    }
  }
})

test('a connection that the system closed is opened again and the record kept once', async () => {
  await keep(aCheckInDraft())
  db.backendDB().close()
  await keep(aCheckInDraft())
  expect(await operationsOfDay(db, codecs.facts, DAY)).toHaveLength(2)
})

test('a connection lost after the commit does not double the record', async () => {
  const real = IDBDatabase.prototype.transaction
  let lost = false
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
    const transaction = real.apply(this, args)
    if (!lost && args[1] === 'readwrite') {
      lost = true
      Object.defineProperty(transaction, 'oncomplete', { get: () => null, set: () => undefined })
      transaction.addEventListener('complete', () => {
        const gone = new DOMException('Connection to Indexed Database server lost', 'UnknownError')
        Object.defineProperty(transaction, 'error', { value: gone })
        transaction.onabort?.(new Event('abort'))
      })
    }
    return transaction
  })
  const saved = await record(db, codecs.facts, [aCheckInDraft()], aContext())
  vi.restoreAllMocks()
  expect(lost).toBe(true)
  expect(first(valueIn(saved)).seq).toBe(1)
  expect(await operationsOfDay(db, codecs.facts, DAY)).toHaveLength(1)
  expect(await readCounters(db)).toMatchObject({ lastSeq: 1, waiting: 1 })
})

test('a live query hears a save that went past Dexie', async () => {
  const heard: number[] = []
  const subscription = liveQuery(() => db.facts.where('day').equals(DAY).count()).subscribe((count) => heard.push(count))
  await vi.waitFor(() => expect(heard).toEqual([0]))
  await keep(aCheckInDraft())
  await vi.waitFor(() => expect(heard.at(-1)).toBe(1))
  subscription.unsubscribe()
})

test('a linked operation lies under the day of its passage, even after midnight', async () => {
  const [passage] = await keep(aCheckInDraft({ wait: 'opens', measured: aReading(37.6) }))
  if (!passage) throw new Error('nothing kept')
  const afterMidnight = aContext({ deviceNow: MORNING + 24 * 3_600_000 })
  const retest = { kind: 'retest', target: passage.key, reading: aReading(36.7, { site: 'neck', attempt: 2 }) } as const
  valueIn(await record(db, codecs.facts, [{ operation: retest, wait: 'closes' }], afterMidnight))
  expect(await operationsOfDay(db, codecs.facts, DAY)).toHaveLength(2)
  expect(await operationsAbout(db, codecs.facts, passage.key)).toHaveLength(2)
  expect(await daysKept(db)).toEqual([DAY])
})

test('who waits for a retest is known after a restart, and no more once cleared', async () => {
  const [passage] = await keep(aCheckInDraft({ wait: 'opens', measured: aReading(37.6) }))
  if (!passage) throw new Error('nothing kept')
  const { name } = db
  db.close()
  db = valueIn(await openDatabase(name))
  expect(await openMatters(db, { ...codecs, self: 'me' })).toEqual([[passage]])
  await keep({ operation: { kind: 'walk-off', target: passage.key }, wait: 'closes' })
  expect(await openMatters(db, { ...codecs, self: 'me' })).toEqual([])
})

test('the newest passage of a person is found, unless it was voided or they walked off', async () => {
  const person = 'r-1' as ResidentId
  const facts = { db, codec: codecs.facts, judgedBy: () => BASE_RULES }
  const [passage] = await keep(aCheckInDraft())
  if (!passage) throw new Error('nothing kept')
  expect(await latestPassageOf(facts, person, MORNING - 60_000)).toMatchObject({ key: passage.key, direction: 'in', at: MORNING })
  expect(await latestPassageOf(facts, person, MORNING + 1)).toBeUndefined()
  const aMinuteLater = aContext({ deviceNow: MORNING + 60_000 })
  const leaving = aCheckInDraft({ direction: 'out', measured: aReading(37.6) })
  const [fever] = valueIn(await record(db, codecs.facts, [leaving], aMinuteLater))
  if (!fever) throw new Error('nothing kept')
  expect(await latestPassageOf(facts, person, MORNING - 60_000)).toMatchObject({ key: fever.key })
  await keep({ operation: { kind: 'walk-off', target: fever.key } })
  expect(await latestPassageOf(facts, person, MORNING - 60_000)).toMatchObject({ key: passage.key })
  await keep({ operation: { kind: 'void', target: passage.key, reason: 'undo' } })
  expect(await latestPassageOf(facts, person, MORNING - 60_000)).toBeUndefined()
})

test('an accepted operation leaves the outbox; a rejected one stays with its reason and does not block', async () => {
  const [a, b, c] = await keep(aCheckInDraft(), aCheckInDraft(), aCheckInDraft())
  if (!a || !b || !c) throw new Error('nothing kept')
  const settled = await settle(db, {
    accepted: [a.key],
    rejected: [{ key: b.key, code: 'outside-scope', pointer: '/postId' }],
    at: MORNING,
  })
  expect(settled).toEqual({ settled: 2, left: 1 })
  expect(await nextBatch(db, codecs.facts, 10)).toEqual({ operations: [c], sealed: [] })
  expect(await rejectedOperations(db, codecs.facts)).toEqual([{ operation: b, code: 'outside-scope', pointer: '/postId', at: MORNING }])
  expect(await readCounters(db)).toMatchObject({ waiting: 1, rejected: 1, accepted: 1 })
  expect(await recount(db)).toMatchObject({ waiting: 1, rejected: 1, accepted: 1 })
})

test('a verdict that comes twice counts once', async () => {
  const [a] = await keep(aCheckInDraft())
  if (!a) throw new Error('nothing kept')
  await settle(db, { accepted: [a.key], rejected: [], at: MORNING })
  await settle(db, { accepted: [a.key], rejected: [], at: MORNING })
  expect(await readCounters(db)).toMatchObject({ waiting: 0, rejected: 0, accepted: 1 })
})

test('what was sent back is sent again as it is, or mended under a new key', async () => {
  const [a, b] = await keep(aCheckInDraft(), aCheckInDraft({ measured: aReading(44) }))
  if (!a || !b) throw new Error('nothing kept')
  await settle(db, {
    accepted: [],
    rejected: [
      { key: a.key, code: 'post-closed' },
      { key: b.key, code: 'reading-out-of-range' },
    ],
    at: MORNING,
  })
  await resend(db, a.key)
  const [mended] = valueIn(
    await replaceRecords(db, codecs.facts, [{ of: b.key, draft: aCheckInDraft({ measured: aReading(36.6) }), context: aContext() }]),
  )
  if (!mended) throw new Error('nothing mended')
  expect((await nextBatch(db, codecs.facts, 10)).operations.map(({ key }) => key)).toEqual([a.key, mended.key])
  expect((await operationsOfDay(db, codecs.facts, DAY)).map(({ key }) => key)).toEqual([a.key, mended.key])
  expect(await readCounters(db)).toEqual(await recount(db))
})

test('of a tip nothing stays here once it is delivered: not of one that was taken back, nor of one that was mended', async () => {
  const aTip: Draft = { operation: { kind: 'tip', topic: 'gathering' } }
  const [one, two] = await keep(aTip, aTip)
  if (!one || !two) throw new Error('nothing kept')
  const [undo] = await keep({ operation: { kind: 'void', target: one.key, reason: 'undo' } })
  await settle(db, { accepted: [one.key], rejected: [{ key: two.key, code: 'post-closed' }], at: MORNING })
  const [moved] = valueIn(await replaceRecords(db, codecs.facts, [{ of: two.key, draft: aTip, context: aContext() }]))
  if (!undo || !moved) throw new Error('nothing kept')
  await settle(db, { accepted: [undo.key, moved.key], rejected: [], at: MORNING })
  expect(await db.facts.count()).toBe(0)
})

test('a wrong counters row is mended at start', async () => {
  await keep(aCheckInDraft(), aCheckInDraft())
  await db.counters.put({ name: 'outbox', lastSeq: 0, waiting: 77, rejected: -1, accepted: 0 })
  expect(await recount(db)).toMatchObject({ lastSeq: 2, waiting: 2, rejected: 0 })
})

test('a day goes 72 hours after its last row was confirmed, never before, and never with an unsent row', async () => {
  const [a] = await keep(aCheckInDraft(), aCheckInDraft())
  if (!a) throw new Error('nothing kept')
  const soon = MORNING + 1000
  await settle(db, { accepted: [a.key], rejected: [], at: soon })
  expect(await purge(db, soon + 1000 * 3_600_000)).toBe(0)
  const rest = (await nextBatch(db, codecs.facts, 10)).operations
  await settle(db, { accepted: rest.map(({ key }) => key), rejected: [], at: soon })
  expect(await purge(db, soon + 71 * 3_600_000)).toBe(0)
  expect(await purge(db, soon + 73 * 3_600_000)).toBe(2)
  expect(await daysKept(db)).toEqual([])
  expect(await recount(db)).toMatchObject({ accepted: 2, lastSeq: 2 })
})

test('a database of the first version is brought to the newest with all that it holds', async () => {
  const name = `old-${crypto.randomUUID()}`
  const old = new Dexie(name)
  old.version(1).stores({
    facts: 'key, &seq, day, target',
    outbox: 'seq, &key, [state+seq]',
    counters: 'name',
    rosterPages: '[compoundId+page], compoundId',
    progress: 'name',
  })
  const row = {
    seq: 1,
    kind: 'check-in',
    day: DAY,
    at: MORNING,
    state: 'kept',
    subject: 'r-1',
    payload: await codecs.facts.seal({ measured: aReading(37.6) }, 'elsewhere'),
  }
  await old.table('facts').bulkAdd([
    { ...row, key: 'waiting-still', wait: 'opens' },
    { ...row, key: 'was-cleared', seq: 2, wait: 'opens' },
    { ...row, key: 'cleared-it', seq: 3, kind: 'retest', target: 'was-cleared', wait: 'closes' },
  ])
  old.close()
  const upgraded = valueIn(await openDatabase(name))
  expect(await upgraded.waits.toArray()).toEqual([{ key: 'waiting-still', since: MORNING }])
  expect(await upgraded.facts.where('[subject+at]').equals(['r-1', MORNING]).count()).toBe(3)
  await upgraded.delete()
})

test('a database that another page holds open at an older version is said to be blocked', async () => {
  const name = `held-${crypto.randomUUID()}`
  const holder = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(name, 10)
    request.onupgradeneeded = () => request.result.createObjectStore('facts')
    request.onsuccess = () => resolve(request.result)
  })
  expect(await openDatabase(name)).toEqual({ ok: false, error: { kind: 'storage-blocked' } })
  holder.close()
})
