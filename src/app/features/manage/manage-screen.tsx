import { may } from '../../../domain/role'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { LinkList } from '../../ui/link-list'
import { Screen } from '../../ui/screen'

/** Who works here, with which cards, and who looked at what: for leads and the community. */
export function ManageScreen() {
  const { role } = useServices().identity.value
  return (
    <Screen title={t('manage.title')} back={{ href: '/status', label: t('common.back') }}>
      <p class="soft">{t('manage.online')}</p>
      <LinkList
        title={t('manage.phones')}
        links={[
          { href: '/manage/phones', icon: 'phone', text: t('manage.to-phones') },
          { href: '/manage/invite', icon: 'plus', text: t('manage.to-invite') },
          { href: '/manage/reset', icon: 'lock', text: t('manage.to-reset') },
        ]}
      />
      <LinkList
        title={t('manage.print')}
        links={[
          ...(may(role, 'issue-cards') ? [{ href: '/manage/cards', icon: 'card', text: t('manage.to-cards') } as const] : []),
          { href: '/manage/poster', icon: 'printer', text: t('manage.to-poster') },
        ]}
      />
      {may(role, 'read-trail') && (
        <LinkList title={t('manage.trail')} links={[{ href: '/manage/trail', icon: 'list', text: t('manage.to-trail') }]} />
      )}
    </Screen>
  )
}
