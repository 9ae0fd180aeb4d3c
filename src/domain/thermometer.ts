import { bandOf, type Reading } from './reading'
import type { Rules } from './rules/rules'

const EQUAL_IN_A_ROW = 10
const LOOK_BACK = 10
const LOW_ENOUGH = 3

/** The thermometers whose last readings, ten or more in a row, were all the same: broken, or never looked at. Readings in the order taken. */
export function stuckThermometers(readings: readonly Reading[]): string[] {
  const runs = new Map<string, { celsius: number; length: number }>()
  for (const { thermometer = '', celsius } of readings) {
    const run = runs.get(thermometer)
    runs.set(thermometer, run?.celsius === celsius ? { celsius, length: run.length + 1 } : { celsius, length: 1 })
  }
  return [...runs].filter(([, { length }]) => length >= EQUAL_IN_A_ROW).map(([thermometer]) => thermometer)
}

/** 本岗改测手腕: three of the last ten foreheads were too low to count. */
export function offersWrist(readings: readonly Reading[], rules: Rules): boolean {
  const foreheads = readings.filter(({ site }) => site === 'forehead').slice(-LOOK_BACK)
  return foreheads.filter(({ celsius }) => bandOf(celsius, rules.bands.forehead) === 'too-low').length >= LOW_ENOUGH
}
