import { expect, test } from 'vitest'
import { keepKnown } from '../../src/app/features/roster/keep-known'
import type { CardId, HouseholdId, ResidentId } from '../../src/domain/ids'
import type { Card, Household, Resident } from '../../src/domain/roster'

const resident = (id: string, name: string, phone?: string): Resident => ({
  id: id as ResidentId,
  name,
  tenure: 'owner',
  ...(phone ? { phone } : {}),
})
const card = (id: string, residentId?: string): Card => ({
  id: id as CardId,
  kind: residentId ? 'person' : 'household',
  shortCode: id,
  state: 'valid',
  ...(residentId ? { residentId: residentId as ResidentId } : {}),
})
const household = (id: string, room: string, more: Partial<Household> = {}): Household => ({
  id: id as HouseholdId,
  address: { building: '3', unit: '2', room },
  plates: [],
  residents: [],
  cards: [],
  ...more,
})

test('a unit that was known keeps its id, its cards and what the new list does not say', () => {
  const known = household('old', '501', {
    plates: ['苏A12345'],
    residents: [resident('r1', '张建华', '13812345678')],
    cards: [card('c1', 'r1'), card('c2')],
  })
  const [kept] = keepKnown([household('new', '501', { residents: [resident('x', '张建华'), resident('y', '李梅')] })], [known])
  expect(kept).toEqual({
    ...known,
    residents: [resident('r1', '张建华', '13812345678'), resident('y', '李梅')],
  })
})

test("the card of a person who is no longer listed goes, the household's stays", () => {
  const known = household('old', '501', { residents: [resident('r1', '张建华')], cards: [card('c1', 'r1'), card('c2')] })
  const [kept] = keepKnown([household('new', '501', { residents: [resident('x', '李梅')] })], [known])
  expect(kept?.cards).toEqual([card('c2')])
})

test('two of one name in a unit are told apart by their phone, and never become one', () => {
  const known = household('old', '501', { residents: [resident('r1', '王伟', '13800000001'), resident('r2', '王伟', '13800000002')] })
  const listed = household('new', '501', { residents: [resident('x', '王伟', '13800000002'), resident('y', '王伟', '13800000001')] })
  const [kept] = keepKnown([listed], [known])
  expect(kept?.residents.map(({ id }) => id)).toEqual(['r2', 'r1'])
})

test('a unit that was not known comes as it is listed', () => {
  const listed = household('new', '502', { residents: [resident('x', '李梅')] })
  expect(keepKnown([listed], [household('old', '501')])).toEqual([listed])
})
