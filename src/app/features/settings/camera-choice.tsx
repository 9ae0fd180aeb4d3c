import { useEffect, useState } from 'preact/hooks'
import type { Preferences } from '../../../storage/preferences'
import { t } from '../../i18n/translate'
import { Choice } from '../../ui/choice'
import { Section } from '../../ui/facts'

export interface CameraChoiceProps {
  readonly preferences: Preferences
  readonly onChange: (part: Pick<Preferences, 'cameraId'>) => void
}

const USUAL = 'usual'

/** Which camera scans. Browsers name cameras only once one has been allowed. */
export function CameraChoice({ preferences, onChange }: CameraChoiceProps) {
  const [cameras, setCameras] = useState<readonly MediaDeviceInfo[]>([])
  useEffect(() => {
    void navigator.mediaDevices?.enumerateDevices().then((all) => {
      setCameras(all.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== ''))
    })
  }, [])
  if (cameras.length === 0) {
    return (
      <Section title={t('settings.camera')}>
        <p class="soft">{t('settings.camera-unknown')}</p>
      </Section>
    )
  }
  return (
    <Choice
      legend={t('settings.camera')}
      value={preferences.cameraId || USUAL}
      onChange={(chosen) => onChange({ cameraId: chosen === USUAL ? '' : chosen })}
      options={[
        { value: USUAL, label: t('settings.camera-usual') },
        ...cameras.map(({ deviceId, label }, i) => ({ value: deviceId, label: label || t('settings.camera-numbered', { number: i + 1 }) })),
      ]}
    />
  )
}
