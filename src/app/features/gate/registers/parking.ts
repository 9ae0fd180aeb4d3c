import type { Operation } from '../../../../domain/operation'
import { maskPlate } from '../../../../domain/plate'
import type { Result } from '../../../../domain/result'
import type { ParkedForm } from '../../../../storage/parked-forms'
import type { Draft } from '../../../../storage/record'
import type { StorageError } from '../../../../storage/storage-error'
import type { Services } from '../../../services'
import type { Gate, Passing } from '../gate-state'
import { boarding } from './passenger'
import type { RegisterGate, VehicleUnderway } from './register-state'

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
  const parked = kept.values.parked.value
  const left = withoutForm(parked, id)
  if (left !== parked) await keep('parked', left)
}

/** Keeps what the form has become, and the form no longer: both or neither. */
export function saveForm(
  { kept, save, saveWith }: Services,
  drafts: readonly Draft[],
  id: string | undefined,
): Promise<Result<readonly Operation[], StorageError>> {
  const parked = kept.values.parked.value
  const left = withoutForm(parked, id)
  return left === parked ? save(drafts) : saveWith(drafts, 'parked', left)
}

/** The same list where it is not among them. */
export function withoutForm(parked: readonly ParkedForm[], id: string | undefined): readonly ParkedForm[] {
  const left = parked.filter((form) => form.id !== id)
  return left.length === parked.length ? parked : left
}

/** A car is a form from its first passenger on: begun again, it would be counted as a second car. */
export function withCar(parked: readonly ParkedForm[], vehicle: VehicleUnderway): readonly ParkedForm[] {
  const title = maskPlate(vehicle.plate)
  return [...withoutForm(parked, vehicle.id), { id: vehicle.id, form: 'vehicle', title, values: vehicle, parkedAt: Date.now() }]
}

/** All of a form's picture that is neither typed nor its chip. */
export function contextOf<Shown extends { readonly at: string; readonly values?: unknown; readonly parked?: string }>({
  at: _form,
  values: _typed,
  parked: _chip,
  ...context
}: Shown): Omit<Shown, 'at' | 'values' | 'parked'> {
  return context
}

/** Where a parked form goes on. Only this app wrote the values, and always with their form. */
export function resumed({ form, values, context, id }: ParkedForm, parked: readonly ParkedForm[]): Gate {
  if (form === 'vehicle') return { at: form, vehicle: values } as Gate
  const { vehicle, passing, ...others } = (context ?? {}) as Context
  return {
    at: form,
    parked: id,
    values,
    ...others,
    ...(vehicle ? { vehicle: carNow(vehicle, parked) } : {}),
    ...(passing ? { passing: inCarNow(passing, parked) } : {}),
  } as Gate
}

type Context = Partial<
  Pick<Extract<RegisterGate, { at: 'visitor' }>, 'vehicle'> & Pick<Extract<RegisterGate, { at: 'arrival' }>, 'passing'>
>

/** While the form lay aside, others of the car may have been registered. */
function carNow(vehicle: VehicleUnderway, parked: readonly ParkedForm[]): VehicleUnderway {
  const car = parked.find(({ form, id }) => form === 'vehicle' && id === vehicle.id)
  return (car?.values as VehicleUnderway | undefined) ?? vehicle
}

function inCarNow(passing: Passing, parked: readonly ParkedForm[]): Passing {
  const { before, parts, who } = passing
  if (before?.at !== 'vehicle' || !before.vehicle) return passing
  const boarded = boarding(carNow(before.vehicle, parked), who)
  return { ...passing, ...boarded, parts: { ...parts, ...boarded.parts } }
}
