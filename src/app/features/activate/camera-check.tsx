import { useEffect, useRef, useState } from 'preact/hooks'
import { type CameraError, openCamera } from '../../../scan/camera'
import { type PlainKey, t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { CheckCard } from './check-card'

type CameraState =
  | { readonly at: 'untried' | 'asking' }
  | { readonly at: 'picture'; readonly stream: MediaStream }
  | { readonly at: 'works' }
  | { readonly at: 'failed'; readonly kind: CameraError['kind'] }

/** Asks for the camera and shows that a picture comes. */
export function CameraCheck() {
  const { preferences } = useServices()
  const [camera, setCamera] = useState<CameraState>({ at: 'untried' })
  const video = useRef<HTMLVideoElement>(null)
  const isGone = useRef(false)

  useEffect(() => {
    if (camera.at !== 'picture') return
    if (video.current) video.current.srcObject = camera.stream
    const hide = () => document.visibilityState === 'hidden' && setCamera({ at: 'works' })
    document.addEventListener('visibilitychange', hide)
    return () => {
      document.removeEventListener('visibilitychange', hide)
      stop(camera.stream)
    }
  }, [camera])
  useEffect(
    () => () => {
      isGone.current = true
    },
    [],
  )

  const look = async () => {
    setCamera({ at: 'asking' })
    const opened = await openCamera(preferences.value.cameraId)
    // Somebody went on while the phone was asking.
    if (isGone.current) return opened.ok && stop(opened.value)
    setCamera(opened.ok ? { at: 'picture', stream: opened.value } : { at: 'failed', kind: opened.error.kind })
  }

  return (
    <CheckCard
      icon="camera"
      title={t('check.camera')}
      state={camera.at === 'picture' || camera.at === 'works' ? 'ok' : camera.at === 'failed' ? 'todo' : 'unknown'}
    >
      {camera.at === 'picture' && <video ref={video} class="check-video" autoplay muted playsInline aria-label={t('check.camera-view')} />}
      <CameraWords camera={camera} />
      <div class="check-buttons">
        {camera.at === 'picture' ? (
          <Button onClick={() => setCamera({ at: 'works' })}>{t('check.camera-off')}</Button>
        ) : (
          <Button busy={camera.at === 'asking'} onClick={() => void look()}>
            {t('check.camera-try')}
          </Button>
        )}
      </div>
    </CheckCard>
  )
}

function CameraWords({ camera }: { readonly camera: CameraState }) {
  switch (camera.at) {
    case 'untried':
    case 'asking':
      return <p>{t('check.camera-ask')}</p>
    case 'picture':
    case 'works':
      return <p>{t('check.camera-ok')}</p>
    case 'failed': {
      const failure: { readonly words: PlainKey; readonly todo?: PlainKey } = FAILURES[camera.kind]
      return (
        <div>
          <p>
            <b>{t(failure.words)}</b>
          </p>
          {failure.todo && <p>{t(failure.todo)}</p>}
        </div>
      )
    }
    default:
      return camera satisfies never
  }
}

const FAILURES = {
  'camera-refused': { words: 'check.camera-denied', todo: 'check.camera-denied-todo' },
  'camera-absent': { words: 'check.camera-none' },
  'camera-busy': { words: 'check.camera-busy' },
  'camera-insecure': { words: 'check.camera-none' },
  'camera-fault': { words: 'check.camera-failed' },
} as const satisfies Record<CameraError['kind'], { readonly words: PlainKey; readonly todo?: PlainKey }>

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
