import { parseCelsius } from '../../../domain/reading'
import { BASE_RULES } from '../../../domain/rules/rules'
import type { ThermometerCheck } from '../../../domain/shift'

/** A thermometer's line in the form: what it says, and what the reference says of the same person. */
export interface ThermometerRow {
  readonly name: string
  readonly own: string
  readonly reference: string
}

/** What is wrong with the name of a line; undefined: nothing. Of two thermometers with one name, readings that repeat and an offset would be nobody's. */
export function nameError({ name }: ThermometerRow, before: readonly ThermometerRow[]): 'unnamed' | 'twice' | undefined {
  if (name.trim() === '') return 'unnamed'
  return before.some((other) => other.name.trim() === name.trim()) ? 'twice' : undefined
}

/** Undefined: the readings are right. A comparison needs both, or none. */
export function readingError({ own, reference }: ThermometerRow): 'unreadable' | undefined {
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
