import { passagesOf } from '../../../domain/passage'
import { toldAbout } from '../../../storage/cases'
import type { Services } from '../../services'
import type { Measure } from './gate-state'
import type { Done } from './saving'

/** A pad may have been open while another phone measured the same person: what is said of the new reading is said after all of theirs. */
export async function asItStands(
  services: Services,
  measure: Measure,
  done: Done,
): Promise<{ readonly measure: Measure; readonly done: Done }> {
  const { retest } = measure
  if (!retest || done === 'left' || !('celsius' in done)) return { measure, done }
  const { db, codec: facts, ownCodec: own, identity, judgedBy } = services
  // A database that cannot be read does not keep the reading from being tried: the save will tell.
  const told = await toldAbout(db, { facts, own, self: identity.value.deviceId }, retest.key).catch(() => [])
  const readings = passagesOf(told, judgedBy)[0]?.readings ?? retest.readings
  return { measure: { ...measure, retest: { ...retest, readings } }, done: { ...done, attempt: readings.length + 1 } }
}
