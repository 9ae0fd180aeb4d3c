import type { Direction, Measured } from '../../../../domain/operation'
import { type Bands, parseCelsius, type Site } from '../../../../domain/reading'
import { addressTyped } from '../../../../domain/unit-typed'
import { type Who, whoOf } from '../../../shell/who'
import type { LateValues } from './register-state'

export type LateErrors = Partial<Record<'when' | 'name' | 'celsius' | 'instead', true>>

export const noLine = (day: string, direction: Direction): LateValues => ({ day, time: '', typed: '', direction, celsius: '' })

/** What is missing or wrong in the line; empty: it may be kept. `now`: ms. */
export function lateErrors(values: LateValues, { now, bands }: { readonly now: number; readonly bands: Bands }): LateErrors {
  const at = instantOf(values)
  const celsius = values.celsius.trim()
  return {
    ...(at === undefined || at > now ? { when: true } : {}),
    ...(!values.who && values.typed.trim() === '' ? { name: true } : {}),
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

export function writtenWho(typed: string): Who {
  const [name = '', ...unit] = typed.trim().split(/\s+/)
  const address = addressTyped(unit.join(' '))
  return whoOf({ kind: 'written', name, ...(address ? { address } : {}) }, 'written', undefined)
}

/** 2020-02-18 and 7:31, 07:31 or 0731, in the phone's zone; ms. */
export function instantOf({ day, time }: Pick<LateValues, 'day' | 'time'>): number | undefined {
  const [, hours, minutes] = /^(\d{1,2})[:：.]?(\d{2})$/.exec(time.trim()) ?? []
  if (!hours || !minutes || Number(hours) > 23 || Number(minutes) > 59 || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined
  const at = new Date(`${day}T${hours.padStart(2, '0')}:${minutes}:00`).getTime()
  return Number.isNaN(at) ? undefined : at
}
