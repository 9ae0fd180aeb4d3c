import { useState } from 'preact/hooks'
import type { OperationKey } from '../../../domain/ids'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { keepFollowUps } from '../../shell/follow-up'
import { useOnce } from '../../shell/one-at-a-time'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { ReasonField } from './reason-field'

/** 作废: a further record; what it names stays in the log, and counts no more. */
export function VoidForm({ target, onDone }: { readonly target: OperationKey; readonly onDone: () => void }) {
  const services = useServices()
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string>()

  const submit = useOnce(async () => {
    if (reason.trim() === '') return setError(t('log.reason-missing'))
    const saved = await keepFollowUps(services, [{ kind: 'void', target, reason: reason.trim() }])
    if (!saved.ok) return setError(`${t('log.not-saved')} ${t(STORAGE_WORDS[saved.error.kind].todo)}`)
    onDone()
  })

  return (
    <form
      class="passage-form"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <h2 class="passage-heading">{t('log.void')}</h2>
      <p>{t('log.void-says')}</p>
      <ReasonField value={reason} onChange={setReason} error={error} />
      <Button look="danger" tall wide type="submit">
        {t('log.void-now')}
      </Button>
      <Button wide onClick={onDone}>
        {t('common.cancel')}
      </Button>
    </form>
  )
}
