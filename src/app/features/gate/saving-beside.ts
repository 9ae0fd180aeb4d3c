import { type Remembered, rememberCourier, rememberVisitor } from '../../../storage/remembered'
import { alsoSealed } from '../../../storage/sealed-values'
import type { Services } from '../../services'
import type { Measure, Passing } from './gate-state'
import { withCar, withoutForm } from './registers/parking'
import type { Save } from './saving'

/** What was before a passage, and what comes after it. */
export type Around = Pick<Passing, 'next' | 'before'>

/** The form behind a passage is done with when the passage is kept, and a car knows whom it has still to register: both or neither. */
export function savingBeside(services: Services, around: Around, remembered?: Remembered): Save {
  const { kept, save, ownCodec } = services
  return async (drafts) => {
    const parked = parkedAfter(services, around)
    const rows = await Promise.all([
      ...(parked ? [alsoSealed(ownCodec, 'parked', parked)] : []),
      ...(remembered ? [alsoSealed(ownCodec, 'remembered', remembered)] : []),
    ])
    if (rows.length === 0) return save(drafts)
    const saved = await save(drafts, { stores: ['sealed'], write: (transaction) => rows.forEach((row) => void row.write(transaction)) })
    if (saved.ok && parked) kept.show('parked', parked)
    if (saved.ok && remembered) kept.show('remembered', remembered)
    return saved
  }
}

/** The same for who passes; who comes again is offered by one tap. */
export function savingPassing(services: Services, passing: Passing): Save {
  return savingBeside(services, passing, rememberedAfter(services, passing))
}

export function savingMeasured(services: Services, measure: Measure): Save {
  // The first reading has settled what stands beside.
  return measure.retest ? savingBeside(services, {}) : savingPassing(services, measure)
}

function parkedAfter({ kept }: Services, { before, next }: Around) {
  const parked = kept.values.parked.value
  const open = before && 'parked' in before && before.parked ? withoutForm(parked, before.parked) : parked
  const after = next?.at === 'vehicle' && next.vehicle ? withCar(open, next.vehicle) : open
  return after === parked ? undefined : after
}

function rememberedAfter({ kept }: Services, { who: { subject }, parts }: Passing): Remembered | undefined {
  const before = kept.values.remembered.value
  // Who came in somebody's car was asked for less than the form asks.
  if (subject.kind === 'visitor' && !parts.vehicle) return rememberVisitor(before, subject, Date.now())
  // A courier without a name is a count of one.
  if (subject.kind === 'courier' && Object.keys(subject).length > 1) return rememberCourier(before, subject, Date.now())
  return undefined
}
