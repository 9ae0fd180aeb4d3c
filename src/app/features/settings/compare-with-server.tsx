import { useState } from 'preact/hooks'
import type { SyncError } from '../../../sync/sync-error'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { type Comparison, compareCounts } from './compare-counts'
import { SYNC_WORDS } from './sync-words'

/** 手机 412 = 服务器 412: asked of the server, not of what the phone believes. */
export function CompareWithServer() {
  const { heldByServer, refreshCounters, counters } = useServices()
  const [found, setFound] = useState<Comparison>()
  const [problem, setProblem] = useState<SyncError>()
  const [busy, setBusy] = useState(false)
  const compare = async () => {
    setBusy(true)
    const held = await heldByServer()
    await refreshCounters()
    setFound(held.ok ? compareCounts(counters.value, held.value) : undefined)
    setProblem(held.ok ? undefined : held.error)
    setBusy(false)
  }
  return (
    <>
      <Button wide busy={busy} onClick={() => void compare()}>
        {t('status.compare')}
      </Button>
      {found && <Found found={found} />}
      {problem && (
        <Notice tone="wait" title={t('status.compare-failed')} announce="status">
          {t(SYNC_WORDS[problem.kind].title)}
        </Notice>
      )}
    </>
  )
}

function Found({ found }: { readonly found: Comparison }) {
  const { phone, server } = found
  switch (found.kind) {
    case 'equal':
      return (
        <Notice tone="saved" title={t('status.compare-equal', { phone, server })} announce="status">
          {t('status.compare-equal-text')}
        </Notice>
      )
    case 'waiting':
      return (
        <Notice tone="ask" icon="upload" title={t('status.compare-waiting', { phone, server })} announce="status">
          {t('status.compare-waiting-text', { waiting: found.waiting })}
        </Notice>
      )
    case 'differs':
      return (
        <Notice tone="stop" title={t('status.compare-differs', { phone, server })} announce="alert">
          {t('status.compare-differs-text')}
        </Notice>
      )
    default:
      return found satisfies never
  }
}
