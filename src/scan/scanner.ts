import {
  askForLines,
  type CameraChoice,
  type CameraError,
  canGive1080,
  hasTorch,
  hasZoom,
  listCameras,
  openCamera,
  setTorch,
  setZoom,
} from './camera'
import { createDecoder, type Decoder } from './decoder'
import type { Engine } from './decoder-messages'
import type { ScriptUrl } from './decoding'
import { createRepeatGuard } from './repeat-guard'
import { createResolution, type Resolution } from './resolution'
import type { Sight } from './sight'
import { whenBack, whenTaken } from './taken'

export type ScannerState =
  | { readonly at: 'off' }
  | { readonly at: 'starting' }
  | {
      readonly at: 'looking'
      readonly torch: 'none' | 'off' | 'on'
      readonly zoom: 'none' | 'far' | 'near'
      readonly cameras: readonly CameraChoice[]
      readonly cameraId: string | undefined
    }
  /** Nobody has needed it for a while: the camera is off until somebody taps. */
  | { readonly at: 'asleep' }
  | { readonly at: 'failed'; readonly error: CameraError | { readonly kind: 'decoder-failed' } }

/** From the world to text. The one place that knows camera and decoder. */
export interface Scanner {
  /** Shows the camera's picture here and looks for codes in it; undefined: nobody is looking. */
  attach(video: HTMLVideoElement | undefined): void
  start(): Promise<void>
  stop(): void
  /** Somebody is there: the camera stays on, and wakes where it had gone to sleep. */
  touched(): void
  chooseCamera(cameraId: string): Promise<void>
  toggleTorch(): Promise<void>
  toggleZoom(): Promise<void>
  /** Every look there is at the next frame. */
  lookHard(): void
}

export interface ScannerOptions {
  readonly cameraId?: string | undefined
  /** `notNow`: nobody could take it; it is told again if it is still in view. */
  onCode(text: string, notNow: () => void): void
  onState(state: ScannerState): void
  onSight?(sight: Sight): void
  onEngine?(engine: Engine): void
  /** Of the decoder's worker. */
  readonly scriptUrl: ScriptUrl
}

const ASLEEP_AFTER = 20_000 // ms without a touch, a code, or one that is seen
const AGAIN = [500, 1_500, 4_000, 10_000] as const // ms until a camera that was taken away is asked for again; the last for ever
const HARD_AFTER = 2_000 // ms in which a code was seen and not read

