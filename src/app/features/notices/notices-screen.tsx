import { useState } from 'preact/hooks'
import type { NoticeRow } from '../../../storage/database'
import { alsoRead } from '../../../storage/notices'
import type { StorageError } from '../../../storage/storage-error'
import { dayClockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { useOnce } from '../../shell/one-at-a-time'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Section } from '../../ui/facts'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'

/** 通告: what the community told the post; read offline, and the community hears that it was read. */
export function NoticesScreen() {
  const { kept, save, now } = useServices()
  const [failed, setFailed] = useState<StorageError>()
  const notices = kept.notices.value

  const read = useOnce(async (notice: NoticeRow) => {
    const saved = await save([{ operation: { kind: 'notice-read', noticeId: notice.id } }], alsoRead(notice, now()))
    setFailed(saved.ok ? undefined : saved.error)
    if (saved.ok) await kept.reload()
  })

  return (
    <Screen title={t('notices.title')} back={{ href: '/', label: t('common.back') }}>
      {failed && (
        <Notice tone="stop" title={t('gate.not-saved')} announce="alert">
          {t(STORAGE_WORDS[failed.kind].todo)}
        </Notice>
      )}
      {notices.length === 0 && <p class="soft">{t('notices.none')}</p>}
      {notices.map((notice) => (
        <Section key={notice.id} title={notice.title}>
          <p class="soft">{dayClockText(Date.parse(notice.publishedAt))}</p>
          <p class="as-written">{notice.text}</p>
          {notice.readAt === 0 ? (
            <Button look="main" tall wide onClick={() => void read(notice)}>
              {t('notices.read-do')}
            </Button>
          ) : (
            <p class="soft">{t('notices.read-at', { time: dayClockText(notice.readAt) })}</p>
          )}
        </Section>
      ))}
    </Screen>
  )
}
