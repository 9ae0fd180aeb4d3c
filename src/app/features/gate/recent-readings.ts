import { computed, signal } from '@preact/signals'
import type { Reading } from '../../../domain/reading'
import { type Stuck, stuckThermometers } from '../../../domain/thermometer'
import { lastReadings } from '../../../storage/facts'
import type { Services } from '../../services'

const MOST = 30 // more than any of the signs looks back

/** The last readings taken on this phone, in their order: what tells of a cold forehead, or of a thermometer that is stuck. */
export const recentReadings = signal<readonly Reading[]>([])

/** What a person was told of and has tapped away: it does not come back with the next passage, only with the next ten equal readings. */
const dismissed = signal<readonly Stuck[]>([])

/** The thermometers that a person must be told of. */
export const stuck = computed(() => stuckThermometers(recentReadings.value).filter((each) => !dismissed.value.some(isSame(each))))

export function dismiss(told: Stuck): void {
  dismissed.value = [...dismissed.value, told]
}

export function noteReading(reading: Reading): void {
  recentReadings.value = [...recentReadings.value, reading].slice(-MOST)
  const still = stuckThermometers(recentReadings.value)
  dismissed.value = dismissed.value.filter((told) => still.some(isSame(told)))
}

const isSame = (a: Stuck) => (b: Stuck) => a.thermometer === b.thermometer && a.celsius === b.celsius

/** After a restart: from the facts. */
export async function readRecent({ db, codec }: Services): Promise<void> {
  if (recentReadings.value.length > 0) return
  recentReadings.value = await lastReadings(db, codec, MOST).catch(() => [])
}
