import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import type { CompoundId } from '../../src/domain/ids'
import { csvOf } from '../../src/files/csv'
import { initialsOf } from '../../src/files/pinyin'
import { checkRoster, guessMapping, readAddress, rosterPages } from '../../src/files/roster-mapping'
import { readTables } from '../../src/files/roster-table'
import { plainCardId } from '../../src/trust/plain-card'
import { first, valueIn } from '../support/builders'

const FORWARDED = `梧桐苑住户名单,,,,
姓名,房号,手机号,车牌,业主/租户
张建华,3-2-501,138 1234 5678,苏A·12345,业主
曾伟,3幢2单元501室,13900001111,,租户
,3-2-502,,,
李四,某处,,,
王五,12号,12,,
张建华,3-2-501,13812345678,,业主
`
let ids = 0
const makeId = () => `id-${ids++}`
const bytesOf = (text: string) => new TextEncoder().encode(text)
const GBK = new Uint8Array(Buffer.from('d0d5c3fb2cb7bfbac50d0ad5c5bda8bbaa2c332d322d3530310d0a', 'hex'))

async function rosterOf(bytes: Uint8Array<ArrayBuffer>) {
  const table = first(valueIn(await readTables(bytes)))
  return await checkRoster(table, guessMapping(table), makeId)
}

test.each([
  ['CSV', bytesOf(FORWARDED)],
  ['CSV with BOM', bytesOf(`\uFEFF${FORWARDED}`)],
  ['CSV with tabs', bytesOf(FORWARDED.replaceAll(',', '\t'))],
  ['XLSX of LibreOffice', new Uint8Array(readFileSync('tests/files/fixtures/roster.xlsx'))],
])('a forwarded list as %s: who can be read is at home, each faulty row is told by its number', async (_name, bytes) => {
  const { households, residents, errors } = await rosterOf(bytes)
  expect([households.length, residents]).toEqual([1, 2])
  expect(first(households)).toMatchObject({
    address: { building: '3', unit: '2', room: '501' },
    plates: ['苏A12345'],
    residents: [
      { name: '张建华', phone: '13812345678', tenure: 'owner', initials: 'zjh' },
      { name: '曾伟', tenure: 'tenant', initials: 'zw' },
    ],
  })
  expect(errors.map(({ row, kind }) => [row, kind])).toEqual([
    [5, 'no-name'],
    [6, 'address-unreadable'],
    [7, 'phone-unreadable'],
    [8, 'twice'],
  ])
})

test.each([
  ['离宁', true],
  ['是', true],
  ['Yes', true],
  ['', false],
  ['在家', false],
  ['否', false],
])('away in a column of its own: %s', async (cell, away) => {
  const { households } = await rosterOf(bytesOf(`姓名,房号,是否离宁\n张三,3-2-501,${cell}\n`))
  expect(first(first(households).residents).away).toBe(away)
})

test('who is away is never guessed: an answer that is none is told, and a list without the column says nothing', async () => {
  const { errors, households } = await rosterOf(bytesOf('姓名,房号,离宁\n张三,3-2-501,南通\n'))
  expect([errors, households]).toEqual([[{ row: 2, kind: 'away-unreadable', text: '张三' }], []])
  const { households: silent } = await rosterOf(bytesOf('姓名,房号\n张三,3-2-501\n'))
  expect(first(first(silent).residents)).not.toHaveProperty('away')
})

test('an empty row does not shift the numbers of those below', async () => {
  const { errors } = await rosterOf(bytesOf('姓名,房号\n\n张三,3-2-501\n\n李四,某处\n'))
  expect(errors).toEqual([{ row: 5, kind: 'address-unreadable', text: '某处' }])
})

test('a list saved in the local code page is read', async () => {
  expect(first((await rosterOf(GBK)).households).residents[0]?.name).toBe('张建华')
})

test.each([
  ['nothing', new Uint8Array(), 'empty'],
  ['a PDF', bytesOf('%PDF-1.4'), 'unknown-format'],
  ['an old XLS', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]), 'unknown-format'],
  ['a broken XLSX', new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]), 'unreadable'],
])('%s is refused with its reason', async (_name, bytes, kind) => {
  expect(await readTables(bytes)).toEqual({ ok: false, error: { kind } })
})

