import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { CameraError } from '../../../scan/camera'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { lastPassage } from './last-passage'
import type { GateScanner } from './use-scanner'

type Trouble = CameraError['kind'] | 'decoder-failed'

/** The camera's picture with the frame to aim with; what went wrong with it, and what to do. */
export function Viewfinder({
  camera: { state, scanner },
  children,
}: {
  readonly camera: GateScanner
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
    <section class="viewfinder" aria-label={t('gate.aim')}>
      <video ref={video} muted playsInline tabIndex={-1} aria-label={t('gate.aim')} />
      {state.at === 'looking' && <i class="viewfinder-aim" aria-hidden="true" />}
      {state.at === 'failed' && <CameraTrouble kind={state.error.kind} onRetry={() => void scanner?.start()} />}
      {state.at === 'starting' && <p class="viewfinder-word">{t('gate.camera-starting')}</p>}
      {state.at === 'looking' && !lastPassage.value && <p class="viewfinder-hint">{t('gate.aim-first')}</p>}
      {children}
      {state.at === 'looking' && (
        <div class="viewfinder-corners">
          {state.torch !== 'none' && (
            <button
              type="button"
              aria-pressed={state.torch === 'on'}
              onClick={() => void scanner?.toggleTorch()}
              aria-label={t(state.torch === 'on' ? 'gate.torch-off' : 'gate.torch-on')}
            >
              <Icon name="torch" size={28} />
            </button>
          )}
          {state.cameras.length > 1 && (
            <button type="button" class="viewfinder-switch" onClick={chooseNext} aria-label={t('gate.camera-switch')}>
              <Icon name="camera" size={28} />
            </button>
          )}
        </div>
      )}
    </section>
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
