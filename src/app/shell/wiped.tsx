import { boot, start } from '../boot'
import { t } from '../i18n/translate'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { Screen } from '../ui/screen'

/** The community switched this phone off: everything was handed over, and nothing is left here. */
export function Wiped({ told }: { readonly told: boolean }) {
  const again = () => {
    boot.value = { at: 'starting' }
    void start()
  }
  return (
    <Screen
      title={t('wiped.title')}
      foot={
        <Button tall wide onClick={again}>
          {t('wiped.again')}
        </Button>
      }
    >
      <Notice tone="plain" icon="phone" title={t('wiped.title')} announce="alert">
        {t(told ? 'wiped.told' : 'wiped.untold')}
      </Notice>
    </Screen>
  )
}
