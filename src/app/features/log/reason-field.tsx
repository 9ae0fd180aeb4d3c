import { t } from '../../i18n/translate'
import { Button } from '../../ui/button'
import { Field } from '../../ui/field'

const REASONS = ['log.reason-mistyped', 'log.reason-wrong-person', 'log.reason-twice', 'log.reason-test'] as const

/** Why a record is corrected or voided: a tap, or words. */
export function ReasonField({
  value,
  onChange,
  error,
}: {
  readonly value: string
  readonly onChange: (reason: string) => void
  readonly error: string | undefined
}) {
  return (
    <>
      <Field label={t('log.reason')} value={value} onInput={onChange} error={error} maxLength={200} />
      <div class="log-filters">
        {REASONS.map((reason) => (
          <Button key={reason} pressed={value === t(reason)} onClick={() => onChange(t(reason))}>
            {t(reason)}
          </Button>
        ))}
      </div>
    </>
  )
}
