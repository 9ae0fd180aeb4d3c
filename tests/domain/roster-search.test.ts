import { expect, test } from 'vitest'
import { cardIdOf, checkCharacter, shortCodeDoubt, shortCodeOf } from '../../src/domain/card'
import type { CardId, CompoundId, HouseholdId, ResidentId } from '../../src/domain/ids'
import type { Household, RosterPage } from '../../src/domain/roster'
import { buildRosterIndex, byShortCode, cardHolder, findCars, findResidents } from '../../src/domain/roster-search'

const household = (id: string, [building, unit, room]: [string, string, string], part: Partial<Household> = {}): Household => ({
  id: id as HouseholdId,
  address: { building, unit, room },
  plates: [],
  residents: [],
  cards: [],
  ...part,
})
const CODE = `7KQ2M9X${checkCharacter('7KQ2M9X')}`
const PAGES: RosterPage[] = [
  {
    compoundId: 'wutong' as CompoundId,
    page: 0,
    households: [
      household('h1', ['3', '2', '501'], {
        plates: ['苏A·12345', '苏AD12345'],
        residents: [
          { id: 'r1' as ResidentId, name: '张建华', phone: '13812345678', tenure: 'owner', initials: 'zjh' },
          { id: 'r2' as ResidentId, name: '欧阳雪', phone: '13900001111', tenure: 'tenant', initials: 'oyx' },
        ],
        cards: [
          { id: 'CARD1' as CardId, kind: 'person', residentId: 'r1' as ResidentId, shortCode: CODE, state: 'valid' },
          { id: 'CARD2' as CardId, kind: 'household', shortCode: 'X', state: 'valid' },
        ],
      }),
      household('h2', ['3', '2', '502'], { residents: [{ id: 'r3' as ResidentId, name: '张伟', tenure: 'owner', initials: 'zw' }] }),
      household('h3', ['13', '1', '501']),
    ],
  },
  { compoundId: 'wantou' as CompoundId, page: 0, households: [household('h4', ['', '', '12'])] },
]
const index = buildRosterIndex(PAGES)
const found = (typed: string) =>
  findResidents(index, typed, 20).map(({ why, household, resident }) => `${why}:${resident?.id ?? household.id}`)

test.each([
  ['3-2-501', ['unit:h1']],
  ['3 2 501', ['unit:h1']],
  ['3幢2单元501室', ['unit:h1']],
  ['３－２－５０１', ['unit:h1']],
  ['32501', ['unit:h1']],
  ['3-2', ['unit:h1', 'unit:h2']],
  ['3', ['unit:h1', 'unit:h2']],
  ['501', ['unit:h1', 'unit:h3']],
  ['12', ['unit:h4', 'unit:h1', 'unit:h2'].slice(0, 1)],
  ['5678', ['phone:r1']],
  ['13900001111', ['phone:r2']],
  ['345', ['plate:h1']],
  ['苏A12345', ['plate:h1']],
  ['ad123', ['plate:h1'].slice(1)],
  ['d12345', ['plate:h1']],
  ['z', ['initials:r1', 'initials:r3']],
  ['zj', ['initials:r1']],
  ['ZW', ['initials:r3']],
  ['张', ['name:r1', 'name:r3']],
  ['建华', ['name:r1']],
  ['欧阳', ['name:r2']],
  [CODE.toLowerCase(), ['code:r1']],
  ['', []],
  ['没有这个人', []],
  ['9-9-999', []],
  ['\n', []],
])('what %s finds', (typed, expected) => {
  expect(found(typed)).toEqual(expected)
})

test('a household is found once, however many of its keys match, and no more than asked for', () => {
  expect(findResidents(index, '3', 1)).toHaveLength(1)
  expect(new Set(found('1')).size).toBe(found('1').length)
})

test('a card leads to its holder; a mistyped short code to nobody', () => {
  expect(cardHolder(index, 'CARD1' as CardId)?.resident?.name).toBe('张建华')
  expect(cardHolder(index, 'CARD2' as CardId)).toMatchObject({ household: { id: 'h1' } })
  expect(cardHolder(index, 'NOBODY' as CardId)).toBeUndefined()
  expect(byShortCode(index, CODE)?.card.id).toBe('CARD1')
  expect(byShortCode(index, `0${CODE.slice(1)}`)).toBeUndefined()
})

test('one keystroke finds its own among 20,000 residents', () => {
  const many = buildRosterIndex([
    {
      compoundId: 'big' as CompoundId,
      page: 0,
      households: Array.from({ length: 8000 }, (_, i) =>
        household(`h${i}`, [String(1 + (i % 40)), String(1 + (i % 5)), String(101 + i)], {
          residents: [0, 1, 2].slice(0, 2 + (i % 2)).map((n) => ({
            id: `r${i}-${n}` as ResidentId,
            name: `人${i}号`,
            phone: `139${String(i * 3 + n).padStart(8, '0')}`,
            tenure: 'owner',
            initials: 'rh',
          })),
        }),
      ),
    },
  ])
  expect(many.residents).toBe(20_000)
  expect(findResidents(many, '0123', 20).some(({ resident }) => resident?.phone?.endsWith('0123'))).toBe(true)
  expect(findResidents(many, '8100', 5)[0]?.household.address.room).toBe('8100')
})

test.each([
  ['345', ['苏A·12345', '苏AD12345']],
  ['苏AD', ['苏AD12345']],
  ['D12345', ['苏AD12345']],
  ['34', ['苏A·12345', '苏AD12345']],
  ['45', []],
  ['501', []],
])('the cars that %s means', (typed, plates) => {
  expect(findCars(index, typed, 2).map(({ plate }) => plate)).toEqual(plates)
})

test('a car is found by its last three among ten thousand homes whose numbers end alike', () => {
  const many = Array.from({ length: 10_000 }, (_, i) =>
    household(`m${i}`, [String(i % 40), '1', String(100 + (i % 900))], { plates: i % 10 === 0 ? [`苏B${10_000 + i}`] : [] }),
  )
  const large = buildRosterIndex([{ compoundId: 'c' as CompoundId, page: 0, households: many }])
  expect(findCars(large, '苏B12340', 2).map(({ plate }) => plate)).toEqual(['苏B12340'])
  expect(findCars(large, '340', 20).length).toBeGreaterThan(0)
  // Of two characters too many would be offered.
  expect(findCars(large, '34', 2)).toEqual([])
})

const TYPED_CODE = shortCodeOf(cardIdOf(Uint8Array.of(7, 0, 0, 0, 171, 205, 239, 1)))

test.each([
  [TYPED_CODE, 'unknown'],
  [TYPED_CODE.toLowerCase().replace(/^(....)/, '$1-'), 'unknown'],
  [`${TYPED_CODE.slice(0, 7)}${TYPED_CODE.endsWith('A') ? 'B' : 'A'}`, 'mistyped'],
  ['zhangsan', undefined],
  ['13812345', undefined],
  ['3-2-501', undefined],
  ['苏AD12345', undefined],
])('%s that found nobody is, as a short code, %s', (typed, doubt) => {
  expect(shortCodeDoubt(typed)).toBe(doubt)
})
