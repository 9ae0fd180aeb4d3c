import type { CheckIn, Unstamped } from '../../../../domain/operation'
import { plateText } from '../../../../domain/plate'
import { ok, type Result } from '../../../../domain/result'
import { isoWithOffset } from '../../../../domain/time'
import type { StorageError } from '../../../../storage/storage-error'
import type { Services } from '../../../services'
import type { Who } from '../../../shell/who'
import { judge } from '../judging'
import { lastPassage } from '../last-passage'
import { instantOf, measuredOf, whoWritten } from './late-values'
import { saveForm } from './parking'
import type { LateValues } from './register-state'

/** Whom a line of the paper was kept of. */
export interface LateKept {
  /** Corrected ms. */
  readonly at: number
  readonly who: Who
}

/** Keeps a line of the paper by the rules of its own instant, with what they said of it beside it. Undefined: the line is not whole. */
export async function saveLate(
  services: Services,
  values: LateValues,
  parked: string | undefined,
): Promise<Result<LateKept, StorageError> | undefined> {
  const { preferences, rulesAt, roster } = services
  const at = instantOf(values)
  if (at === undefined) return undefined
  const rules = rulesAt(at)
  const { site } = preferences.value
  const measured = measuredOf(values, site, rules.bands[site])
  if (!measured) return undefined
  const who = values.who ?? whoWritten(values, roster.value)
  const { direction } = values
  const zone = -new Date().getTimezoneOffset()
  const operation: Unstamped<CheckIn> = {
    kind: 'check-in',
    subject: who.subject,
    direction,
    measured,
    way: who.way,
    rules: rules.version,
    occurredAt: isoWithOffset(at, zone),
    ...(await verdictThen(services, who, values, at)),
    ...vehicleOf(values),
  }
  const saved = await saveForm(services, [{ operation }], parked)
  if (!saved.ok) return saved
  const [kept] = saved.value
  if (kept) lastPassage.value = { key: kept.key, who, direction, outcome: 'noted', savedAt: Date.now() }
  return ok({ at, who })
}

/** Who may not have passed has passed all the same: the paper says so, and the record says both. */
async function verdictThen(services: Services, who: Who, { direction }: LateValues, at: number): Promise<Pick<CheckIn, 'verdict'>> {
  const verdict = await judge(services, { who, direction, parts: {} }, at)
  return verdict.kind === 'wait' || verdict.kind === 'stop' ? { verdict } : {}
}

/** A courier's plate stands in the courier's own form. */
function vehicleOf({ plate = '', kind }: LateValues): Pick<CheckIn, 'vehicle'> {
  if (plate.trim() === '' || kind === 'courier') return {}
  return { vehicle: { id: crypto.randomUUID(), plate: plateText(plate), role: 'driver' } }
}
