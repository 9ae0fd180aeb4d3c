import { useLocation } from 'preact-iso'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import './activate.css'
import { CameraCheck } from './camera-check'
import { ClockCheck } from './clock-check'
import { InstallCheck } from './install-check'
import { OperatorCheck } from './operator-check'
import { PostCheck } from './post-check'
import { RosterCheck } from './roster-check'
import { SoundCheck } from './sound-check'
import { StorageCheck } from './storage-check'

/** Is this phone fit for a shift: the end of an activation, and a place in the settings. */
export function PhoneCheckScreen() {
  const { identity } = useServices()
  const { query } = useLocation()
  const { state, community } = identity.value
  const { collectingBody, contact } = community
  const fresh = 'new' in query
  return (
    <Screen
      title={t('check.title')}
      {...(fresh ? {} : { back: { href: '/status', label: t('common.back') } })}
      foot={
        <a class="button button-main button-tall" href="/">
          {t('check.to-gate')}
        </a>
      }
    >
      {fresh && (
        <Notice tone="saved" title={t(state === 'local' ? 'check.new-local' : 'check.new')} announce="status">
          <p>{t('check.purpose', { body: collectingBody, contact })}</p>
          <p>{t('check.new-todo')}</p>
        </Notice>
      )}
      {fresh && <PostCheck />}
      <RosterCheck />
      <OperatorCheck />
      <CameraCheck />
      <SoundCheck />
      <StorageCheck />
      <ClockCheck />
      <InstallCheck />
    </Screen>
  )
}
