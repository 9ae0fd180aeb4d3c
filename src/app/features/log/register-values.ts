import { isRegistered } from '../../../domain/correct'
import type { OperationKey } from '../../../domain/ids'
import { parseMobile } from '../../../domain/mobile'
import type { Amend, RegisteredSubject } from '../../../domain/operation'
import type { Passage } from '../../../domain/passage'
import { plateText } from '../../../domain/plate'
import type { Arrival } from '../../../domain/post-operations'
import { CODE_COLOURS, PLATFORM_STATES } from '../../../domain/registers'
import { type UnitAddress, unitText } from '../../../domain/roster'
import { addressTyped } from '../../../domain/unit-typed'
import type { PlainKey } from '../../i18n/translate'

/** A row of a register, as far as it can be corrected. */
export interface Registered {
  readonly key: OperationKey
  readonly subject?: RegisteredSubject
  /** Of the vehicle that they came in. */
  readonly vehicle?: string
  readonly arrival?: Arrival
}

/** What a register wrote down of a passage; undefined: it is a resident's, on foot. */
export function registeredIn({ key, checkIn: { subject, vehicle } }: Passage): Registered | undefined {
  if (!isRegistered(subject) && !vehicle) return undefined
  return { key, ...(isRegistered(subject) ? { subject } : {}), ...(vehicle ? { vehicle: vehicle.plate } : {}) }
}

/** Each question that is typed, and its words. */
export const TYPED = {
  name: 'register.name',
  phone: 'register.phone',
  unit: 'register.unit',
  reason: 'register.reason',
  company: 'register.courier-company',
  plate: 'register.courier-plate',
  dropOff: 'register.courier-dropOff',
  vehicle: 'register.vehicle-plate',
  origin: 'register.origin',
} as const satisfies Record<string, PlainKey>
export type TypedName = keyof typeof TYPED
/** As the form asked it. */
export function questionOf({ subject, arrival }: Registered, name: TypedName): PlainKey {
  if (name !== 'unit') return TYPED[name]
  if (arrival) return 'register.arrival-unit'
  return subject?.kind === 'visitor' ? 'register.visiting' : TYPED.unit
}

export type RegisterValues = Partial<Record<TypedName | 'platform' | 'code', string>>

/** What stands there now. A question that this register does not ask is not among them. `unitOf`: of a household that the roster knows. */
export function valuesOf(
  { subject, vehicle, arrival }: Registered,
  unitOf: (householdId: string) => UnitAddress | undefined,
): RegisterValues {
  return {
    ...(subject ? subjectValues(subject, unitOf) : {}),
    ...(vehicle === undefined ? {} : { vehicle }),
    ...(arrival
      ? {
          name: arrival.name,
          phone: arrival.phone ?? '',
          origin: arrival.origin,
          unit: arrival.address ? unitText(arrival.address) : '',
          platform: arrival.platform,
          code: arrival.code ?? '',
        }
      : {}),
  }
}

function subjectValues(subject: RegisteredSubject, unitOf: (householdId: string) => UnitAddress | undefined): RegisterValues {
  switch (subject.kind) {
    case 'written':
      return { name: subject.name, unit: subject.address ? unitText(subject.address) : '' }
    case 'visitor': {
      const { name, phone = '', reason = '', householdId, address } = subject
      const unit = (householdId && unitOf(householdId)) ?? address
      return { name, phone, unit: unit ? unitText(unit) : '', reason }
    }
    case 'courier': {
      const { company = '', name = '', phone = '', plate = '', dropOff = '' } = subject
      return { company, name, phone, plate, dropOff }
    }
    default:
      return subject satisfies never
  }
}

export type RegisterWrong = Partial<Record<'name' | 'phone' | 'vehicle' | 'origin', PlainKey>>

