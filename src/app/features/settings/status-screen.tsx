import { may } from '../../../domain/role'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { ConfirmTime } from '../../shell/confirm-time'
import { passageUnderway } from '../../shell/passage-underway'
import { applyUpdate, updateWaiting } from '../../shell/service-worker-client'
import { Button } from '../../ui/button'
import { LinkList } from '../../ui/link-list'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { ClockSection } from './clock-section'
import { PhoneSection } from './phone-section'
import { PostSection } from './post-section'
import { RulesSection } from './rules-section'
import './settings.css'
import { UploadSection } from './upload-section'

/** The truth in words: what the server has, what time it is, what is asked today, how the phone is. */
export function StatusScreen() {
  const { identity, clock } = useServices()
  const { state, role } = identity.value
  return (
    <Screen title={t('status.title')} back={{ href: '/', label: t('common.back') }}>
      {clock.value.doubtful && <ConfirmTime onDone={() => undefined} />}
      {updateWaiting.value && (
        <Notice tone="ask" icon="install" title={t('status.update')} announce="status">
          <p>{t('status.update-text')}</p>
          <Button disabled={passageUnderway.value} onClick={() => void applyUpdate()}>
            {t('status.update-do')}
          </Button>
        </Notice>
      )}
      {state === 'active' ? <UploadSection /> : <LocalNotice />}
      <PostSection />
      <ClockSection />
      <RulesSection />
      <PhoneSection />
      <LinkList
        title={t('status.more')}
        links={[
          { href: '/settings', icon: 'settings', text: t('status.to-settings') },
          ...(!may(role, 'import-roster') ? [] : [{ href: '/roster', icon: 'household', text: t('status.to-roster') } as const]),
          ...(state === 'active' && may(role, 'see-devices')
            ? [{ href: '/manage', icon: 'settings', text: t('status.to-manage') } as const]
            : []),
          ...(state === 'local' ? [{ href: '/manage/poster', icon: 'printer', text: t('manage.to-poster') } as const] : []),
          { href: '/lock', icon: 'lock', text: t('lock.to-settings') },
          { href: '/check', icon: 'phone', text: t('status.to-check') },
          { href: '/log', icon: 'list', text: t('status.to-log') },
        ]}
      />
    </Screen>
  )
}

function LocalNotice() {
  const { counters } = useServices()
  return (
    <Notice tone="ask" icon="phone" title={t('status.local')}>
      <p>{t('status.local-text')}</p>
      <p>
        {t('status.saved-here')} <b>{t('status.count', { count: counters.value.waiting })}</b>
      </p>
      <a class="button button-main" href="/activate">
        {t('status.join')}
      </a>
    </Notice>
  )
}
