import { signal } from '@preact/signals'
import type { Reading } from '../../../domain/reading'
import { lastReadings } from '../../../storage/facts'
import type { Services } from '../../services'

const MOST = 30 // more than any of the signs looks back

/** The last readings taken on this phone, in their order: what tells of a cold forehead, or of a thermometer that is stuck. */
export const recentReadings = signal<readonly Reading[]>([])

export function noteReading(reading: Reading): void {
  recentReadings.value = [...recentReadings.value, reading].slice(-MOST)
}

/** After a restart: from the facts. */
export async function readRecent({ db, codec }: Services): Promise<void> {
  if (recentReadings.value.length > 0) return
  recentReadings.value = await lastReadings(db, codec, MOST).catch(() => [])
}
