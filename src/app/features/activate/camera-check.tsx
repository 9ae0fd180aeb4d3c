import { useEffect, useRef, useState } from 'preact/hooks'
import { type PlainKey, t } from '../../i18n/translate'
import { Button } from '../../ui/button'
import { CheckCard } from './check-card'

type CameraState =
  | { readonly at: 'untried' | 'asking' }
  | { readonly at: 'picture'; readonly stream: MediaStream }
  | { readonly at: 'works' }
  | { readonly at: 'failed'; readonly words: PlainKey; readonly todo?: PlainKey }

/** Asks for the camera and shows that a picture comes. */
export function CameraCheck() {
  const [camera, setCamera] = useState<CameraState>({ at: 'untried' })
  const video = useRef<HTMLVideoElement>(null)

  useEffect(() => {
    if (camera.at !== 'picture') return
    if (video.current) video.current.srcObject = camera.stream
    return () => {
      for (const track of camera.stream.getTracks()) track.stop()
    }
  }, [camera])

  const look = async () => {
    setCamera({ at: 'asking' })
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
      setCamera({ at: 'picture', stream })
    } catch (cause) {
      setCamera(failure(cause))
    }
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
    case 'failed':
      return (
        <div>
          <p>
            <b>{t(camera.words)}</b>
          </p>
          {camera.todo && <p>{t(camera.todo)}</p>}
        </div>
      )
    default:
      return camera satisfies never
  }
}

/** What a browser throws when it gives no camera, by name. */
function failure(cause: unknown): CameraState {
  const name = cause instanceof Error ? cause.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') {
    return { at: 'failed', words: 'check.camera-denied', todo: 'check.camera-denied-todo' }
  }
  if (name === 'NotReadableError' || name === 'AbortError') return { at: 'failed', words: 'check.camera-busy' }
  // Without https there is no navigator.mediaDevices at all, which is a TypeError here.
  if (name === 'NotFoundError' || name === 'OverconstrainedError' || name === 'TypeError')
    return { at: 'failed', words: 'check.camera-none' }
  return { at: 'failed', words: 'check.camera-failed' }
}
