import type { CourierForm, VisitorForm } from '../domain/registers'

/** Who came before, offered by one tap for a new reading. */
export interface Remembered {
  readonly visitors: readonly { readonly form: VisitorForm; readonly at: number }[]
  readonly couriers: readonly { readonly form: CourierForm; readonly at: number }[]
}

const MOST = 40 // more than fit on a screen find nobody faster
const KEPT = 14 * 86_400_000 // ms
export const NOBODY_REMEMBERED: Remembered = { visitors: [], couriers: [] }

/** Who came lately enough to be offered at an instant, ms. */
export function rememberedAt({ visitors, couriers }: Remembered, now: number): Remembered {
  const lately = ({ at }: { readonly at: number }) => now - at < KEPT
  return { visitors: visitors.filter(lately), couriers: couriers.filter(lately) }
}

export function rememberVisitor({ visitors, couriers }: Remembered, form: VisitorForm, now: number): Remembered {
  const { keyArea: _asked, hostConfirmed: _confirmed, ...lasting } = formOf(form)
  return { couriers, visitors: front(visitors, lasting, now, ({ name, phone }) => `${name} ${phone ?? ''}`) }
}

export function rememberCourier({ visitors, couriers }: Remembered, form: CourierForm, now: number): Remembered {
  return {
    visitors,
    couriers: front(couriers, formOf(form), now, ({ company, name, phone, plate }) => [company, name, phone, plate].join(' ')),
  }
}

/** A subject of a record is its form and its kind. */
function formOf<Form>(subject: Form & { readonly kind?: string }): Omit<Form, 'kind'> & Form {
  const { kind: _kind, ...form } = subject
  return form as Omit<Form, 'kind'> & Form
}

function front<Form>(
  list: readonly { readonly form: Form; readonly at: number }[],
  form: Form,
  now: number,
  nameOf: (form: Form) => string,
) {
  const others = list.filter((each) => nameOf(each.form) !== nameOf(form) && now - each.at < KEPT)
  return [{ form, at: now }, ...others].slice(0, MOST)
}
