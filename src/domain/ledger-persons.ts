import type { LedgerRow, LedgerView, LedgerWriter } from './ledger-columns'
import type { Subject } from './operation'
import { maskPlate } from './plate'
import { maskPhone, type UnitAddress, unitText } from './roster'

type SubjectColumn = 'category' | 'name' | 'unit' | 'phone' | 'plate' | 'matter' | 'key-area'

/** Who passed, or did not: as the roster knows them, else as they were written down. */
export function subjectOf(subject: Subject, { source, view, words }: LedgerWriter): Pick<LedgerRow, SubjectColumn> {
  const { resident, household } = source.residentOf(subject)
  const said = 'name' in subject ? subject.name : undefined
  const phone = resident?.phone ?? ('phone' in subject ? subject.phone : undefined)
  const address = household?.address ?? ('address' in subject ? subject.address : undefined)
  const isFull = view === 'full'
  const names = namesOf({ name: resident?.name ?? said ?? '', phone, address }, view)
  return {
    category: words.categories[resident?.tenure ?? subject.kind],
    ...names,
    ...(subject.kind === 'unlisted' ? { name: isFull ? words.categories.unlisted : '*' } : {}),
    plate: plateOf(subject.kind === 'courier' ? subject.plate : undefined, view),
    // What somebody typed may name anybody.
    matter: isFull ? matterOf(subject) : '',
    'key-area': isFull && subject.kind === 'visitor' && subject.keyArea !== undefined ? (subject.keyArea ? words.yes : words.no) : '',
  }
}

function matterOf(subject: Subject): string {
  if (subject.kind === 'visitor') return subject.reason ?? ''
  return subject.kind === 'courier' ? (subject.company ?? '') : ''
}

interface Named {
  readonly name: string
  readonly phone?: string | undefined
  readonly address?: UnitAddress | undefined
}

export function namesOf({ name, phone, address }: Named, view: LedgerView): Pick<LedgerRow, 'name' | 'unit' | 'phone'> {
  const isFull = view === 'full'
  return {
    name: isFull ? name : surname(name),
    unit: address ? (isFull ? unitText(address) : building(address)) : '',
    phone: phone ? (isFull ? phone : maskPhone(phone)) : '',
  }
}

export const plateOf = (plate: string | undefined, view: LedgerView) => (plate ? (view === 'full' ? plate : maskPlate(plate)) : '')

const DOUBLE_SURNAMES = ['欧阳', '司马', '诸葛', '上官', '东方', '皇甫', '尉迟', '公孙', '令狐', '司徒', '夏侯', '慕容', '端木']

/** 张*, 欧阳*. */
export function surname(name: string): string {
  if (name === '') return ''
  const double = DOUBLE_SURNAMES.find((each) => name.startsWith(each) && name.length > 2)
  return `${double ?? Array.from(name)[0]}*`
}

/** 3幢; a village has no buildings, and its number would name the home. */
export function building(address: UnitAddress): string {
  return address.building === '' ? '' : unitText({ ...address, unit: '', room: '' }).replace(/室$/, '')
}
