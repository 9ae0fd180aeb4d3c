import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isOpenTold } from '../../src/domain/case'
import type { DeviceId, OperationKey, ResidentId } from '../../src/domain/ids'
import type { Operation, Told } from '../../src/domain/operation'
import { BASE_RULES } from '../../src/domain/rules/rules'
import type { Day } from '../../src/domain/time'
import { caseOf, type IsOpen, keepCases, openMatters } from '../../src/storage/cases'
import type { Codec } from '../../src/storage/codec'
import { type GatepostDatabase, openDatabase } from '../../src/storage/database'
import { hasArrival, latestPassageOf } from '../../src/storage/facts'
import { toldOfDay } from '../../src/storage/merged-days'
import { record } from '../../src/storage/record'
import { applyChanges } from '../../src/storage/roster-store'
import type { Codecs } from '../../src/vault/codecs'
import { aCheckIn, aCheckInDraft, aContext, aKey, aReading, first, MORNING, valueIn } from '../support/builders'
import { aVault } from '../support/vault'

const isOpen: IsOpen = (told) => isOpenTold(told, () => BASE_RULES)
const PERSON = 'r-1' as ResidentId
const OTHER = 'other' as DeviceId
const { kind: _k, subject: _s, direction: _d, measured: _m, way: _w, rules: _r, ...STAMP } = aCheckIn()
const said = (operation: object) => ({ ...STAMP, key: aKey(), seq: 900, ...operation }) as Told
const by = (...operations: readonly Operation[]) => operations.map((operation) => ({ deviceId: OTHER, operation }))

let db: GatepostDatabase
let codecs: Codecs
beforeEach(async () => {
  db = valueIn(await openDatabase(`cases-${crypto.randomUUID()}`))
  codecs = await aVault(db)
})
afterEach(() => db.delete())

const keep = async (...drafts: Parameters<typeof record>[2]) => valueIn(await record(db, codecs.facts, drafts, aContext()))
const matters = () => openMatters(db, { ...codecs, self: 'me' })

test('an older word of the server takes back nothing of a case that came from phone to phone', async () => {
  const fever = aCheckIn({ measured: aReading(37.6) })
  const left = said({ kind: 'walk-off', target: fever.key })
  await keepCases(db, codecs.own, [{ passage: fever.key, operations: by(fever, left) }], () => false)
  const told = { kind: 'case', passage: fever.key, operations: by(fever), open: true } as const
  const apply = async (cursor: string) => applyChanges(db, codecs.own, [told], cursor, isOpen)
  await apply('c1')
  expect((await caseOf(db, codecs.own, fever.key)).map(({ operation }) => operation.kind)).toEqual(['check-in', 'walk-off'])
  expect(await matters()).toEqual([])
})

test('what comes from phone to phone while the server’s word is being sealed is kept, and so is that word', async () => {
  const fever = aCheckIn({ measured: aReading(37.6) })
  const again = said({ kind: 'retest', target: fever.key, reading: aReading(37.5, { site: 'neck', attempt: 2 }) })
  const left = said({ kind: 'walk-off', target: fever.key, seq: again.seq + 1 })
  const given = { passage: fever.key, operations: by(fever, left) }
  const told = { kind: 'case', passage: fever.key, operations: by(fever, again), open: true } as const
  // The other way comes in after this one has read what is known, and before it writes.
  const beside = (run: () => Promise<void>): Codec => {
    let ran = false
    return {
      open: codecs.own.open,
      async seal(value, about) {
        if (!ran) {
          ran = true
          await run()
        }
        return codecs.own.seal(value, about)
      },
    }
  }
  const pull = (codec: Codec) => applyChanges(db, codec, [told], 'c1', isOpen)
  const take = (codec: Codec) => keepCases(db, codec, [given], isOpen)
  for (const run of [() => pull(beside(() => take(codecs.own))), () => take(beside(() => pull(codecs.own)))]) {
    await db.cases.clear()
    await run()
    const kinds = (await caseOf(db, codecs.own, fever.key)).map(({ operation }) => operation.kind)
    expect(kinds.sort()).toEqual(['check-in', 'retest', 'walk-off'])
    expect(await matters()).toEqual([])
  }
})

test('what another phone did to somebody who waits here is in this phone’s day, once', async () => {
  const { key } = first(await keep(aCheckInDraft({ measured: aReading(37.6), wait: 'opens' })))
  const cleared = said({ kind: 'retest', target: key, reading: aReading(36.7, { site: 'neck', attempt: 2 }) })
  const elsewhere = aCheckIn({ measured: aReading(37.6) })
  const change = (passage: OperationKey, ...operations: Operation[]) =>
    ({ kind: 'case', passage, operations: by(...operations), open: false }) as const
  await applyChanges(db, codecs.own, [change(key, cleared), change(elsewhere.key, elsewhere)], 'c1', isOpen)
  const told = await toldOfDay(db, { ...codecs, self: 'me' }, '2020-02-18' as Day)
  expect(told.map((each) => [each.kind, each.by])).toEqual([
    ['check-in', undefined],
    ['retest', OTHER],
  ])
})

test('an answer or a journey that was taken back is asked for again', async () => {
  const isKnown = () => hasArrival(db, codecs.facts, PERSON, 0)
  const { key } = first(await keep(aCheckInDraft({ answers: { arrival: 'no-journey' } })))
  expect(await isKnown()).toBe(true)
  await keep({ operation: { kind: 'void', target: key, reason: 'undo' } })
  expect(await isKnown()).toBe(false)
  const again = first(await keep(aCheckInDraft({ answers: { arrival: 'no-journey' } })))
  expect(await isKnown()).toBe(true)
  await keep({ operation: { kind: 'void', target: again.key, only: aKey(), reason: 'undo' } })
  expect(await isKnown()).toBe(true)
})

test('who waits was seen here, though a retest of theirs was taken back', async () => {
  const { key } = first(await keep(aCheckInDraft({ measured: aReading(37.6) })))
  const retest = first(await keep({ operation: { kind: 'retest', target: key, reading: aReading(36.7, { site: 'neck', attempt: 2 }) } }))
  await keep({ operation: { kind: 'void', target: key, only: retest.key, reason: 'undo' } })
  expect((await latestPassageOf({ db, codec: codecs.facts, judgedBy: () => BASE_RULES }, PERSON, MORNING - 1))?.key).toBe(key)
})
