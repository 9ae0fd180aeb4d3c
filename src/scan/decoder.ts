import wasmPath from 'zxing-wasm/reader/zxing_reader.wasm?url'
import workerPath from './decoder.worker?worker&url'
import type { DecodeAnswer, DecodeRequest } from './decoder-messages'
import { lumaOfRgba } from './luma'
import { viewfinderCrop } from './viewfinder-crop'

/** Looks for codes in a playing video, in a worker: one frame under way, and the newest wins. */
export interface Decoder {
  /** Undefined: rests. */
  watch(video: HTMLVideoElement | undefined): void
}

const LONGEST_FRAME = 5_000 // ms; a worker that is silent for longer has died
const RESTARTS = 1

export interface DecoderOptions {
  onText(text: string): void
  onFailed(): void
  /** A path of our own as a script's address: where the page asks for trusted types, a plain string is refused. */
  scriptUrl(path: string): string
}

type Picture = Exclude<DecodeRequest, { readonly kind: 'prepare' }>

export function createDecoder({ onText, onFailed, scriptUrl }: DecoderOptions): Decoder {
  let worker: Worker | undefined
  let restarts = 0
  let watched: HTMLVideoElement | undefined
  let waiting: ReturnType<typeof setTimeout> | undefined
  const canvas = document.createElement('canvas')

  const start = () => {
    worker = new Worker(scriptUrl(workerPath), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<DecodeAnswer>) => {
      clearTimeout(waiting)
      waiting = undefined
      if (data.text !== undefined && watched) onText(data.text)
      next()
    }
    worker.onerror = crashed
    const request: DecodeRequest = { kind: 'prepare', wasm: wasmPath }
    worker.postMessage(request)
  }

  const crashed = () => {
    worker?.terminate()
    worker = undefined
    clearTimeout(waiting)
    waiting = undefined
    if (restarts++ >= RESTARTS) return onFailed()
    start()
    next()
  }

  const next = () => {
    const video = watched
    if (!video || waiting !== undefined) return
    if (typeof video.requestVideoFrameCallback === 'function') video.requestVideoFrameCallback(() => read(video))
    else requestAnimationFrame(() => read(video))
  }

  const read = (video: HTMLVideoElement) => {
    if (video !== watched || waiting !== undefined || !worker) return
    const request = requestOf(video, canvas)
    if (!request) return next()
    waiting = setTimeout(crashed, LONGEST_FRAME)
    worker.postMessage(request, [request.kind === 'frame' ? request.frame : request.data.buffer])
  }

  return {
    watch(video) {
      watched = video
      if (video && !worker) start()
      next()
    },
  }
}

/** Undefined: the video has no picture at this moment. */
function requestOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): Picture | undefined {
  // A stream that begins, or is being taken away, may already have a size: a VideoFrame of it would throw.
  if (video.videoWidth === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return undefined
  const size = { width: video.videoWidth, height: video.videoHeight }
  const crop = viewfinderCrop(size, { width: video.clientWidth, height: video.clientHeight })
  if (typeof VideoFrame === 'function' && typeof OffscreenCanvas === 'function') {
    try {
      return { kind: 'frame', frame: new VideoFrame(video), crop }
    } catch {
      // The stream changed under it: the canvas takes what there is, and works where no VideoFrame ever can be made.
    }
  }
  canvas.width = crop.width
  canvas.height = crop.height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  context?.drawImage(video, crop.x, crop.y, crop.width, crop.height, 0, 0, crop.width, crop.height)
  const rgba = context?.getImageData(0, 0, crop.width, crop.height).data ?? new Uint8ClampedArray()
  const { data, width, height } = lumaOfRgba(rgba, crop.width, crop.height)
  return { kind: 'luma', data: new Uint8ClampedArray(data), width, height }
}
