import { err, ok, type Result } from '../domain/result'

export type CameraError =
  | { readonly kind: 'camera-refused' }
  | { readonly kind: 'camera-absent' }
  /** Another app holds it, or it was taken away. */
  | { readonly kind: 'camera-busy' }
  /** A browser gives the camera to https pages only. */
  | { readonly kind: 'camera-insecure' }
  | { readonly kind: 'camera-fault' }

export interface CameraChoice {
  readonly id: string
  readonly label: string
}

const KIND_BY_NAME: Readonly<Record<string, CameraError['kind']>> = {
  NotAllowedError: 'camera-refused',
  SecurityError: 'camera-refused',
  NotFoundError: 'camera-absent',
  OverconstrainedError: 'camera-absent',
  NotReadableError: 'camera-busy',
  AbortError: 'camera-busy',
}

/** Opens a camera: the chosen one, else the one at the back, at 720p where it can. */
export async function openCamera(cameraId?: string): Promise<Result<MediaStream, CameraError>> {
  if (!navigator.mediaDevices?.getUserMedia) return err({ kind: isSecureContext ? 'camera-absent' : 'camera-insecure' })
  const wanted = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } }
  const which = cameraId ? { deviceId: { exact: cameraId } } : { facingMode: { ideal: 'environment' } }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { ...wanted, ...which }, audio: false })
    const [track] = stream.getVideoTracks()
    if (track) await focusByItself(track)
    return ok(stream)
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : ''
    // The remembered camera is another phone's, unplugged, or held by another app: any other will do.
    if (cameraId && (name === 'OverconstrainedError' || name === 'NotReadableError')) return openCamera()
    return err({ kind: KIND_BY_NAME[name] ?? 'camera-fault' })
  }
}

/** None where the browser will not say. */
export async function listCameras(): Promise<readonly CameraChoice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => [])
  return devices
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, label }))
}

/** What TypeScript's lists of a camera's abilities and settings leave out. */
interface Abilities extends MediaTrackCapabilities {
  readonly torch?: boolean
  readonly focusMode?: readonly string[]
  readonly zoom?: { readonly min: number; readonly max: number }
}
type Wanted = MediaTrackConstraintSet & { torch?: boolean; focusMode?: string; zoom?: number }

const abilitiesOf = (track: MediaStreamTrack): Abilities => track.getCapabilities?.() ?? {}

/** False where the camera would not. */
async function apply(track: MediaStreamTrack, wanted: Wanted): Promise<boolean> {
  try {
    await track.applyConstraints({ advanced: [wanted] })
    return true
  } catch {
    return false
  }
}

export const hasTorch = (track: MediaStreamTrack): boolean => abilitiesOf(track).torch === true
export const setTorch = (track: MediaStreamTrack, on: boolean): Promise<boolean> => apply(track, { torch: on })

async function focusByItself(track: MediaStreamTrack): Promise<void> {
  if (abilitiesOf(track).focusMode?.includes('continuous')) await apply(track, { focusMode: 'continuous' })
}

const NEARER = 2 // times; a card at arm's length, and the queue's rail between

/** True where the camera can bring a code twice as near. */
export function hasZoom(track: MediaStreamTrack): boolean {
  const { zoom } = abilitiesOf(track)
  return zoom !== undefined && zoom.min <= 1 && zoom.max >= NEARER
}
export const setZoom = (track: MediaStreamTrack, isNear: boolean): Promise<boolean> => apply(track, { zoom: isNear ? NEARER : 1 })

export const canGive1080 = (track: MediaStreamTrack): boolean => (abilitiesOf(track).height?.max ?? 0) >= 1080

/** Keeps what it gives where it cannot give that. */
export async function askForLines(track: MediaStreamTrack, lines: number): Promise<void> {
  const size = { width: { ideal: (lines * 16) / 9 }, height: { ideal: lines } }
  await track.applyConstraints({ ...size, frameRate: { ideal: 30, max: 30 } }).catch(() => undefined)
}
