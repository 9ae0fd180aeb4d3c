import type { ParkedForm } from '../../../../storage/parked-forms'
import type { Services } from '../../../services'
import type { Gate } from '../gate-state'
import type { RegisterGate } from './register-state'

/** Puts a form aside: it stays on this phone, sealed, until it is gone on with or thrown away. */
export async function park({ kept, keep }: Services, form: Omit<ParkedForm, 'id' | 'parkedAt'>, before: string | undefined): Promise<void> {
  const others = kept.values.parked.value.filter(({ id }) => id !== before)
  await keep('parked', [...others, { ...form, id: before ?? crypto.randomUUID(), parkedAt: Date.now() }])
}

/** The form was kept as a record, or thrown away. */
export async function unpark({ kept, keep }: Services, id: string | undefined): Promise<void> {
  if (id === undefined) return
  await keep(
    'parked',
    kept.values.parked.value.filter((form) => form.id !== id),
  )
}

/** Where a parked form goes on. Only this app wrote the values, and always with their form. */
export function resumed({ form, values, id }: ParkedForm): Gate {
  const shown = { at: form, parked: id, ...(form === 'vehicle' ? { vehicle: values } : { values }) }
  return shown as RegisterGate
}
