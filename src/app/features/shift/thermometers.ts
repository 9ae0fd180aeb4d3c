import { parseCelsius } from '../../../domain/reading'
import { BASE_RULES } from '../../../domain/rules/rules'
import type { ThermometerCheck } from '../../../domain/shift'

/** A thermometer's line in the form: what it says, and what the reference says of the same person. */
export interface ThermometerRow {
  readonly name: string
  readonly own: string
  readonly reference: string
}

/** Undefined: the line is right. A comparison needs both readings, or none. */
export function thermometerError({ name, own, reference }: ThermometerRow): 'unnamed' | 'unreadable' | undefined {
  if (name.trim() === '') return 'unnamed'
  if (own.trim() === '' && reference.trim() === '') return undefined
  return read(own) === undefined || read(reference) === undefined ? 'unreadable' : undefined
}

export function readThermometers(rows: readonly ThermometerRow[]): ThermometerCheck[] {
  return rows.map(({ name, own, reference }) => {
    const [is, should] = [read(own), read(reference)]
    const offset = is === undefined || should === undefined ? undefined : Math.round((should - is) * 10) / 10
    return { thermometer: name.trim(), ...(offset === undefined ? {} : { offset }) }
  })
}

function read(text: string): number | undefined {
  const celsius = parseCelsius(text, BASE_RULES.bands.forehead)
  return celsius.ok ? celsius.value : undefined
}
