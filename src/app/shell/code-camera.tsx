import { useEffect, useRef, useState } from 'preact/hooks'
import { createScanner, type ScannerState } from '../../scan/scanner'
import { t } from '../i18n/translate'
import { Button } from '../ui/button'
import { scriptUrl } from './script-url'

export interface CodeCameraProps {
  readonly label: string
  readonly onCode: (text: string) => void
}

/** A small picture of the camera that reads one code from another phone's screen. */
export function CodeCamera({ label, onCode }: CodeCameraProps) {
  const video = useRef<HTMLVideoElement>(null)
  const heard = useRef(onCode)
  heard.current = onCode
  const [state, setState] = useState<ScannerState>({ at: 'off' })
  const [turn, setTurn] = useState(0)

  useEffect(() => {
    const scanner = createScanner({ onCode: (text) => heard.current(text), onState: setState, scriptUrl })
    scanner.attach(video.current ?? undefined)
    if (turn >= 0) void scanner.start()
    return () => {
      scanner.attach(undefined)
      scanner.stop()
    }
  }, [turn])

  return (
    <div class="code-camera">
      <video ref={video} muted playsInline tabIndex={-1} aria-label={label} />
      {state.at === 'failed' && (
        <div class="code-camera-trouble" role="alert">
          <p>{t('lock.camera-failed')}</p>
          <Button onClick={() => setTurn(turn + 1)}>{t('common.retry')}</Button>
        </div>
      )}
    </div>
  )
}
