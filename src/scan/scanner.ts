import { type CameraChoice, type CameraError, hasTorch, listCameras, openCamera, setTorch } from './camera'
import { createDecoder, type Decoder } from './decoder'
import { createRepeatGuard } from './repeat-guard'

export type ScannerState =
  | { readonly at: 'off' }
  | { readonly at: 'starting' }
  | {
      readonly at: 'looking'
      readonly torch: 'none' | 'off' | 'on'
      readonly cameras: readonly CameraChoice[]
      readonly cameraId: string | undefined
    }
  | { readonly at: 'failed'; readonly error: CameraError | { readonly kind: 'decoder-failed' } }

/** From the world to text. The one place that knows camera and decoder. */
export interface Scanner {
  /** Shows the camera's picture here and looks for codes in it; undefined: nobody is looking. */
  attach(video: HTMLVideoElement | undefined): void
  start(): Promise<void>
  stop(): void
  chooseCamera(cameraId: string): Promise<void>
  toggleTorch(): Promise<void>
}

export interface ScannerOptions {
  readonly cameraId?: string | undefined
  onCode(text: string): void
  onState(state: ScannerState): void
  /** Of the decoder's worker. */
  scriptUrl(path: string): string
}

export function createScanner({ cameraId: firstCamera, onCode, onState, scriptUrl }: ScannerOptions): Scanner {
  let cameraId = firstCamera
  let stream: MediaStream | undefined
  let video: HTMLVideoElement | undefined
  let decoder: Decoder | undefined
  let torch = false
  let turn = 0
  const guard = createRepeatGuard()

  const show = () => {
    decoder?.watch(undefined)
    if (!video || !stream) return
    video.srcObject = stream
    guard.resume(performance.now())
    video.play().catch(() => undefined) // refused while hidden; shown again, it is asked again
    decoder?.watch(video)
  }

  const tellLooking = async (track: MediaStreamTrack) => {
    const cameras = await listCameras()
    const current = track.getSettings().deviceId
    onState({ at: 'looking', torch: hasTorch(track) ? (torch ? 'on' : 'off') : 'none', cameras, cameraId: current })
  }

  const scanner: Scanner = {
    attach(element) {
      video = element
      show()
    },
    async start() {
      const mine = ++turn
      if (stream?.active) return show()
      onState({ at: 'starting' })
      const opened = await openCamera(cameraId)
      if (mine !== turn) {
        // Stopped or started anew while the camera was opening.
        if (opened.ok) for (const track of opened.value.getTracks()) track.stop()
        return
      }
      if (!opened.ok) return onState({ at: 'failed', error: opened.error })
      stream = opened.value
      const [track] = stream.getVideoTracks()
      if (!track) return onState({ at: 'failed', error: { kind: 'camera-absent' } })
      torch = false
      track.addEventListener('ended', () => {
        // The system took it away, or it was unplugged.
        if (mine === turn) scanner.stop()
        if (mine + 1 === turn) onState({ at: 'failed', error: { kind: 'camera-busy' } })
      })
      decoder ??= createDecoder({
        onText: (text) => {
          if (guard.isNew(text, performance.now())) onCode(text)
        },
        onFailed: () => onState({ at: 'failed', error: { kind: 'decoder-failed' } }),
        scriptUrl,
      })
      show()
      await tellLooking(track)
    },
    stop() {
      turn++
      decoder?.watch(undefined)
      for (const track of stream?.getTracks() ?? []) track.stop()
      stream = undefined
      if (video) video.srcObject = null
      onState({ at: 'off' })
    },
    async chooseCamera(id) {
      cameraId = id
      scanner.stop()
      await scanner.start()
    },
    async toggleTorch() {
      const [track] = stream?.getVideoTracks() ?? []
      if (!track) return
      if (await setTorch(track, !torch)) torch = !torch
      await tellLooking(track)
    },
  }
  return scanner
}