export function wrongIn({ subject, vehicle, arrival }: Registered, values: RegisterValues): RegisterWrong {
  // An arrival's number may be the roster's: it need not be a mobile.
  const isKept = values.phone === arrival?.phone
  const needsName = subject?.kind === 'written' || subject?.kind === 'visitor' || arrival
  return {
    ...(needsName && !values.name?.trim() ? { name: 'register.name-missing' } : {}),
    ...(values.phone?.trim() && !isKept && !parseMobile(values.phone).ok ? { phone: 'register.phone-wrong' } : {}),
    ...(vehicle !== undefined && !values.vehicle?.trim() ? { vehicle: 'register.answer-missing' } : {}),
    ...(arrival && !values.origin?.trim() ? { origin: 'register.answer-missing' } : {}),
  }
}

/** What is to be replaced; undefined: nothing was changed. Only for values without a wrong one. */
export function correctionOf(
  { subject, vehicle, arrival }: Registered,
  before: RegisterValues,
  values: RegisterValues,
): Pick<Amend, 'subject' | 'plate' | 'arrival'> | undefined {
  const changed = new Set(
    Object.entries(values).flatMap(([name, value]) => (value.trim() === before[name as TypedName]?.trim() ? [] : [name])),
  )
  if (changed.size === 0) return undefined
  const isSubject = subject && [...changed].some((name) => name !== 'vehicle')
  return {
    ...(isSubject ? { subject: subjectOf(subject, values, changed.has('unit')) } : {}),
    ...(vehicle !== undefined && changed.has('vehicle') ? { plate: plateText(values.vehicle ?? '') } : {}),
    ...(arrival ? { arrival: arrivalOf(values, changed) } : {}),
  }
}

function subjectOf(subject: RegisteredSubject, values: RegisterValues, unitChanged: boolean): RegisteredSubject {
  switch (subject.kind) {
    case 'written': {
      const address = addressTyped(values.unit ?? '')
      return { kind: 'written', name: trimmed(values.name), ...(address ? { address } : {}) }
    }
    case 'visitor': {
      const { householdId, address, phone: _phone, reason: _reason, ...rest } = subject
      const typed = addressTyped(values.unit ?? '')
      const home = unitChanged
        ? typed
          ? { address: typed }
          : {}
        : { ...(householdId ? { householdId } : {}), ...(address ? { address } : {}) }
      return { ...rest, ...home, name: trimmed(values.name), ...phoneOf(values), ...filled('reason', values.reason) }
    }
    case 'courier':
      return {
        kind: 'courier',
        ...filled('company', values.company),
        ...filled('name', values.name),
        ...phoneOf(values),
        ...filled('plate', plateText(values.plate ?? '')),
        ...filled('dropOff', values.dropOff),
      }
    default:
      return subject satisfies never
  }
}

function arrivalOf(values: RegisterValues, changed: ReadonlySet<string>): NonNullable<Amend['arrival']> {
  const address = addressTyped(values.unit ?? '')
  const platform = PLATFORM_STATES.find((each) => each === values.platform)
  const code = CODE_COLOURS.find((each) => each === values.code)
  return {
    ...(changed.has('name') ? { name: trimmed(values.name) } : {}),
    ...(changed.has('phone') ? phoneOf(values) : {}),
    ...(changed.has('origin') ? { origin: trimmed(values.origin) } : {}),
    ...(changed.has('unit') && address ? { address } : {}),
    ...(changed.has('platform') && platform ? { platform } : {}),
    ...(changed.has('code') && code ? { code } : {}),
  }
}

const trimmed = (text: string | undefined) => (text ?? '').trim()

const filled = <Name extends string>(name: Name, text: string | undefined) =>
  (trimmed(text) ? { [name]: trimmed(text) } : {}) as { readonly [Each in Name]?: string }

function phoneOf({ phone }: RegisterValues): { readonly phone?: string } {
  const mobile = parseMobile(phone ?? '')
  return mobile.ok ? { phone: mobile.value } : {}
}
