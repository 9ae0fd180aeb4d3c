import { useState } from 'preact/hooks'
import type { StorageError } from '../../../storage/storage-error'
import { t } from '../../i18n/translate'
import { type Choices, useServices } from '../../services'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Choice } from '../../ui/choice'
import { LinkList } from '../../ui/link-list'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { About } from './about'
import { CameraChoice } from './camera-choice'
import { Operators } from './operators'
import './settings.css'

/** What a person may choose on this phone; each answer holds at once. */
export function SettingsScreen() {
  const { preferences, changePreferences } = useServices()
  const [problem, setProblem] = useState<StorageError>()
  const chosen = preferences.value
  const choose = async (part: Partial<Choices>) => {
    const kept = await changePreferences(part)
    setProblem(kept.ok ? undefined : kept.error)
  }
  return (
    <Screen title={t('settings.title')} back={{ href: '/status', label: t('common.back') }}>
      {problem && (
        <Notice tone="stop" title={t('settings.failed')} announce="alert">
          {t(STORAGE_WORDS[problem.kind].todo)}
        </Notice>
      )}
      <Operators preferences={chosen} onChange={(part) => void choose(part)} />
      <LinkList title={t('lock.settings')} links={[{ href: '/lock', icon: 'lock', text: t('lock.to-settings') }]} />
      <Choice
        legend={t('settings.text')}
        row
        value={chosen.text}
        onChange={(text) => void choose({ text })}
        options={[
          { value: 'usual', label: t('settings.text-usual') },
          { value: 'large', label: t('settings.text-large') },
        ]}
      />
      <Choice
        legend={t('settings.theme')}
        value={chosen.theme}
        onChange={(theme) => void choose({ theme })}
        options={[
          { value: 'system', label: t('settings.theme-system') },
          { value: 'light', label: t('settings.theme-light') },
          { value: 'dark', label: t('settings.theme-dark') },
          { value: 'contrast', label: t('settings.theme-contrast') },
        ]}
      />
      <Choice
        legend={t('settings.language')}
        row
        value={chosen.language}
        onChange={(language) => void choose({ language })}
        options={[
          { value: 'zh-CN', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
      />
      <Choice
        legend={t('settings.sound')}
        row
        value={chosen.sound ? 'on' : 'off'}
        onChange={(sound) => void choose({ sound: sound === 'on' })}
        options={[
          { value: 'on', label: t('settings.sound-on') },
          { value: 'off', label: t('settings.sound-off') },
        ]}
      />
      <Choice
        legend={t('settings.speech')}
        value={chosen.speech ? 'on' : 'off'}
        onChange={(speech) => void choose({ speech: speech === 'on' })}
        options={[
          { value: 'on', label: t('settings.speech-on'), hint: t('settings.speech-hint') },
          { value: 'off', label: t('settings.speech-off') },
        ]}
      />
      <CameraChoice preferences={chosen} onChange={(part) => void choose(part)} />
      <About />
    </Screen>
  )
}
