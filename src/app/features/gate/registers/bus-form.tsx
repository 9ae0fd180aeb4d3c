import { useState } from 'preact/hooks'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { useOnce } from '../../../shell/one-at-a-time'
import { give } from '../../../shell/signals'
import { STORAGE_WORDS } from '../../../shell/storage-words'
import { Button } from '../../../ui/button'
import { Choice } from '../../../ui/choice'
import { Field } from '../../../ui/field'
import type { GateActions } from '../gate-actions'
import { BusRowFields } from './bus-row'
import { saveBus } from './bus-saving'
import { asksTenth, type BusErrors, type BusRow, type BusValues, busErrors, isComplete, NO_BUS, namesIn } from './bus-values'
import { useFormKeeping } from './form-keeping'
import { FormPanel } from './form-panel'
import type { RegisterGate } from './register-state'

/** A whole bus: what is the same for all once, then a name and a reading each; kept all or none. */
export function BusFormPanel({ shown, actions }: { readonly shown: Extract<RegisterGate, { at: 'bus' }>; readonly actions: GateActions }) {
  const services = useServices()
  const { rules, preferences } = services
  const [values, setValues] = useState<BusValues>({ ...NO_BUS, ...shown.values })
  const [errors, setErrors] = useState<BusErrors>({ rows: [], unmeasured: [] })
  const [failed, setFailed] = useState<string>()
  const { site } = preferences.value
  const bands = rules.value.bands[site]
  const change = (part: Partial<BusValues>) => setValues({ ...values, ...part })
  const keeping = useFormKeeping({ form: 'bus', title: t('register.bus-parked', { count: values.rows.length }), values }, shown.parked)

  const add = () => {
    change({ rows: [...values.rows, ...namesIn(values.names).map((name) => ({ name, celsius: '' }))], names: '' })
  }
  const keep = useOnce(async () => {
    const found = busErrors(values, services.rulesNow(), site)
    setErrors(found)
    if (!isComplete(found)) return
    const saved = await saveBus(services, values, keeping.id)
    if (!saved.ok) {
      give('failed', preferences.value)
      return setFailed(`${t('gate.not-saved')} ${t(STORAGE_WORDS[saved.error.kind].todo)}`)
    }
    give(saved.value, preferences.value)
    actions.back()
  })

  const setRow = (at: number, row: BusRow) => {
    change({ rows: values.rows.map((each, i) => (i === at ? row : each)) })
    setErrors({ ...errors, unmeasured: errors.unmeasured.filter((i) => i !== at) })
  }
  const remove = (at: number) => {
    change({ rows: values.rows.filter((_, i) => i !== at) })
    // The rows after it have other numbers now.
    setErrors({ ...errors, rows: [], unmeasured: [] })
  }
  const rowError = (i: number) => {
    if (errors.unmeasured.includes(i)) return t('register.bus-row-unmeasured')
    return errors.rows.includes(i) ? t('gate.keypad-range', { least: bands.least, most: bands.most }) : undefined
  }
  const wrong = () => {
    if (errors.unlisted && namesIn(values.names).length > 0) return t('register.bus-unlisted')
    if (errors.nobody && values.rows.length === 0) return t('register.bus-nobody')
    const names = errors.unmeasured.flatMap((i) => (values.rows[i] ? [`${i + 1} ${values.rows[i].name}`] : []))
    return names.length > 0 ? t('register.bus-unmeasured', { names: names.join('、') }) : undefined
  }

  return (
    <FormPanel
      title={t('register.bus')}
      next={t('register.bus-save', { count: values.rows.length })}
      onNext={() => void keep()}
      onBack={actions.back}
      keeping={keeping}
      error={failed ?? wrong()}
    >
      <Field
        label={t('register.origin')}
        hint={t('register.origin-hint')}
        value={values.origin}
        onInput={(origin) => change({ origin })}
        error={errors.origin && t('register.answer-missing')}
        maxLength={40}
      />
      <Field label={t('register.employer')} value={values.employer} onInput={(employer) => change({ employer })} maxLength={40} />
      <Field label={t('register.bus-number')} value={values.number} onInput={(number) => change({ number })} maxLength={20} />
      <Choice
        legend={t('register.platform')}
        error={errors.registered && t('register.answer-missing')}
        options={[
          { value: 'yes', label: t('register.bus-all-registered') },
          { value: 'no', label: t('register.bus-not-registered') },
        ]}
        value={answerOf(values.registered)}
        onChange={(answer) => change({ registered: answer === 'yes' })}
      />
      <Choice
        legend={t('register.arrival-key-area')}
        error={errors.keyArea && t('register.answer-missing')}
        options={[
          { value: 'no', label: t('register.bus-nobody-key-area') },
          { value: 'yes', label: t('register.bus-all-key-area') },
        ]}
        value={answerOf(values.keyArea)}
        onChange={(answer) => change({ keyArea: answer === 'yes' })}
      />
      {!asksTenth(rules.value) && (
        <Choice
          legend={t('gate.correct-reading')}
          options={[
            { value: 'yes', label: t('register.bus-all-in-range') },
            { value: 'no', label: t('register.bus-each-reading') },
          ]}
          value={answerOf(values.inRange)}
          onChange={(answer) => change({ inRange: answer === 'yes' })}
        />
      )}
      <p class="soft">{t('register.bus-exceptions')}</p>
      <div class="field">
        <label for="bus-names">{t('register.bus-names')}</label>
        <p class="field-hint">{t('register.bus-names-hint')}</p>
        <textarea id="bus-names" rows={3} value={values.names} onInput={(event) => change({ names: event.currentTarget.value })} />
      </div>
      <Button wide icon="plus" disabled={namesIn(values.names).length === 0} onClick={add}>
        {t('register.bus-add')}
      </Button>
      <ol class="bus-rows">
        {values.rows.map((row, i) => (
          // Two people may have one name: a row is its place.
          <li key={i}>
            <BusRowFields
              row={row}
              number={i + 1}
              error={rowError(i)}
              onChange={(changed) => setRow(i, changed)}
              onRemove={() => remove(i)}
            />
          </li>
        ))}
      </ol>
    </FormPanel>
  )
}

const answerOf = (is: boolean | undefined) => (is === undefined ? undefined : is ? 'yes' : 'no')
