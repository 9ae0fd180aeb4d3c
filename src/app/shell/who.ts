import type { CardId } from '../../../domain/ids'
import type { Subject, Way } from '../../../domain/operation'
import type { Household, Resident } from '../../../domain/roster'
import { maskName, unitText } from '../../../domain/roster'
import type { RosterIndex } from '../../../domain/roster-search'
import { t } from '../../i18n/translate'

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
      return { subject, way: 'written', name: maskName(subject.name), unit: subject.address ? unitText(subject.address) : '' }
    default:
      return subject satisfies never
  }
}
