import type { RosterField, RowError } from '../../../files/roster-mapping'
import type { TableError } from '../../../files/roster-table'
import type { PlainKey } from '../../i18n/translate'

export const FIELD_WORDS = {
  address: 'roster.field-address',
  building: 'roster.field-building',
  unit: 'roster.field-unit',
  room: 'roster.field-room',
  name: 'roster.field-name',
  phone: 'roster.field-phone',
  plate: 'roster.field-plate',
  tenure: 'roster.field-tenure',
  away: 'roster.field-away',
  code: 'roster.field-code',
} as const satisfies Record<RosterField, PlainKey>

export const ROW_WORDS = {
  'no-name': 'roster.row-no-name',
  'no-address': 'roster.row-no-address',
  'address-unreadable': 'roster.row-address-unreadable',
  'phone-unreadable': 'roster.row-phone-unreadable',
  'away-unreadable': 'roster.row-away-unreadable',
  twice: 'roster.row-twice',
  'code-unreadable': 'roster.row-code-unreadable',
  'code-twice': 'roster.row-code-twice',
} as const satisfies Record<RowError['kind'], string>

/** Why a file cannot be taken, and what to do. */
export const TABLE_WORDS = {
  empty: { title: 'roster.file-empty', todo: 'roster.file-empty-todo' },
  'unknown-format': { title: 'roster.file-unknown-format', todo: 'roster.file-unknown-format-todo' },
  unreadable: { title: 'roster.file-unreadable', todo: 'roster.file-unreadable-todo' },
  'too-large': { title: 'roster.file-too-large', todo: 'roster.file-too-large-todo' },
} as const satisfies Record<TableError['kind'], { title: PlainKey; todo: PlainKey }>
