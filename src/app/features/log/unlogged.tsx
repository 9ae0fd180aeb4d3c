import type { StorageError } from '../../../storage/storage-error'
import { t } from '../../i18n/translate'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Notice } from '../../ui/notice'

/** That somebody looks could not be kept, so nothing is shown: why, and what to do. */
export function Unlogged({ failed }: { readonly failed: StorageError | undefined }) {
  if (!failed) return null
  return (
    <Notice tone="stop" title={t('log.reveal-unlogged')} announce="alert">
      {t(STORAGE_WORDS[failed.kind].todo)}
    </Notice>
  )
}
