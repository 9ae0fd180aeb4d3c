import { useState } from 'preact/hooks'
import { plateText } from '../../../../domain/plate'
import type { CourierForm } from '../../../../domain/registers'
import { t } from '../../../i18n/translate'
import { useOnce } from '../../../shell/one-at-a-time'
import { courierWho } from '../../../shell/who'
import { Field } from '../../../ui/field'
import type { GateActions } from '../gate-actions'
import { useFormKeeping } from './form-keeping'
import { FormPanel } from './form-panel'
import { contextOf } from './parking'
import type { RegisterGate } from './register-state'

/** 快递外卖, by name: plate and drop-off. Nothing of it must be filled in. */
export function CourierFormPanel({
  shown,
  actions,
}: {
  readonly shown: Extract<RegisterGate, { at: 'courier' }>
  readonly actions: GateActions
}) {
  const [values, setValues] = useState<CourierForm>(shown.values ?? {})
  const field = (name: keyof CourierForm) => ({
    label: t(`register.courier-${name}`),
    value: values[name] ?? '',
    onInput: (text: string) => setValues({ ...values, [name]: text }),
    maxLength: 40,
  })
  const form = filledIn(values)
  const context = contextOf(shown)
  const keeping = useFormKeeping({ form: 'courier', title: courierWho(form, 'written').name, values: form, context }, shown.parked)
  const next = useOnce(async () => {
    const isEmpty = Object.keys(form).length === 0
    const before: RegisterGate = { at: 'courier', ...context, values: form, parked: isEmpty ? keeping.id : await keeping.park() }
    await actions.person(courierWho(form, 'written'), { before, ...context })
  })
  return (
    <FormPanel
      title={t('register.courier')}
      next={t('gate.written-next')}
      onNext={() => void next()}
      onBack={actions.back}
      keeping={keeping}
    >
      <Field {...field('company')} />
      <Field {...field('name')} />
      <Field {...field('phone')} inputMode="tel" />
      <Field {...field('plate')} />
      <Field {...field('dropOff')} />
    </FormPanel>
  )
}

function filledIn(values: CourierForm): CourierForm {
  const filled = Object.entries(values).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()] as const]))
  const form: CourierForm = Object.fromEntries(filled)
  return form.plate ? { ...form, plate: plateText(form.plate) } : form
}
