import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type GatepostDatabase, openDatabase } from '../../src/storage/database'
import { operationsOfDay } from '../../src/storage/facts'
import { nextBatch } from '../../src/storage/outbox'
import { record } from '../../src/storage/record'
import { applyChanges, loadRoster } from '../../src/storage/roster-store'
import { writeSealed } from '../../src/storage/sealed-values'
import { readShiftNames } from '../../src/storage/shift-names'
import { makeDeviceKeys, publicKeyText } from '../../src/trust/device-keys'
import { openEnvelope } from '../../src/trust/envelope'
import { aCheckInDraft, aContext, first, valueIn } from '../support/builders'
import { aRosterPage } from '../support/community'
import { aDataKey, aVault } from '../support/vault'

const DAY = '2020-02-18' as Parameters<typeof operationsOfDay>[2]
let db: GatepostDatabase
beforeEach(async () => {
  db = valueIn(await openDatabase(`vault-${crypto.randomUUID()}`))
})
afterEach(() => db.delete())

/** Every row of every table, as text, bytes too. */
async function everything(): Promise<string> {
  const rows = await Promise.all(db.tables.map((table) => table.toArray()))
  const decoder = new TextDecoder('latin1')
  return JSON.stringify(rows, (_, value) => (value instanceof Uint8Array ? decoder.decode(value) : value))
}

test('what lies in the database shows no name, unit, operator or reading, and reads back with the key', async () => {
  const dataKey = await aDataKey()
  const { facts, own } = await aVault(db, undefined, dataKey)
  const secret = aCheckInDraft({
    subject: { kind: 'written', name: '欧阳PLANTED' },
    measured: { celsius: 36.87, site: 'wrist', attempt: 1 },
  })
  valueIn(await record(db, facts, [secret], aContext({ operator: 'OPERATOR王' })))
  await applyChanges(db, own, [{ kind: 'roster-page', page: aRosterPage() }], 'c1', () => true)
  await writeSealed(db, own, 'shift-names', { operator: 'OPERATOR王', operators: ['OPERATOR王'] })
  const text = await everything()
  for (const planted of ['PLANTED', '36.87', 'OPERATOR', 'wrist', 'r-0-0', '101']) expect(text).not.toContain(planted)
  expect(text).toContain('check-in')
  const again = await aVault(db, undefined, dataKey)
  expect(first(await operationsOfDay(db, again.facts, DAY))).toMatchObject({ operator: 'OPERATOR王', measured: { celsius: 36.87 } })
  expect(await loadRoster(db, again.own)).toEqual([aRosterPage()])
  expect(await readShiftNames(db, again.own)).toEqual({ operator: 'OPERATOR王', operators: ['OPERATOR王'] })
})

test('another key opens nothing, and a payload that was moved to another row does not open there', async () => {
  const { facts } = await aVault(db)
  valueIn(await record(db, facts, [aCheckInDraft(), aCheckInDraft()], aContext()))
  const stranger = await aVault(db)
  await expect(operationsOfDay(db, stranger.facts, DAY)).rejects.toThrow()
  const [a, b] = await db.facts.toArray()
  if (!a || !b) throw new Error('two rows')
  await db.facts.put({ ...a, payload: b.payload })
  await expect(operationsOfDay(db, facts, DAY)).rejects.toThrow()
})

test('what does not open any more goes up sealed beside what does', async () => {
  const { facts } = await aVault(db)
  valueIn(await record(db, facts, [aCheckInDraft(), aCheckInDraft()], aContext()))
  const row = first(await db.facts.toArray())
  const spoilt = row.payload.slice()
  spoilt[40] = (spoilt[40] ?? 0) ^ 1
  await db.facts.put({ ...row, payload: spoilt })
  const batch = await nextBatch(db, facts, 10)
  expect([batch.operations.length, batch.sealed.map(({ key }) => key)]).toEqual([1, [row.key]])
})

test('one shift key for one unlock, under the data key and for the server; a new unlock has a new one', async () => {
  const server = await makeDeviceKeys()
  const receiver = { keyId: 'aabbccdd', publicKey: await publicKeyText(server.receive.publicKey) }
  const dataKey = await aDataKey()
  for (let unlock = 0; unlock < 2; unlock++) {
    const { facts } = await aVault(db, receiver, dataKey)
    await Promise.all(Array.from({ length: 5 }, () => record(db, facts, [aCheckInDraft()], aContext())))
  }
  const kept = await db.shiftKeys.toArray()
  expect(kept).toHaveLength(2)
  for (const { forServer } of kept) {
    if (!forServer) throw new Error('not for the server')
    expect(await openEnvelope(server.receive, 'shift-key', new Uint8Array(forServer.envelope))).toMatchObject({ ok: true })
  }
})

test('a local post that joins seals its shift keys to the server that it joined', async () => {
  const server = await makeDeviceKeys()
  const { facts, addReceiver } = await aVault(db)
  valueIn(await record(db, facts, [aCheckInDraft()], aContext()))
  expect(first(await db.shiftKeys.toArray()).forServer).toBeUndefined()
  await addReceiver({ keyId: 'aabbccdd', publicKey: await publicKeyText(server.receive.publicKey) })
  expect(first(await db.shiftKeys.toArray()).forServer?.receiveKeyId).toBe('aabbccdd')
  expect(await operationsOfDay(db, facts, DAY)).toHaveLength(1)
})
