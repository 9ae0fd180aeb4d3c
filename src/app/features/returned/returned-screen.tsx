import { useEffect, useState } from 'preact/hooks'
import { type Rejected, rejectedOperations } from '../../../storage/outbox'
import { type StorageError, storageError } from '../../../storage/storage-error'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Places } from '../../shell/places'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Notice } from '../../ui/notice'
import { ReturnedCard } from './returned-card'
import './returned.css'

type Shown =
  | { readonly at: 'loading' }
  | { readonly at: 'failed'; readonly error: StorageError }
  | { readonly at: 'ready'; readonly list: readonly Rejected[] }

/** 退回待改: what the server would not take, its reason, and a way to mend each. */
export function ReturnedScreen() {
  const { db, codec, counters } = useServices()
  const [shown, setShown] = useState<Shown>({ at: 'loading' })
  const { rejected, lastSeq } = counters.value

  useEffect(() => {
    let current = true
    rejectedOperations(db, codec).then(
      (list) => current && setShown({ at: 'ready', list }),
      (cause) => current && setShown({ at: 'failed', error: storageError(cause) }),
    )
    return () => {
      current = false
    }
  }, [db, codec, rejected, lastSeq])

  return (
    <div class="returned">
      <main>
        <h1>{t('returned.title')}</h1>
        {shown.at === 'failed' && (
          <Notice tone="stop" title={t(STORAGE_WORDS[shown.error.kind].title)} announce="alert">
            {t(STORAGE_WORDS[shown.error.kind].todo)}
          </Notice>
        )}
        {shown.at === 'ready' && shown.list.length === 0 && (
          <Notice tone="saved" title={t('returned.none')}>
            {t('returned.none-says')}
          </Notice>
        )}
        {shown.at === 'ready' && shown.list.length > 0 && <p>{t('returned.says')}</p>}
        {shown.at === 'ready' && (
          <ul class="returned-list">
            {shown.list.map((each) => (
              <li key={each.operation.key}>
                <ReturnedCard rejected={each} list={shown.list} />
              </li>
            ))}
          </ul>
        )}
      </main>
      <Places />
    </div>
  )
}
