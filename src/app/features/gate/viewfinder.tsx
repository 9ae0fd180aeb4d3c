import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { CameraError } from '../../../scan/camera'
import type { Scanner, ScannerState } from '../../../scan/scanner'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import type { PageScanner } from '../../shell/use-scanner'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { lastPassage } from './last-passage'

type Trouble = CameraError['kind'] | 'decoder-failed'

/** The camera's picture with the frame to aim with; what went wrong with it, and what to do. */
export function Viewfinder({
  camera: { state, scanner, sight, engine },
  children,
}: {
  readonly camera: PageScanner
  readonly children: ComponentChildren
}) {
  const { changePreferences } = useServices()
  const video = useRef<HTMLVideoElement>(null)

  useEffect(() => {
    scanner?.attach(video.current ?? undefined)
    return () => scanner?.attach(undefined)
  }, [scanner])

  const chooseNext = () => {
    if (state.at !== 'looking') return
    const at = state.cameras.findIndex(({ id }) => id === state.cameraId)
    const next = state.cameras[(at + 1) % state.cameras.length]
    if (!next) return
    void changePreferences({ cameraId: next.id })
    void scanner?.chooseCamera(next.id)
  }

  return (
    <section class="viewfinder" aria-label={t('gate.aim')} data-engine={engine}>
      <video ref={video} muted playsInline tabIndex={-1} aria-label={t('gate.aim')} />
      {state.at === 'looking' && <Aim sight={sight} />}
      {state.at === 'asleep' && (
        <button type="button" class="viewfinder-asleep" onClick={() => scanner?.touched()}>
          <Icon name="camera" size={32} />
          {t('camera.asleep')}
        </button>
      )}
      {state.at === 'failed' && <CameraTrouble kind={state.error.kind} onRetry={() => void scanner?.start()} />}
      {state.at === 'starting' && <p class="viewfinder-word">{t('gate.camera-starting')}</p>}
      {state.at === 'looking' && !lastPassage.value && <p class="viewfinder-hint">{t('gate.aim-first')}</p>}
      {children}
      {state.at === 'looking' && scanner && <Corners camera={state} scanner={scanner} sight={sight} onNext={chooseNext} />}
    </section>
  )
}

/** The frame to aim with, and what keeps the code in it from being read. */
function Aim({ sight: { value: sight } }: { readonly sight: PageScanner['sight'] }) {
  return (
    <>
      <i class="viewfinder-aim" data-sight={sight} aria-hidden="true" />
      <p class="viewfinder-sight" role="status">
        {sight !== 'none' && t(`camera.sight-${sight}`)}
      </p>
    </>
  )
}

function Corners({
  camera,
  scanner,
  sight,
  onNext,
}: {
  readonly camera: Extract<ScannerState, { at: 'looking' }>
  readonly scanner: Scanner
  readonly sight: PageScanner['sight']
  readonly onNext: () => void
}) {
  const isUnread = sight.value !== 'none' && sight.value !== 'light'
  return (
    <div class="viewfinder-corners">
      <span class="viewfinder-left">
        {camera.torch !== 'none' && (
          <button
            type="button"
            aria-pressed={camera.torch === 'on'}
            data-wanted={sight.value === 'light' && camera.torch === 'off'}
            onClick={() => void scanner.toggleTorch()}
            aria-label={t(camera.torch === 'on' ? 'gate.torch-off' : 'gate.torch-on')}
          >
            <Icon name="torch" size={28} />
          </button>
        )}
      </span>
      {isUnread ? (
        <button type="button" class="viewfinder-hard" onClick={scanner.lookHard}>
          {t('camera.look-hard')}
        </button>
      ) : (
        <i />
      )}
      <span class="viewfinder-right">
        {camera.zoom !== 'none' && (
          <button
            type="button"
            aria-pressed={camera.zoom === 'near'}
            onClick={() => void scanner.toggleZoom()}
            aria-label={t('camera.zoom')}
          >
            2×
          </button>
        )}
        {camera.cameras.length > 1 && (
          <button type="button" onClick={onNext} aria-label={t('gate.camera-switch')}>
            <Icon name="camera" size={28} />
          </button>
        )}
      </span>
    </div>
  )
}

function CameraTrouble({ kind, onRetry }: { readonly kind: Trouble; readonly onRetry: () => void }) {
  const retries = kind !== 'camera-absent' && kind !== 'camera-insecure'
  return (
    <div class="viewfinder-trouble" role="status">
      <Icon name="camera" size={32} />
      <p class="viewfinder-trouble-title">{t(`gate.${kind}`)}</p>
      <p>{t(`gate.${kind}-todo`)}</p>
      {retries && <Button onClick={onRetry}>{t('common.retry')}</Button>}
    </div>
  )
}
