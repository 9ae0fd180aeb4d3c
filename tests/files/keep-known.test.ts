import { expect, test } from 'vitest'
import type { CardId, HouseholdId, ResidentId } from '../../src/domain/ids'
import type { Card, Household, Resident } from '../../src/domain/roster'
import { keepKnown } from '../../src/files/keep-known'

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

test('who is away stays so until a list says that they are back', () => {
  const away = { ...resident('r1', '张建华'), away: true }
  const known = [household('old', '501', { residents: [away] })]
  const listed = (more: Partial<Resident>) => [household('new', '501', { residents: [{ ...resident('x', '张建华'), ...more }] })]
  expect(keepKnown(listed({}), known)[0]?.residents[0]).toMatchObject({ id: 'r1', away: true })
  expect(keepKnown(listed({ away: false }), known)[0]?.residents[0]).toMatchObject({ id: 'r1', away: false })
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

const plain = (id: string, residentId?: string): Card => ({ ...card(id, residentId), plain: true })

test('a list without codes keeps the old cards; one with codes says anew whose they are', () => {
  const known = [
    household('a', '501', {
      residents: [resident('r1', '张建华'), resident('r2', '李梅')],
      cards: [plain('p1', 'r1'), plain('p2', 'r2'), card('c1', 'r1')],
    }),
    household('b', '502', { residents: [resident('r3', '王五')], cards: [plain('p3', 'r3')] }),
  ]
  const people = [resident('x', '张建华'), resident('y', '李梅')]
  const [first, second] = keepKnown(
    [
      household('n', '501', { residents: people, cards: [plain('p4', 'x'), plain('p3', 'y')] }),
      household('m', '502', { residents: [resident('z', '王五')] }),
    ],
    known,
  )
  expect(first?.cards).toEqual([plain('p4', 'r1'), plain('p3', 'r2'), card('c1', 'r1')])
  expect(second?.cards).toEqual([])
  const [same] = keepKnown([household('n', '501', { residents: people })], known)
  expect(same?.cards).toEqual(known[0]?.cards)
})

test('an old card that was switched off stays so, whoever the new list gives it to', () => {
  const off: Card = { ...plain('p1', 'r1'), state: 'revoked' }
  const known = household('a', '501', { residents: [resident('r1', '张建华')], cards: [off] })
  const listed = (id: string, room: string) => household(id, room, { residents: [resident('x', '张建华')], cards: [plain('p1', 'x')] })
  expect(keepKnown([listed('n', '501')], [known])[0]?.cards).toEqual([off])
  expect(keepKnown([listed('n', '777')], [known])[0]?.cards).toEqual([{ ...off, residentId: 'x' }])
  const lost = keepKnown([household('n', '501', { residents: [resident('x', '张建华')], cards: [plain('p9', 'x')] })], [known])
  expect(lost[0]?.cards).toEqual([plain('p9', 'r1'), off])
})
