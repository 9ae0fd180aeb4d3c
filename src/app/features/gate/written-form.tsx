import { useState } from 'preact/hooks'
import { maskName } from '../../../domain/roster'
import { addressTyped } from '../../../domain/unit-typed'
import { t } from '../../i18n/translate'
import { useOnce } from '../../shell/one-at-a-time'
import { whoOf } from '../../shell/who'
import { Field } from '../../ui/field'
import type { GateActions } from './gate-actions'
import type { Gate } from './gate-state'
import { useFormKeeping } from './registers/form-keeping'
import { FormPanel } from './registers/form-panel'

/** Somebody whom the roster does not know: a name and a unit in words, both optional. Nobody is turned away for a form. */
export function WrittenForm({ shown, actions }: { readonly shown: Extract<Gate, { at: 'written' }>; readonly actions: GateActions }) {
  const [name, setName] = useState(shown.values?.name ?? '')
  const [unit, setUnit] = useState(shown.values?.unit ?? '')
  const values = { name: name.trim(), unit: unit.trim() }
  const keeping = useFormKeeping({ form: 'written', title: maskName(name) || t('gate.written'), values }, shown.parked)
  const next = useOnce(async () => {
    const address = addressTyped(unit)
    const subject = { kind: 'written', name: values.name, ...(address ? { address } : {}) } as const
    const isEmpty = values.name === '' && values.unit === ''
    const before: Gate = { at: 'written', values, parked: isEmpty ? keeping.id : await keeping.park() }
    await actions.person(whoOf(subject, 'written', undefined), { before })
  })
  return (
    <FormPanel
      title={t('gate.written-title')}
      next={t('gate.written-next')}
      onNext={() => void next()}
      onBack={actions.back}
      keeping={keeping}
    >
      <Field label={t('gate.written-name')} hint={t('gate.written-name-hint')} value={name} onInput={setName} maxLength={40} />
      <Field label={t('gate.written-unit')} hint={t('gate.written-unit-hint')} value={unit} onInput={setUnit} maxLength={40} />
    </FormPanel>
  )
}
