import { useState } from 'preact/hooks'
import { dayClockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Facts, Section } from '../../ui/facts'
import { Notice } from '../../ui/notice'
import { CompareWithServer } from './compare-with-server'
import { SYNC_WORDS } from './sync-words'

/** What has reached the server, what has not, and why. */
export function UploadSection() {
  const { counters, status, syncNow } = useServices()
  const [busy, setBusy] = useState(false)
  const { waiting, rejected } = counters.value
  const { at, lastConfirmedAt, problem, nextTryAt } = status.value
  const upload = async () => {
    setBusy(true)
    await syncNow()
    setBusy(false)
  }
  return (
    <Section title={t('status.upload')}>
      {problem && (
        <Notice tone="wait" icon="upload" title={t(SYNC_WORDS[problem.kind].title)} announce="status">
          <p>{t(SYNC_WORDS[problem.kind].todo)}</p>
          {waiting > 0 && <p>{t('status.kept-here')}</p>}
          {nextTryAt !== undefined && <p>{t('status.next-try', { time: dayClockText(nextTryAt) })}</p>}
        </Notice>
      )}
      <Facts
        facts={[
          { name: t('status.waiting'), value: <b>{t('status.count', { count: waiting })}</b> },
          {
            name: t('status.returned'),
            value:
              rejected > 0 ? (
                <a href="/returned">{`${t('status.count', { count: rejected })} · ${t('status.see-returned')}`}</a>
              ) : (
                t('status.count', { count: 0 })
              ),
          },
          {
            name: t('status.last-confirmed'),
            value: lastConfirmedAt === undefined ? t('status.never-confirmed') : dayClockText(lastConfirmedAt),
          },
        ]}
      />
      <Button look="main" tall wide icon="upload" busy={busy || at === 'sending'} onClick={() => void upload()}>
        {busy || at === 'sending' ? t('status.at-sending') : t('status.upload-now')}
      </Button>
      <CompareWithServer />
    </Section>
  )
}
