import { shortCodeOf } from '../domain/card'
import type { CardId, CompoundId, HouseholdId, ResidentId } from '../domain/ids'
import type { Card, Household, Resident, RosterPage, UnitAddress } from '../domain/roster'
import { plainCardId, plainCodeOf } from '../trust/plain-card'
import { initialsOf } from './pinyin'
import type { Table } from './roster-table'

export const FIELDS = ['address', 'building', 'unit', 'room', 'name', 'phone', 'plate', 'tenure', 'away', 'code'] as const
export type RosterField = (typeof FIELDS)[number]

/** Which column holds what; a column that is not named here is not read. */
export interface Mapping {
  /** Rows above the first person. */
  readonly headingRows: number
  readonly columns: Readonly<Partial<Record<RosterField, number>>>
}

const HEADINGS: readonly (readonly [RosterField, RegExp])[] = [
  ['address', /^(房号|住址|地址|门牌|门牌号|房屋|房间号|家庭住址|幢-?单元-?室|unit|address|home)/i],
  ['building', /^(幢|栋|楼|楼栋|幢号|栋号|楼号|building)/i],
  ['unit', /^(单元|单元号|梯|stair|entrance)/i],
  ['room', /^(室|室号|房间|房|room|flat)/i],
  [
    'code',
    /^(?:住户|小区|户|门禁|出入|旧|老)?(?:卡|卡片|出入证|通行证|证件卡)(?:编?号|二维码|码|内容)|^二维码|^(?:card|code|pass)(?:\b|no|code|id|number|_)/i,
  ],
  ['name', /^(姓名|名字|住户|住户姓名|户主|业主姓名|居民|name|resident)/i],
  ['phone', /^(电话|手机|手机号|联系电话|联系方式|移动电话|phone|mobile|tel)/i],
  ['plate', /^(车牌|车牌号|车号|plate)/i],
  // Not 在宁 or 返宁: the same answer says the opposite there.
  ['away', /^(是否)?(离宁|在外|外出|外地|away|absent)/i],
  ['tenure', /^(类型|性质|业主\/租户|身份(?!证)|产权|租住|tenure|owner)/i],
]
const LOOK_FOR_HEADING_IN = 5 // rows; titles often stand above it

/** Finds the heading row and what its words mean. */
export function guessMapping({ rows }: Table): Mapping {
  const guesses = rows.slice(0, LOOK_FOR_HEADING_IN).map((row, i) => ({ headingRows: i + 1, columns: columnsOf(row) }))
  const best = guesses.sort((a, b) => Object.keys(b.columns).length - Object.keys(a.columns).length)[0]
  return best && Object.keys(best.columns).length > 0 ? best : { headingRows: 0, columns: {} }
}

function columnsOf(row: readonly string[]): Mapping['columns'] {
  const columns: Partial<Record<RosterField, number>> = {}
  row.forEach((cell, column) => {
    const heading = cell.replace(/\s/g, '')
    const field = HEADINGS.find(([name, pattern]) => columns[name] === undefined && pattern.test(heading))?.[0]
    if (field) columns[field] = column
  })
  return columns
}

/** What is wrong in a row; `row` is the number that the spreadsheet shows. */
export interface RowError {
  readonly row: number
  readonly kind:
    | 'no-name'
    | 'no-address'
    | 'address-unreadable'
    | 'phone-unreadable'
    | 'away-unreadable'
    | 'twice'
    | 'code-unreadable'
    | 'code-twice'
  readonly text: string
}

export interface CheckedRoster {
  readonly households: readonly Household[]
  readonly residents: number
  readonly errors: readonly RowError[]
}

interface Person {
  readonly row: number
  readonly name: string
  readonly address: UnitAddress
  readonly phone: string
  readonly plates: readonly string[]
  readonly tenure: Resident['tenure']
  /** None: the list does not say. */
  readonly away?: boolean
  /** Of a card that was handed out before. */
  readonly code?: string
}

/** Reads the table's rows as people at home. Nothing is guessed: a row that cannot be read is an error, and not among the households. */
export async function checkRoster(table: Table, mapping: Mapping, makeId: () => string): Promise<CheckedRoster> {
  const errors: RowError[] = []
  const byHome = new Map<string, Person[]>()
  const homeOfCode = new Map<string, string>()
  for (const [i, cells] of table.rows.entries()) {
    if (i < mapping.headingRows || cells.every((cell) => cell === '')) continue
    const read = personOf(cells, mapping, i + 1)
    if ('kind' in read) {
      errors.push(read)
      continue
    }
    const home = Object.values(read.address).join('-')
    const others = byHome.get(home) ?? []
    if (others.some(({ name, phone }) => name === read.name && phone === read.phone))
      errors.push({ row: read.row, kind: 'twice', text: read.name })
    // A household's card may stand beside each of its members; beside two households it is a mistake.
    else if (read.code !== undefined && (homeOfCode.get(read.code) ?? home) !== home)
      errors.push({ row: read.row, kind: 'code-twice', text: read.name })
    else {
      byHome.set(home, [...others, read])
      if (read.code !== undefined) homeOfCode.set(read.code, home)
    }
  }
  const idOfCode = new Map(await Promise.all([...homeOfCode.keys()].map(async (code) => [code, await plainCardId(code)] as const)))
  const households = [...byHome.values()].map((people) => householdOf(people, makeId, idOfCode))
  return { households, residents: households.reduce((sum, { residents }) => sum + residents.length, 0), errors }
}

