import { useEffect, useState } from 'preact/hooks'
import { askToPersist } from '../../../storage/durability'
import { t } from '../../i18n/translate'
import { Button } from '../../ui/button'
import { CheckCard } from './check-card'

/** Whether the system may clear what is kept here. Asked at once: a browser that asks back does so where its reason can be read. */
export function StorageCheck() {
  const [kept, setKept] = useState<Awaited<ReturnType<typeof askToPersist>>>()
  const ask = async () => setKept(await askToPersist().catch(() => 'unknown' as const))
  useEffect(() => {
    void ask()
  }, [])
  return (
    <CheckCard icon="storage" title={t('check.storage')} state={kept === 'kept' ? 'ok' : kept === 'not-kept' ? 'todo' : 'unknown'}>
      {kept === 'kept' && <p>{t('check.storage-kept')}</p>}
      {kept === 'not-kept' && <p>{t('check.storage-not')}</p>}
      {kept === 'unknown' && <p>{t('check.storage-unknown')}</p>}
      {kept !== undefined && kept !== 'kept' && (
        <>
          <p>{t('check.storage-not-todo')}</p>
          <div class="check-buttons">
            <Button onClick={() => void ask()}>{t('check.storage-try')}</Button>
          </div>
        </>
      )}
    </CheckCard>
  )
}
