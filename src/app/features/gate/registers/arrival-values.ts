import { parseMobile } from '../../../../domain/mobile'
import type { ArrivalForm, ArrivalOf } from '../../../../domain/registers'
import { addressTyped } from '../../../../domain/unit-typed'

/** The arrival form as it is typed; undefined: not answered yet. */
export interface ArrivalValues extends ArrivalOf {
  readonly name: string
  readonly phone: string
  readonly origin: string
  /** Calendar day. */
  readonly arrivedOn: string
  readonly means?: ArrivalForm['means']
  readonly meansNumber: string
  readonly unit: string
  readonly companions: string
  readonly platform?: ArrivalForm['platform']
  readonly code?: ArrivalForm['code']
  readonly symptoms: string
  readonly keyArea?: boolean
  readonly metInPerson?: boolean
}

export type ArrivalQuestion = 'name' | 'phone' | 'origin' | 'arrivedOn' | 'means' | 'platform' | 'keyArea' | 'companions'
export type ArrivalErrors = Partial<Record<ArrivalQuestion, 'missing' | 'wrong'>>

export const noArrival = (today: string): ArrivalValues => ({
  name: '',
  phone: '',
  origin: '',
  arrivedOn: today,
  meansNumber: '',
  unit: '',
  companions: '',
  symptoms: '',
})

/** What is missing or wrong in the form; empty: it may be kept. */
export function arrivalErrors(values: ArrivalValues, today: string): ArrivalErrors {
  const errors: { -readonly [Question in ArrivalQuestion]?: 'missing' | 'wrong' } = {}
  if (values.name.trim() === '') errors.name = 'missing'
  // A resident's number is the roster's: a landline is none that somebody mistyped.
  if (!values.residentId && values.phone.trim() !== '' && !parseMobile(values.phone).ok) errors.phone = 'wrong'
  if (values.origin.trim() === '') errors.origin = 'missing'
  if (!/^\d{4}-\d{2}-\d{2}$/.test(values.arrivedOn) || values.arrivedOn > today) errors.arrivedOn = 'wrong'
  if (!values.means) errors.means = 'missing'
  if (!values.platform) errors.platform = 'missing'
  if (values.keyArea === undefined) errors.keyArea = 'missing'
  if (!/^\d{0,3}$/.test(values.companions.trim())) errors.companions = 'wrong'
  return errors
}

/** The form as it is kept; only for values without errors. */
export function arrivalOf(values: ArrivalValues): ArrivalForm & ArrivalOf {
  const { means, platform, keyArea, code, residentId, householdId } = values
  if (!means || !platform || keyArea === undefined) throw new Error('arrivalOf: the form has errors')
  const mobile = parseMobile(values.phone)
  const phone = mobile.ok ? mobile.value : values.phone.trim()
  const address = addressTyped(values.unit)
  const text = (name: 'meansNumber' | 'symptoms') => (values[name].trim() ? { [name]: values[name].trim() } : {})
  return {
    name: values.name.trim(),
    ...(phone ? { phone } : {}),
    origin: values.origin.trim(),
    arrivedOn: values.arrivedOn,
    means,
    ...text('meansNumber'),
    ...(address ? { address } : {}),
    ...(values.companions.trim() ? { companions: Number(values.companions) } : {}),
    platform,
    ...(code ? { code } : {}),
    ...text('symptoms'),
    keyArea,
    metInPerson: values.metInPerson ?? false,
    source: 'post',
    ...(residentId ? { residentId } : {}),
    ...(householdId ? { householdId } : {}),
  }
}
