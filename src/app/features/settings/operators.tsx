import { useState } from 'preact/hooks'
import type { ShiftNames } from '../../../storage/shift-names'
import { t } from '../../i18n/translate'
import { Button } from '../../ui/button'
import { Section } from '../../ui/facts'
import { Field } from '../../ui/field'
import { Icon } from '../../ui/icon'

export interface OperatorsProps {
  readonly preferences: ShiftNames
  readonly onChange: (part: ShiftNames) => void
}

/** Who stands at the post: a tap on a name is a change of hands (换人). */
export function Operators({ preferences: { operator, operators }, onChange }: OperatorsProps) {
  const [name, setName] = useState('')
  const [empty, setEmpty] = useState(false)
  const add = () => {
    const written = name.trim()
    setEmpty(written === '')
    if (written === '') return
    onChange({ operator: written, operators: [...operators.filter((other) => other !== written), written] })
    setName('')
  }
  const remove = (gone: string) => {
    const left = operators.filter((other) => other !== gone)
    onChange({ operator: operator === gone ? '' : operator, operators: left })
  }
  return (
    <Section title={t('settings.operator')}>
      <p class="soft">{operators.length > 0 ? t('settings.operator-text') : t('settings.operator-none')}</p>
      {operators.length > 0 && (
        <ul class="operators">
          {operators.map((other) => (
            <li key={other}>
              <Button pressed={other === operator} icon="person" onClick={() => onChange({ operator: other, operators })}>
                {other}
              </Button>
              <button
                type="button"
                class="operators-remove"
                aria-label={t('settings.operator-remove', { name: other })}
                onClick={() => remove(other)}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        class="operators-add"
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        <Field
          label={t('settings.operator-add')}
          value={name}
          onInput={setName}
          error={empty ? t('settings.operator-empty') : undefined}
          maxLength={40}
        />
        <Button type="submit" icon="plus">
          {t('settings.operator-add-do')}
        </Button>
      </form>
    </Section>
  )
}
