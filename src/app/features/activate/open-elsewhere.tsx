import { t } from '../../i18n/translate'
import { Screen } from '../../ui/screen'
import type { BrowserKind } from './browser-kind'
import { CodeCard } from './code-card'
import { Steps } from './steps'

export interface OpenElsewhereProps {
  readonly browser: BrowserKind & { readonly at: 'in-app' }
  readonly linkCode: string | undefined
}

/** A page inside a chat: it says how to leave, shows the code to type, and spends nothing. */
export function OpenElsewhere({ browser, linkCode }: OpenElsewhereProps) {
  return (
    <Screen title={t('activate.elsewhere-title')}>
      <p class="elsewhere-corner" aria-hidden="true">
        ···
      </p>
      <p>{t(browser.app === 'wechat' ? 'activate.elsewhere-wechat' : 'activate.elsewhere-other')}</p>
      <Steps
        steps={[
          { icon: 'more', text: t('activate.elsewhere-menu') },
          { icon: 'share', text: t(browser.ios ? 'activate.elsewhere-choose-ios' : 'activate.elsewhere-choose') },
        ]}
      />
      {linkCode && <CodeCard label={t('activate.elsewhere-type')} code={linkCode} note={t('activate.not-spent')} />}
      <p class="address">
        <span>{t('activate.address')}</span>
        <b>{location.host}/activate</b>
      </p>
    </Screen>
  )
}
