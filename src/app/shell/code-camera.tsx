import { useEffect, useRef } from 'preact/hooks'
import { t } from '../i18n/translate'
import { Button } from '../ui/button'
import { useScanner } from './use-scanner'

export interface CodeCameraProps {
  readonly label: string
  readonly onCode: (text: string) => void
}

/** A small picture of the camera that reads one code from another phone's screen. */
export function CodeCamera({ label, onCode }: CodeCameraProps) {
  const video = useRef<HTMLVideoElement>(null)
  const { state, scanner } = useScanner(onCode)

  useEffect(() => {
    scanner?.attach(video.current ?? undefined)
  }, [scanner])

  return (
    <div class="code-camera">
      <video ref={video} muted playsInline tabIndex={-1} aria-label={label} />
      {state.at === 'failed' && (
        <div class="code-camera-trouble" role="alert">
          <p>{t('lock.camera-failed')}</p>
          <Button onClick={() => void scanner?.start()}>{t('common.retry')}</Button>
        </div>
      )}
      {state.at === 'asleep' && (
        <div class="code-camera-trouble">
          <Button onClick={() => scanner?.touched()}>{t('camera.wake')}</Button>
        </div>
      )}
    </div>
  )
}
