import { t } from '../../../i18n/translate'
import { Choice } from '../../../ui/choice'

export interface YesNoProps {
  readonly legend: string
  readonly value: boolean | undefined
  readonly onChange: (value: boolean) => void
  readonly error?: string | undefined
}

export function YesNo({ legend, value, onChange, error }: YesNoProps) {
  return (
    <Choice
      row
      legend={legend}
      error={error}
      options={[
        { value: 'no', label: t('common.no') },
        { value: 'yes', label: t('common.yes') },
      ]}
      value={value === undefined ? undefined : value ? 'yes' : 'no'}
      onChange={(answer) => onChange(answer === 'yes')}
    />
  )
}
