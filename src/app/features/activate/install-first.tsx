import { t } from '../../i18n/translate'
import { Button } from '../../ui/button'
import { Screen } from '../../ui/screen'
import { CodeCard } from './code-card'
import { Steps } from './steps'

export interface InstallFirstProps {
  readonly linkCode: string | undefined
  readonly onStay: () => void
}

/** iOS gives the installed app a storage of its own: install, then activate inside. */
export function InstallFirst({ linkCode, onStay }: InstallFirstProps) {
  return (
    <Screen
      title={t('activate.ios-title')}
      foot={
        <Button look="quiet" wide onClick={onStay}>
          {t('activate.ios-anyway')}
        </Button>
      }
    >
      <p>{t('activate.ios-why')}</p>
      <Steps
        steps={[
          { icon: 'share', text: t('activate.ios-share') },
          { icon: 'plus', text: t('activate.ios-add') },
          { icon: 'home', text: t('activate.ios-open') },
        ]}
      />
      {linkCode && <CodeCard label={t('activate.code')} code={linkCode} note={t('activate.not-spent')} />}
    </Screen>
  )
}