test.each([
  ['3-2-501', ['3', '2', '501']],
  ['3栋501', ['3', '', '501']],
  ['３－２－５０１', ['3', '2', '501']],
  ['12号', ['', '', '12']],
  ['某处', undefined],
])('the unit %s', (text, parts) => {
  const address = readAddress(text)
  expect(address && [address.building, address.unit, address.room]).toEqual(parts)
})

const WITH_CODES = `姓名,房号,旧卡编号
张建华,3-2-501,000123456
李梅,3-2-501,000123456
王五,3-2-502,NO-7
赵六,3-2-503,
钱七,3-2-504,123456
孙八,3-2-505,1.2E+17
周九,3-2-506,GP1:ABCDEF
`

test('codes of cards that were handed out before: beside one member a person’s, beside several the household’s; the code itself is not kept', async () => {
  const checked = await rosterOf(bytesOf(WITH_CODES))
  const [family, single, none] = checked.households
  expect(family?.cards).toEqual([
    { id: await plainCardId('123456'), kind: 'household', shortCode: expect.any(String), state: 'valid', plain: true },
  ])
  expect(single?.cards).toMatchObject([
    { id: await plainCardId('NO-7'), kind: 'person', residentId: single?.residents[0]?.id, plain: true },
  ])
  expect(none?.cards).toEqual([])
  expect(checked.errors).toEqual([
    { row: 6, kind: 'code-twice', text: '钱七' },
    { row: 7, kind: 'code-unreadable', text: '孙八' },
    { row: 8, kind: 'code-unreadable', text: '周九' },
  ])
  expect(JSON.stringify(checked)).not.toMatch(/123456|NO-7|ABCDEF/)
})

test.each([
  ['卡号', 'code'],
  ['住户卡号', 'code'],
  ['出入证编号', 'code'],
  ['二维码', 'code'],
  ['Card no.', 'code'],
  ['住户姓名', 'name'],
  ['身份证号', undefined],
  ['编号', undefined],
])('a column headed %s is taken for: %s', (heading, field) => {
  const { columns } = guessMapping({ name: '', rows: [[heading]] })
  expect(Object.keys(columns)).toEqual(field ? [field] : [])
})

test('a long number that a spreadsheet kept as a number is not taken for a whole one', async () => {
  const file = new Uint8Array(readFileSync('tests/files/fixtures/card-numbers.xlsx'))
  const { households, errors } = await rosterOf(file)
  expect(errors).toEqual([{ row: 2, kind: 'code-unreadable', text: '张建华' }])
  expect(households.flatMap(({ cards }) => cards.map(({ id }) => id))).toEqual([await plainCardId('320102199001011234')])
})

test('surnames are read as surnames', () => {
  expect(['单田芳', '曾国藩', '解晓东', '仇英', 'John Li'].map(initialsOf)).toEqual(['stf', 'zgf', 'xxd', 'qy', 'johnli'])
})

test('pages hold about 500 residents and lose no household', () => {
  const households = Array.from({ length: 900 }, (_, i) => ({
    id: `h${i}`,
    address: { building: '', unit: '', room: String(i) },
    plates: [],
    cards: [],
    residents: [
      { id: `r${i}`, name: '某', tenure: 'owner' },
      { id: `q${i}`, name: '某', tenure: 'owner' },
    ],
  })) as unknown as Parameters<typeof rosterPages>[1]
  const pages = rosterPages('c' as CompoundId, households)
  expect(pages.map((page) => page.households.length)).toEqual([250, 250, 250, 150])
})

test('what is written as CSV is read back whole by another program, and no text in it begins a formula', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('=1+1', '+86', '-2', '@x', 'a,b', 'a"b', 'a\r\nb', '\u202e倒', '😀', ' =1'),
  )
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 }), (rows) => {
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(csvOf(['a', 'b', 'c'], rows))
      expect(text.startsWith('\uFEFF')).toBe(true)
      const { data } = Papa.parse<string[]>(text.slice(1), { newline: '\r\n' })
      const read = data.slice(1, -1)
      expect(read.length).toBe(rows.length)
      const cells = read.flat()
      expect(rows.flat().filter((written, i) => cells[i] !== written && cells[i] !== `'${written}`)).toEqual([])
      expect(data.flat().some((text) => /^\s*[=+\-@]/.test(text))).toBe(false)
    }),
  )
})

test('numbers stay numbers', () => {
  expect(new TextDecoder().decode(csvOf(['a'], [[36.5], [-3]]))).toBe('a\r\n36.5\r\n-3\r\n')
})
