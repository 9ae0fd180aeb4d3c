import { rememberCourier, rememberVisitor } from '../../../storage/remembered'
import type { Services } from '../../services'
import type { Measure } from './gate-state'
import type { Save } from './saving'

/** Who comes again is offered by one tap: kept with the record. */
export function rememberingSave({ kept, save, saveWith }: Services, { who: { subject }, retest }: Measure): Save {
  if (retest || (subject.kind !== 'visitor' && subject.kind !== 'courier')) return (drafts) => save(drafts)
  // A courier without a name is a count of one.
  if (Object.keys(subject).length === 1) return (drafts) => save(drafts)
  const before = kept.values.remembered.value
  const after = subject.kind === 'visitor' ? rememberVisitor(before, subject, Date.now()) : rememberCourier(before, subject, Date.now())
  return (drafts) => saveWith(drafts, 'remembered', after)
}
