import type { StorageError } from '../../storage/storage-error'
import { boot, start } from '../boot'
import { t } from '../i18n/translate'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { Screen } from '../ui/screen'
import { STORAGE_WORDS } from './storage-words'

/** The database would not open: what happened, and what to do. */
export function StartFailed({ error }: { readonly error: StorageError }) {
  const words = STORAGE_WORDS[error.kind]
  const again = () => {
    boot.value = { at: 'starting' }
    void start()
  }
  return (
    <Screen
      title={t('app.name')}
      foot={
        <Button look="main" tall wide onClick={again}>
          {t('common.retry')}
        </Button>
      }
    >
      <Notice tone="stop" title={t(words.title)} announce="alert">
        {t(words.todo)}
      </Notice>
    </Screen>
  )
}