export function createScanner(options: ScannerOptions): Scanner {
  const { onCode, onState, onSight, onEngine, scriptUrl } = options
  let cameraId = options.cameraId
  let stream: MediaStream | undefined
  let video: HTMLVideoElement | undefined
  let decoder: Decoder | undefined
  let resolution: Resolution | undefined
  let torch = false
  let isNear = false
  let state: ScannerState = { at: 'off' }
  let turn = 0
  let sight: Sight = 'none'
  let tries = 0
  let unreadSince: number | undefined
  let idle: ReturnType<typeof setTimeout> | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let forget = () => {}
  const guard = createRepeatGuard()

  const tell = (next: ScannerState) => {
    state = next
    onState(next)
  }
  const tellSight = (next: Sight) => {
    if (next !== sight) onSight?.(next)
    sight = next
  }

  const stayAwake = () => {
    clearTimeout(idle)
    if (stream) idle = setTimeout(() => turnOff({ at: 'asleep' }), ASLEEP_AFTER)
  }

  const turnOff = (next: ScannerState) => {
    turn++
    clearTimeout(idle)
    clearTimeout(again)
    forget()
    decoder?.watch(undefined)
    for (const track of stream?.getTracks() ?? []) track.stop()
    stream = undefined
    resolution = undefined
    if (video) video.srcObject = null
    tellSight('none')
    tell(next)
  }

  /** A camera that was taken away comes back: after a call, when it is plugged in, when the other app lets go. What a person must allow is not asked for over and over. */
  const failed = (error: Extract<ScannerState, { at: 'failed' }>['error']) => {
    turnOff({ at: 'failed', error })
    if (error.kind === 'camera-insecure' || error.kind === 'decoder-failed') return
    forget = whenBack(() => void open())
    if (error.kind !== 'camera-busy' && (error.kind !== 'camera-absent' || tries === 0)) return
    again = setTimeout(() => void open(), AGAIN[Math.min(tries++, AGAIN.length - 1)])
  }

  const show = () => {
    decoder?.watch(undefined)
    if (!video || !stream) return
    if (video.srcObject !== stream) video.srcObject = stream
    guard.resume(performance.now())
    video.play().catch(() => undefined) // refused while hidden; shown again, it is asked again
    decoder?.watch(video)
  }

  const decoding = () =>
    createDecoder({
      onLooked({ text, sight: seen, ms }) {
        const now = performance.now()
        const isUnread = text === undefined && seen !== 'none' && seen !== 'light'
        if (isUnread) stayAwake()
        unreadSince = isUnread ? (unreadSince ?? now) : undefined
        if (unreadSince !== undefined && now - unreadSince > HARD_AFTER) {
          unreadSince = undefined
          decoder?.lookHard()
        }
        tellSight(seen)
        if (text !== undefined && guard.isNew(text, now)) {
          stayAwake()
          onCode(text, () => guard.forget(text))
        }
        const lines = engine === 'wasm' ? resolution?.took(ms) : undefined
        const [track] = stream?.getVideoTracks() ?? []
        if (lines && track) void askForLines(track, lines)
      },
      onEngine(next) {
        engine = next
        onEngine?.(next)
      },
      onFailed() {
        decoder?.close()
        decoder = undefined
        failed({ kind: 'decoder-failed' })
      },
      scriptUrl,
    })
  let engine: Engine = 'library'

  const tellLooking = async (track: MediaStreamTrack) => {
    const mine = turn
    const cameras = await listCameras()
    if (mine !== turn) return
    tell({
      at: 'looking',
      torch: hasTorch(track) ? (torch ? 'on' : 'off') : 'none',
      zoom: hasZoom(track) ? (isNear ? 'near' : 'far') : 'none',
      cameras,
      cameraId: track.getSettings().deviceId,
    })
  }

  const open = async () => {
    clearTimeout(again)
    forget()
    const mine = ++turn
    // Compiled while the camera opens.
    decoder ??= decoding()
    const opened = await openCamera(cameraId)
    if (mine !== turn) {
      // Stopped or started anew while the camera was opening.
      if (opened.ok) for (const each of opened.value.getTracks()) each.stop()
      return
    }
    if (!opened.ok) return failed(opened.error)
    const [track] = opened.value.getVideoTracks()
    if (!track) return failed({ kind: 'camera-absent' })
    tries = 0
    stream = opened.value
    resolution = createResolution(canGive1080(track))
    torch = false
    forget = whenTaken(track, () => failed({ kind: 'camera-busy' }))
    if (isNear) isNear = await setZoom(track, true)
    show()
    stayAwake()
    await tellLooking(track)
  }

  const scanner: Scanner = {
    attach(element) {
      video = element
      if (element && state.at === 'asleep') void scanner.start()
      else show()
    },
    async start() {
      if (stream?.active && state.at === 'looking') return show()
      turnOff({ at: 'starting' })
      await open()
    },
    stop() {
      tries = 0
      turnOff({ at: 'off' })
      decoder?.close()
      decoder = undefined
    },
    touched() {
      if (state.at === 'asleep') void scanner.start()
      else stayAwake()
    },
    async chooseCamera(id) {
      cameraId = id
      turnOff({ at: 'starting' })
      await scanner.start()
    },
    async toggleTorch() {
      const [track] = stream?.getVideoTracks() ?? []
      if (!track) return
      if (await setTorch(track, !torch)) torch = !torch
      await tellLooking(track)
    },
    async toggleZoom() {
      const [track] = stream?.getVideoTracks() ?? []
      if (!track) return
      if (await setZoom(track, !isNear)) isNear = !isNear
      await tellLooking(track)
    },
    lookHard: () => decoder?.lookHard(),
  }
  return scanner
}
