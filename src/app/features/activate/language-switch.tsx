import { writePreferences } from '../../../storage/preferences'
import { language, speak, t } from '../../i18n/translate'
import { Button } from '../../ui/button'

/** The other language, named in itself: for who cannot read this one. */
export function LanguageSwitch() {
  const other = language.value === 'en' ? 'zh-CN' : 'en'
  const change = async () => {
    await speak(other)
    await writePreferences({ language: other })
  }
  return (
    <Button look="quiet" onClick={() => void change()}>
      <span lang={other}>{t('activate.language')}</span>
    </Button>
  )
}
