import { err, ok, type Result } from '../domain/result'

export type CameraError =
  | { readonly kind: 'camera-refused' }
  | { readonly kind: 'camera-absent' }
  /** Another app holds it. */
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
export async function openCamera(cameraId: string | undefined): Promise<Result<MediaStream, CameraError>> {
  if (!navigator.mediaDevices?.getUserMedia) return err({ kind: isSecureContext ? 'camera-absent' : 'camera-insecure' })
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } }
  const which = cameraId ? { deviceId: { exact: cameraId } } : { facingMode: { ideal: 'environment' } }
  try {
    return ok(await navigator.mediaDevices.getUserMedia({ video: { ...size, ...which }, audio: false }))
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : ''
    // The remembered camera is gone (another phone's, or unplugged): any other will do.
    if (name === 'OverconstrainedError' && cameraId) return openCamera(undefined)
    return err({ kind: KIND_BY_NAME[name] ?? 'camera-fault' })
  }
}

export async function listCameras(): Promise<readonly CameraChoice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, label }))
}

/** The torch is not in TypeScript's list of capabilities. */
export function hasTorch(track: MediaStreamTrack): boolean {
  const capabilities: MediaTrackCapabilities & { torch?: boolean } = track.getCapabilities?.() ?? {}
  return capabilities.torch === true
}

/** False where the camera would not. */
export async function setTorch(track: MediaStreamTrack, on: boolean): Promise<boolean> {
  try {
    const wanted: MediaTrackConstraintSet & { torch?: boolean } = { torch: on }
    await track.applyConstraints({ advanced: [wanted] })
    return true
  } catch {
    return false
  }
}
