import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Operation } from '../../src/domain/operation'
import { heldOfDay, insertOperations } from '../../src/server/database/operations'
import { aCheckIn, MORNING } from '../support/builders'
import { aCommunity, aDevice, COMMUNITY, SOUTH_GATE } from '../support/community'
import { aDatabase, type TestDatabase } from '../support/postgres'
import { anOperation } from '../support/report'

let db: TestDatabase
beforeAll(async () => {
  db = await aDatabase()
  await aCommunity(db.pool)
})
afterAll(() => db.close())

test('what the server has of a phone’s day is told to it and to its lead: late words and paper by the day that they are of, tips never', async () => {
  const [own, other] = [await aDevice(db.pool), await aDevice(db.pool)]
  const at = (time: string) => ({ deviceTime: `2020-02-${time}:00.000+08:00` })
  const passage = aCheckIn(at('18T23:59'))
  const nextDay = aCheckIn(at('19T00:00'))
  const paper = aCheckIn({ ...at('19T09:00'), occurredAt: '2020-02-18T06:00:00.000+08:00' })
  const late = anOperation(0, { kind: 'void', target: passage.key, reason: 'undo', ...at('19T08:00') })
  const tip = anOperation(0, { kind: 'tip', topic: 'other', ...at('18T10:00') })
  const theirs = aCheckIn(at('18T10:00'))
  const keep = (id: typeof own.id, operations: readonly Operation[]) =>
    insertOperations(
      db.pool,
      COMMUNITY.id,
      id,
      operations.map((operation) => ({ operation, postId: SOUTH_GATE })),
      MORNING,
    )
  await keep(own.id, [passage, nextDay, paper, late, tip])
  await keep(other.id, [theirs])
  const held = async (deviceId: typeof own.id, day: string) =>
    (await heldOfDay(db.pool, COMMUNITY.id, { deviceId, day })).map(({ key }) => key)
  expect(new Set(await held(own.id, '2020-02-18'))).toEqual(new Set([passage.key, paper.key, late.key]))
  expect(await held(own.id, '2020-02-19')).toEqual([nextDay.key])
  expect(await held(other.id, '2020-02-18')).toEqual([theirs.key])
  const [first] = await heldOfDay(db.pool, COMMUNITY.id, { deviceId: own.id, day: '2020-02-19' })
  expect(first).toEqual({ key: nextDay.key, kind: 'check-in', at: new Date('2020-02-18T16:00:00Z'), postId: SOUTH_GATE })
})
