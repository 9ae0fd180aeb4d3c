import type { SyncError } from '../../../sync/sync-error'
import { type PlainKey, t } from '../../i18n/translate'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'

/** A question that got no answer: what happened, and what to do. */
export function AskProblem({ error, onRetry }: { readonly error: SyncError; readonly onRetry?: () => void }) {
  return (
    <Notice tone="wait" title={t(wordsOf(error))} announce="alert">
      {onRetry && <Button onClick={onRetry}>{t('common.retry')}</Button>}
    </Notice>
  )
}

function wordsOf(error: SyncError): PlainKey {
  if (error.kind === 'offline' || error.kind === 'timeout' || error.kind === 'not-gatepost') return 'manage.offline'
  if (error.kind !== 'refused') return 'manage.failed'
  if (error.code === 'forbidden') return 'manage.forbidden'
  return error.code === 'not-found' ? 'manage.outside' : 'manage.failed'
}
