import { useState } from 'preact/hooks'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Field } from '../../ui/field'
import { CheckCard } from './check-card'

/** Whose name goes on the records; it may stay empty. */
export function OperatorCheck() {
  const { preferences, changePreferences } = useServices()
  const { operator, operators } = preferences.value
  const [name, setName] = useState('')
  if (operator) {
    return (
      <CheckCard icon="person" title={t('check.operator')} state="ok">
        <p>{t('check.operator-ok', { name: operator })}</p>
      </CheckCard>
    )
  }
  const keep = () => {
    const written = name.trim()
    if (written) void changePreferences({ operator: written, operators: [...operators.filter((other) => other !== written), written] })
  }
  return (
    <CheckCard icon="person" title={t('check.operator')}>
      <form
        class="newcomer-others"
        onSubmit={(event) => {
          event.preventDefault()
          keep()
        }}
      >
        <Field label={t('check.operator-name')} hint={t('check.operator-hint')} value={name} onInput={setName} maxLength={40} />
        <Button type="submit">{t('common.save')}</Button>
      </form>
    </CheckCard>
  )
}
