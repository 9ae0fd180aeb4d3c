import { MANAGEMENTS } from '../../../domain/community'
import { t } from '../../i18n/translate'
import { Choice } from '../../ui/choice'
import { Field } from '../../ui/field'
import type { LocalPostForm } from './local-identity'

export interface LocalSettingProps {
  readonly form: LocalPostForm
  readonly onChange: (part: Partial<LocalPostForm>) => void
}

/** Who manages the place and whether it is closed: notices ask for one thing here and for another there. Both may stay open. */
export function LocalSetting({ form: { management, enclosed, official }, onChange }: LocalSettingProps) {
  return (
    <>
      <Choice
        legend={t('local.management')}
        options={MANAGEMENTS.map((value) => ({ value, label: t(`local.management-${value}`) }))}
        value={management}
        onChange={(value) => onChange({ management: value })}
      />
      <Choice
        row
        legend={t('local.enclosed')}
        options={(['yes', 'no'] as const).map((value) => ({ value, label: t(`local.enclosed-${value}`) }))}
        value={enclosed === undefined ? undefined : enclosed ? 'yes' : 'no'}
        onChange={(value) => onChange({ enclosed: value === 'yes' })}
      />
      {management === 'none' && (
        <Field label={t('local.official')} value={official ?? ''} onInput={(text) => onChange({ official: text })} maxLength={40} />
      )}
    </>
  )
}
