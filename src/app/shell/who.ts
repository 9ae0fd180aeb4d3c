import type { CardId } from '../../domain/ids'
import type { Subject, Way } from '../../domain/operation'
import { maskPlate } from '../../domain/plate'
import type { CourierForm, Emergency, VisitorForm } from '../../domain/registers'
import type { Household, Resident } from '../../domain/roster'
import { maskName, unitText } from '../../domain/roster'
import type { RosterIndex } from '../../domain/roster-search'
import { t } from '../i18n/translate'

/** Somebody at the gate, as the screen names them. */
export interface Who {
  readonly subject: Subject
  readonly way: Way
  readonly cardId?: CardId
  /** Masked. */
  readonly name: string
  readonly unit: string
  /** Whose other members may follow. */
  readonly household?: Household
}

export interface Found {
  readonly way: Way
  readonly cardId?: CardId
}

export function residentWho(resident: Resident, household: Household, { way, cardId }: Found): Who {
  return {
    subject: { kind: 'resident', residentId: resident.id, householdId: household.id },
    way,
    ...(cardId ? { cardId } : {}),
    name: maskName(resident.name),
    unit: unitText(household.address),
    household,
  }
}

/** A member of the household whom the roster does not know. */
export function unlistedWho(household: Household, { way, cardId }: Found): Who {
  return {
    subject: { kind: 'unlisted', householdId: household.id },
    way,
    ...(cardId ? { cardId } : {}),
    name: t('gate.unlisted-member'),
    unit: unitText(household.address),
    household,
  }
}

/** Somebody from outside; the unit is where they want to go. */
export function visitorWho(form: VisitorForm, way: Way, roster: RosterIndex | undefined): Who {
  const household = form.householdId && roster?.householdById.get(form.householdId)
  const address = household?.address ?? form.address
  return {
    subject: { kind: 'visitor', ...form },
    way,
    name: maskName(form.name),
    unit: address ? t('gate.visiting', { unit: unitText(address) }) : '',
  }
}

export function courierWho(form: CourierForm, way: Way): Who {
  const name = [form.company, form.name && maskName(form.name)].filter(Boolean).join(' ')
  return {
    subject: { kind: 'courier', ...form },
    way,
    name: name || t('gate.courier'),
    unit: [form.plate && maskPlate(form.plate), form.dropOff].filter(Boolean).join(' '),
  }
}

/** Nobody asks an ambulance for a name. */
export function emergencyWho(what: Emergency): Who {
  const name = t(`emergency.${what}`)
  return { subject: { kind: 'written', name }, way: 'written', name, unit: '' }
}

/** Who a record was about, by the roster as it is now. */
export function whoOf(subject: Subject, way: Way, roster: RosterIndex | undefined): Who {
  switch (subject.kind) {
    case 'resident': {
      const known = roster?.residentById.get(subject.residentId)
      return known ? residentWho(known.resident, known.household, { way }) : { subject, way, name: t('gate.somebody'), unit: '' }
    }
    case 'unlisted': {
      const household = roster?.householdById.get(subject.householdId)
      return household ? unlistedWho(household, { way }) : { subject, way, name: t('gate.unlisted-member'), unit: '' }
    }
    case 'written':
      return { subject, way, name: writtenName(subject.name), unit: subject.address ? unitText(subject.address) : '' }
    case 'visitor': {
      const { kind: _kind, ...form } = subject
      return visitorWho(form, way, roster)
    }
    case 'courier': {
      const { kind: _kind, ...form } = subject
      return courierWho(form, way)
    }
    default:
      return subject satisfies never
  }
}

/** A phone's last four digits, by which somebody is called at a counter, are shown as they are; a name is masked. */
function writtenName(name: string): string {
  if (name === '') return t('gate.written-unnamed')
  return /^\d{4}$/.test(name) ? t('gate.phone-tail', { tail: name }) : maskName(name)
}
