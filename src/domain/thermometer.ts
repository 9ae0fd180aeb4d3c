import { bandOf, type Reading } from './reading'
import type { Rules } from './rules/rules'

const EQUAL_IN_A_ROW = 10
const LOOK_BACK = 10
const LOW_ENOUGH = 3

/** A reading and when it was taken, ms. */
export interface TimedReading {
  readonly reading: Reading
  readonly at: number
}

/** Ten or more equal readings of one thermometer in a row. */
export interface EqualRun {
  /** Empty: it has no number. */
  readonly thermometer: string
  readonly celsius: number
  readonly count: number
  readonly from: number
  readonly to: number
}

/** Each run of equal readings, thermometer by thermometer; one that ended long ago too. Readings in the order taken. */
export function equalRuns(readings: readonly TimedReading[]): EqualRun[] {
  return runsOf(readings)
    .filter(({ count }) => count >= EQUAL_IN_A_ROW)
    .sort((a, b) => a.from - b.from)
}

/** A thermometer and the value that it is stuck at; another value is another alarm. */
export interface Stuck {
  readonly thermometer: string
  readonly celsius: number
}

/** The thermometers whose last readings, ten or more in a row, were all the same: broken, or never looked at. Readings in the order taken. */
export function stuckThermometers(readings: readonly Reading[]): Stuck[] {
  const last = new Map(runsOf(readings.map((reading) => ({ reading, at: 0 }))).map((run) => [run.thermometer, run]))
  return [...last.values()].filter(({ count }) => count >= EQUAL_IN_A_ROW).map(({ thermometer, celsius }) => ({ thermometer, celsius }))
}

/** In the order in which they begin. */
function runsOf(readings: readonly TimedReading[]): EqualRun[] {
  const runs: EqualRun[] = []
  const running = new Map<string, number>()
  for (const { reading, at } of readings) {
    const { thermometer = '', celsius } = reading
    const place = running.get(thermometer)
    const run = place === undefined ? undefined : runs[place]
    if (place !== undefined && run?.celsius === celsius) runs[place] = { ...run, count: run.count + 1, to: at }
    else running.set(thermometer, runs.push({ thermometer, celsius, count: 1, from: at, to: at }) - 1)
  }
  return runs
}

/** 本岗改测手腕: three of the last ten foreheads were too low to count. */
export function offersWrist(readings: readonly Reading[], rules: Rules): boolean {
  const foreheads = readings.filter(({ site }) => site === 'forehead').slice(-LOOK_BACK)
  return foreheads.filter(({ celsius }) => bandOf(celsius, rules.bands.forehead) === 'too-low').length >= LOW_ENOUGH
}
