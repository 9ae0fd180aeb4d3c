import { t } from '../../i18n/translate'
import { canOfferInstall, install, installed, isIos } from '../../shell/installing'
import { Button } from '../../ui/button'
import { CheckCard } from './check-card'

/** On the home screen or not; by the browser's own question where it has one, else by its menu. */
export function InstallCheck() {
  const ios = isIos(navigator.userAgent, navigator.maxTouchPoints)
  if (installed.value) {
    return (
      <CheckCard icon="install" title={t('check.install')} state="ok">
        <p>{t('check.install-ok')}</p>
      </CheckCard>
    )
  }
  return (
    <CheckCard icon="install" title={t('check.install')} state="todo">
      <p>{t('check.install-why')}</p>
      {canOfferInstall() ? (
        <div class="check-buttons">
          <Button onClick={() => void install()}>{t('check.install-do')}</Button>
        </div>
      ) : (
        <p>{t(ios ? 'check.install-ios' : 'check.install-android')}</p>
      )}
    </CheckCard>
  )
}
