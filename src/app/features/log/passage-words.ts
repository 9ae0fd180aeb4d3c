import type { HouseholdId } from '../../../domain/ids'
import { isWaiting, type JudgedBy, type Passage } from '../../../domain/passage'
import { type Mark, wentThrough } from '../../../domain/presence'
import { bandOf } from '../../../domain/reading'
import { maskName, type UnitAddress, unitText } from '../../../domain/roster'
import type { RosterIndex } from '../../../domain/roster-search'
import { celsiusText, clockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import type { IconName } from '../../ui/icon'

/** Masked name and unit of whom a passage is about. */
export function namesOf(
  { checkIn: { subject, exception } }: Passage,
  roster: RosterIndex | undefined,
): { readonly name: string; readonly unit: string } {
  if (exception?.kind === 'emergency' && subject.kind === 'written') return { name: t(`emergency.${exception.what}`), unit: '' }
  const unitOf = (householdId: HouseholdId | undefined, address: UnitAddress | undefined) => {
    const known = householdId && roster?.householdById.get(householdId)
    return known ? unitText(known.address) : address ? unitText(address) : ''
  }
  switch (subject.kind) {
    case 'resident': {
      const known = roster?.residentById.get(subject.residentId)
      return known
        ? { name: maskName(known.resident.name), unit: unitText(known.household.address) }
        : { name: t('log.somebody'), unit: '' }
    }
    case 'unlisted': {
      const household = roster?.householdById.get(subject.householdId)
      return { name: t('log.unlisted'), unit: household ? unitText(household.address) : '' }
    }
    case 'written':
      return { name: maskName(subject.name), unit: unitOf(undefined, subject.address) }
    case 'visitor':
      return { name: maskName(subject.name), unit: unitOf(subject.householdId, subject.address) }
    case 'courier':
      return { name: [subject.company, subject.name && maskName(subject.name)].filter(Boolean).join(' ') || t('gate.courier'), unit: '' }
    default:
      return subject satisfies never
  }
}

/** Unmasked: for the ten seconds that somebody has asked for, on record. */
export function wholeOf({ checkIn: { subject } }: Passage, roster: RosterIndex | undefined): string {
  switch (subject.kind) {
    case 'resident': {
      const known = roster?.residentById.get(subject.residentId)
      return [known?.resident.name, known?.resident.phone].filter(Boolean).join(' ')
    }
    case 'unlisted':
      return t('log.unlisted')
    case 'written':
      return subject.name
    case 'visitor':
      return [subject.name, subject.phone, subject.idNumber].filter(Boolean).join(' ')
    case 'courier':
      return [subject.company, subject.name, subject.phone, subject.plate].filter(Boolean).join(' ')
    default:
      return subject satisfies never
  }
}

/** 33.4 > 36.2, or why there is no reading. */
export function readingsText({ readings, inRange, checkIn: { measured } }: Passage): string {
  if (readings.length > 0) return readings.map(({ celsius }) => celsiusText(celsius)).join(' → ')
  if (inRange) return t('gate.in-range')
  return 'reason' in measured ? t(`not-measured.${measured.reason}`) : ''
}

const ICONS = {
  admitted: 'check',
  measure: 'thermometer',
  'too-low': 'hand',
  wait: 'hand',
  confirmed: 'warning',
  'not-measured': 'more',
  'walked-off': 'more',
  excepted: 'more',
} as const satisfies Record<Passage['step']['at'], IconName>

/** Where a passage stands, by sign and words. */
export function stateOf({ voided, step }: Passage): { readonly icon: IconName; words(): string } {
  if (voided) return { icon: 'close', words: () => t('log.state-voided') }
  return { icon: ICONS[step.at], words: () => t(`log.state-${step.at}`) }
}

export const FILTERS = ['all', 'in', 'out', 'not-measured', 'too-low', 'high', 'waiting', 'voided', 'unsent'] as const
export type Filter = (typeof FILTERS)[number]

export function passes(filter: Filter, passage: Passage, isUnsent: boolean, judgedBy: JudgedBy): boolean {
  const { bands } = judgedBy(passage.checkIn.rules)
  const hasBand = (wanted: string) => passage.readings.some(({ celsius, site }) => bandOf(celsius, bands[site]) === wanted)
  switch (filter) {
    case 'all':
      return true
    case 'in':
    case 'out':
      return passage.direction === filter && wentThrough(passage) && !passage.voided
    case 'not-measured':
      return passage.readings.length === 0 && !passage.inRange
    case 'too-low':
      return hasBand('too-low')
    case 'high':
      return hasBand('at-threshold')
    case 'waiting':
      return isWaiting(passage)
    case 'voided':
      return passage.voided !== undefined
    case 'unsent':
      return isUnsent
    default:
      return filter satisfies never
  }
}

/** What is noted beside a passage, and never blocks anybody. */
export function markWords(mark: Mark | undefined): string {
  if (mark?.duplicateOf) return t('log.mark-duplicate')
  return mark?.sequence ? t('log.mark-sequence') : ''
}

/** What a search looks through. */
export function searchText(passage: Passage, roster: RosterIndex | undefined): string {
  const { name, unit } = namesOf(passage, roster)
  return `${clockText(passage.at)} ${name} ${unit} ${unit.replace(/[幢单元室]+/g, '-')} ${readingsText(passage)}`.toLowerCase()
}
