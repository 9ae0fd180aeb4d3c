import { useState } from 'preact/hooks'
import { plateText } from '../../../../domain/plate'
import type { CourierForm } from '../../../../domain/registers'
import { t } from '../../../i18n/translate'
import { courierWho } from '../../../shell/who'
import { Field } from '../../../ui/field'
import type { GateActions } from '../gate-actions'
import { FormPanel } from './form-panel'

/** 快递外卖, by name: plate and drop-off. Nothing of it must be filled in. */
export function CourierFormPanel({ values: before, actions }: { readonly values: CourierForm | undefined; readonly actions: GateActions }) {
  const [values, setValues] = useState<CourierForm>(before ?? {})
  const field = (name: keyof CourierForm) => ({
    label: t(`register.courier-${name}`),
    value: values[name] ?? '',
    onInput: (text: string) => setValues({ ...values, [name]: text }),
    maxLength: 40,
  })
  const next = () => {
    const filled = Object.entries(values).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()] as const]))
    const form: CourierForm = Object.fromEntries(filled)
    void actions.person(courierWho(form.plate ? { ...form, plate: plateText(form.plate) } : form, 'written'))
  }
  return (
    <FormPanel title={t('register.courier')} next={t('gate.written-next')} onNext={next} onBack={actions.back}>
      <Field {...field('company')} />
      <Field {...field('name')} />
      <Field {...field('phone')} inputMode="tel" />
      <Field {...field('plate')} />
      <Field {...field('dropOff')} />
    </FormPanel>
  )
}
