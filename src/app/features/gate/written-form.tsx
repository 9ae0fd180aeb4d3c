import { useState } from 'preact/hooks'
import { addressTyped } from '../../../domain/unit-typed'
import { t } from '../../i18n/translate'
import { whoOf } from '../../shell/who'
import { Button } from '../../ui/button'
import { Field } from '../../ui/field'
import type { GateActions } from './gate-actions'

/** Somebody whom the roster does not know: a name and a unit in words, both optional. Nobody is turned away for a form. */
export function WrittenForm({ actions }: { readonly actions: GateActions }) {
  const [name, setName] = useState('')
  const [unit, setUnit] = useState('')
  const next = () => {
    const address = addressTyped(unit)
    const subject = { kind: 'written', name: name.trim() || t('gate.written-unnamed'), ...(address ? { address } : {}) } as const
    void actions.person(whoOf(subject, 'written', undefined))
  }
  return (
    <form
      class="gate gate-measuring"
      onSubmit={(event) => {
        event.preventDefault()
        next()
      }}
    >
      <main class="written">
        <h1>{t('gate.written-title')}</h1>
        <Field label={t('gate.written-name')} hint={t('gate.written-name-hint')} value={name} onInput={setName} maxLength={40} />
        <Field label={t('gate.written-unit')} hint={t('gate.written-unit-hint')} value={unit} onInput={setUnit} maxLength={40} />
      </main>
      <footer class="gate-foot">
        <Button tall onClick={actions.back}>
          {t('common.back')}
        </Button>
        <Button tall look="main" type="submit">
          {t('gate.written-next')}
        </Button>
      </footer>
    </form>
  )
}
