import { useState } from 'preact/hooks'
import { t } from '../../i18n/translate'
import { useOnce } from '../../shell/one-at-a-time'
import { Button } from '../../ui/button'
import { Field } from '../../ui/field'

/** Closed by mistake: open again on every phone, the reason on record. */
export function ReopenIncident({ onReopen }: { readonly onReopen: (reason: string) => Promise<boolean> }) {
  const [reason, setReason] = useState('')
  const [empty, setEmpty] = useState(false)
  const reopen = useOnce(async () => {
    setEmpty(reason.trim() === '')
    if (reason.trim() !== '') await onReopen(reason.trim())
  })
  return (
    <>
      <Field
        label={t('incident.reopen-why')}
        value={reason}
        onInput={setReason}
        maxLength={200}
        error={empty ? t('incident.reopen-empty') : undefined}
      />
      <Button wide onClick={() => void reopen()}>
        {t('incident.reopen')}
      </Button>
    </>
  )
}
