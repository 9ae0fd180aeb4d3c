import type { Operation } from '../../../../domain/operation'
import { maskPlate } from '../../../../domain/plate'
import type { Result } from '../../../../domain/result'
import type { ParkedForm } from '../../../../storage/parked-forms'
import type { Draft } from '../../../../storage/record'
import type { StorageError } from '../../../../storage/storage-error'
import type { Services } from '../../../services'
import type { Gate } from '../gate-state'
import type { VehicleUnderway } from './register-state'

/** Puts a form aside: it stays on this phone, sealed, until it is a record or thrown away. Gives its id. */
export async function park(
  { kept, keep }: Services,
  form: Omit<ParkedForm, 'id' | 'parkedAt'>,
  before: string | undefined,
): Promise<string> {
  const id = before ?? crypto.randomUUID()
  await keep('parked', [...withoutForm(kept.values.parked.value, id), { ...form, id, parkedAt: Date.now() }])
  return id
}

/** Throws a form away. */
export async function unpark({ kept, keep }: Services, id: string | undefined): Promise<void> {
  if (id !== undefined) await keep('parked', withoutForm(kept.values.parked.value, id))
}

/** Keeps what the form has become, and the form no longer: both or neither. */
export function saveForm(
  { kept, save, saveWith }: Services,
  drafts: readonly Draft[],
  id: string | undefined,
): Promise<Result<readonly Operation[], StorageError>> {
  return id === undefined ? save(drafts) : saveWith(drafts, 'parked', withoutForm(kept.values.parked.value, id))
}

export function withoutForm(parked: readonly ParkedForm[], id: string): readonly ParkedForm[] {
  return parked.filter((form) => form.id !== id)
}

/** A car is a form from its first passenger on: begun again, it would be counted as a second car. */
export function withCar(parked: readonly ParkedForm[], vehicle: VehicleUnderway): readonly ParkedForm[] {
  const title = maskPlate(vehicle.plate)
  return [...withoutForm(parked, vehicle.id), { id: vehicle.id, form: 'vehicle', title, values: vehicle, parkedAt: Date.now() }]
}

/** Where a parked form goes on. Only this app wrote the values, and always with their form. */
export function resumed({ form, values, id }: ParkedForm): Gate {
  return (form === 'vehicle' ? { at: form, vehicle: values } : { at: form, parked: id, values }) as Gate
}