function personOf(cells: readonly string[], { columns }: Mapping, row: number): Person | RowError {
  const cell = (field: RosterField) => {
    const column = columns[field]
    return column === undefined ? '' : (cells[column] ?? '').normalize('NFKC').trim()
  }
  const name = cell('name')
  if (name === '') return { row, kind: 'no-name', text: cells.join(' ').slice(0, 40) }
  const home = cell('address') || [cell('building'), cell('unit'), cell('room')].filter(Boolean).join('-')
  if (home === '') return { row, kind: 'no-address', text: name }
  const address = columns.address === undefined && cell('room') ? partsOf(cell('building'), cell('unit'), cell('room')) : readAddress(home)
  if (!address) return { row, kind: 'address-unreadable', text: home }
  const phone = cell('phone').replace(/[\s-]/g, '')
  if (phone !== '' && !/^\+?\d{5,15}$/.test(phone)) return { row, kind: 'phone-unreadable', text: phone }
  const written = cell('code')
  const code = plainCodeOf(written)
  // The name, not the code: what is told of a row may stand in a log.
  if (written !== '' && code === undefined) return { row, kind: 'code-unreadable', text: name }
  const plates = cell('plate')
    .split(/[,，、;；\s]+/)
    .filter(Boolean)
    .map((plate) => plate.replace(/[·•.]/g, '').toUpperCase())
  const tenure = /租|tenant|rent/i.test(cell('tenure')) ? 'tenant' : 'owner'
  const away = columns.away === undefined ? undefined : awayOf(cell('away'))
  if (away === 'unreadable') return { row, kind: 'away-unreadable', text: name }
  return { row, name, address, phone, plates, tenure, ...(away === undefined ? {} : { away }), ...(code === undefined ? {} : { code }) }
}

/** An empty cell is somebody at home. */
function awayOf(text: string): boolean | 'unreadable' {
  if (/^(离宁|在外|外出|外地|未返|未回|不在|是|有|y|yes|true|1|√|✓|✔)/i.test(text)) return true
  return /^($|在宁|在家|已返|已回|否|无|未离|没有|n|no|false|0|×|-)/i.test(text) ? false : 'unreadable'
}

const partsOf = (building: string, unit: string, room: string): UnitAddress => ({
  building: building.replace(/[幢栋楼号座]+$/, ''),
  unit: unit.replace(/单元$/, ''),
  room: room.replace(/[室号]+$/, ''),
})

/** 3-2-501, 3幢2单元501室, 3栋501, 12号, 12. */
export function readAddress(text: string): UnitAddress | undefined {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  const three = /^([0-9A-Za-z]+)(?:-|幢|栋|号楼|座)([0-9A-Za-z]+)(?:-|单元)([0-9A-Za-z]+)室?$/.exec(plain)
  if (three) return { building: three[1] ?? '', unit: three[2] ?? '', room: three[3] ?? '' }
  const two = /^([0-9A-Za-z]+)(?:-|幢|栋|号楼|座)-?([0-9A-Za-z]+)室?$/.exec(plain)
  if (two) return { building: two[1] ?? '', unit: '', room: two[2] ?? '' }
  const one = /^([0-9A-Za-z]+)[室号户]?$/.exec(plain)
  return one ? { building: '', unit: '', room: one[1] ?? '' } : undefined
}

function householdOf(people: readonly Person[], makeId: () => string, idOfCode: ReadonlyMap<string, CardId>): Household {
  const [first] = people
  if (!first) throw new Error('householdOf: a household has people')
  const residents = people.map(({ name, phone, tenure, away }): Resident => {
    const initials = initialsOf(name)
    return {
      id: makeId() as ResidentId,
      name,
      tenure,
      ...(phone ? { phone } : {}),
      ...(initials ? { initials } : {}),
      ...(away === undefined ? {} : { away }),
    }
  })
  return {
    id: makeId() as HouseholdId,
    address: first.address,
    plates: [...new Set(people.flatMap(({ plates }) => plates))],
    residents,
    cards: plainCardsOf(people, residents, idOfCode),
  }
}

/** A code beside one member is that person's card, beside several the household's. */
function plainCardsOf(people: readonly Person[], residents: readonly Resident[], idOfCode: ReadonlyMap<string, CardId>): Card[] {
  const holders = new Map<CardId, ResidentId[]>()
  for (const [i, { code }] of people.entries()) {
    const [id, resident] = [code && idOfCode.get(code), residents[i]]
    if (id && resident) holders.set(id, [...(holders.get(id) ?? []), resident.id])
  }
  return [...holders].map(([id, [residentId, ...others]]) => ({
    id,
    ...(residentId && others.length === 0 ? { kind: 'person', residentId } : { kind: 'household' }),
    shortCode: shortCodeOf(id),
    state: 'valid',
    plain: true,
  }))
}

const RESIDENTS_A_PAGE = 500

/** Households in pages of about 500 residents, as they are stored and sent. */
export function rosterPages(compoundId: CompoundId, households: readonly Household[]): RosterPage[] {
  const pages: Household[][] = []
  let residents = RESIDENTS_A_PAGE
  for (const household of households) {
    if (residents >= RESIDENTS_A_PAGE) {
      pages.push([])
      residents = 0
    }
    pages.at(-1)?.push(household)
    residents += household.residents.length
  }
  return pages.map((page, i) => ({ compoundId, page: i, households: page }))
}
