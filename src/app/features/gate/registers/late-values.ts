import type { Direction, Measured } from '../../../../domain/operation'
import { plateText } from '../../../../domain/plate'
import { type Bands, parseCelsius, type Site } from '../../../../domain/reading'
import type { RosterIndex } from '../../../../domain/roster-search'
import { addressTyped } from '../../../../domain/unit-typed'
import { courierWho, visitorWho, type Who, whoOf } from '../../../shell/who'
import type { LateValues } from './register-state'

export type LateErrors = Partial<Record<'when' | 'name' | 'celsius' | 'instead', true>>

export const noLine = (day: string, direction: Direction): LateValues => ({ day, time: '', typed: '', direction, celsius: '' })

/** What is missing or wrong in the line; empty: it may be kept. `now`: ms. */
export function lateErrors(values: LateValues, { now, bands }: { readonly now: number; readonly bands: Bands }): LateErrors {
  const at = instantOf(values)
  const celsius = values.celsius.trim()
  return {
    ...(at === undefined || at > now ? { when: true } : {}),
    ...(!values.who && values.kind !== 'courier' && values.typed.trim() === '' ? { name: true } : {}),
    ...(celsius !== '' && !parseCelsius(celsius, bands).ok ? { celsius: true } : {}),
    ...(celsius === '' && !values.instead ? { instead: true } : {}),
  }
}

/** What the paper says of the temperature; undefined: nobody has said yet. */
export function measuredOf({ celsius, instead }: LateValues, site: Site, bands: Bands): Measured | undefined {
  const parsed = parseCelsius(celsius, bands)
  if (parsed.ok) return { celsius: parsed.value, site, attempt: 1 }
  if (celsius.trim() !== '' || !instead) return undefined
  return instead === 'in-range' ? { inRange: true, site } : { reason: instead }
}

/** Somebody else is looked for. */
export function unchosen({ who: _before, ...values }: LateValues): LateValues {
  return values
}

/** Whom the line names, in whichever order: 张华 3-2-501 and 3-2-501 张华; a courier's line may name nobody. */
export function whoWritten({ typed, kind, plate = '' }: LateValues, roster: RosterIndex | undefined): Who {
  if (kind === 'courier') {
    const company = typed.trim()
    return courierWho({ ...(company ? { company } : {}), ...(plate.trim() ? { plate: plateText(plate) } : {}) }, 'written')
  }
  const { name, unit } = nameAndUnit(typed)
  const address = addressTyped(unit)
  if (kind === 'visitor') return visitorWho({ name, ...(address ? { address } : {}) }, 'written', roster)
  return whoOf({ kind: 'written', name, ...(address ? { address } : {}) }, 'written', undefined)
}

/** A unit has digits, a name has none; where no word has, the name is the first. */
function nameAndUnit(typed: string): { readonly name: string; readonly unit: string } {
  const words = typed.trim().split(/\s+/)
  if (!words.some((word) => /\d/.test(word))) return { name: words[0] ?? '', unit: words.slice(1).join(' ') }
  const isUnit = (word: string) => /\d/.test(word)
  return { name: words.filter((word) => !isUnit(word)).join(' '), unit: words.filter(isUnit).join('') }
}

/** 2020-02-18 and 7:31, 07:31 or 0731, in the phone's zone; ms. */
export function instantOf({ day, time }: Pick<LateValues, 'day' | 'time'>): number | undefined {
  const [, hours, minutes] = /^(\d{1,2})[:：.]?(\d{2})$/.exec(time.trim()) ?? []
  if (!hours || !minutes || Number(hours) > 23 || Number(minutes) > 59 || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined
  const at = new Date(`${day}T${hours.padStart(2, '0')}:${minutes}:00`).getTime()
  return Number.isNaN(at) ? undefined : at
}
