import type { Engine, Picture } from './decoder-messages'
import { borrowDecoding, type Decoding, type ScriptUrl } from './decoding'
import type { Looked } from './looker'
import { lumaOfRgba } from './luma'
import { createPace } from './pace'
import { viewfinderCrop } from './viewfinder-crop'

/** Looks for codes in a playing video: one frame under way, and the newest wins. */
export interface Decoder {
  /** Undefined: rests. */
  watch(video: HTMLVideoElement | undefined): void
  /** The next frame gets every look there is. */
  lookHard(): void
  close(): void
}

export interface DecoderOptions {
  onLooked(looked: Looked): void
  onEngine(engine: Engine): void
  onFailed(): void
  readonly scriptUrl: ScriptUrl
}

/** How a frame comes to the worker; where one way fails the next is gone, for as long as the page lives. */
type Feed = 'frame' | 'bitmap' | 'canvas'
let feed: Feed = typeof VideoFrame === 'function' ? 'frame' : typeof OffscreenCanvas === 'function' ? 'bitmap' : 'canvas'
const FAULTS = 5 // in a row, until another way is tried
const NO_PICTURE = 200 // ms; a video that has no picture at the moment is asked again

export function createDecoder({ onLooked, onEngine, onFailed, scriptUrl }: DecoderOptions): Decoder {
  const decoding: Decoding = borrowDecoding(scriptUrl)
  const forget = decoding.onEngine(onEngine)
  const pace = createPace()
  const canvas = document.createElement('canvas')
  let watched: HTMLVideoElement | undefined
  let isUnderWay = false
  let isHard = false
  let faults = 0
  let resting: ReturnType<typeof setTimeout> | undefined

  const rest = (ms: number) => {
    clearTimeout(resting)
    resting = setTimeout(next, ms)
  }

  const next = () => {
    const video = watched
    if (!video || isUnderWay) return
    if (typeof video.requestVideoFrameCallback === 'function') {
      // A video that stands still calls nobody: then the clock does.
      const call = video.requestVideoFrameCallback(() => void read(video))
      clearTimeout(resting)
      resting = setTimeout(() => {
        video.cancelVideoFrameCallback(call)
        void read(video)
      }, NO_PICTURE)
    } else requestAnimationFrame(() => void read(video))
  }

  const read = async (video: HTMLVideoElement) => {
    if (video !== watched || isUnderWay) return
    clearTimeout(resting)
    isUnderWay = true
    const from = performance.now()
    const picture = await pictureOf(video, canvas)
    const kind = isHard ? 'still' : 'look'
    const looked = picture && (await decoding.ask(kind, picture))
    isUnderWay = false
    if (video !== watched) return next()
    if (decoding.isDead) return onFailed()
    if (!looked) {
      if (picture && ++faults >= FAULTS) otherFeed()
      return rest(NO_PICTURE)
    }
    faults = 0
    if (kind === 'still') isHard = false
    if (kind === 'look' || looked.text !== undefined) onLooked(looked)
    // What it took in all, so that a worker which shares its core with the page is not driven too hard.
    const now = performance.now()
    rest(
      pace.after(
        { ms: Math.max(looked.ms, now - from), change: looked.change, isSeen: looked.sight !== 'none' || looked.text !== undefined },
        now,
      ),
    )
  }

  const otherFeed = () => {
    faults = 0
    if (feed === 'frame') feed = typeof OffscreenCanvas === 'function' ? 'bitmap' : 'canvas'
    else feed = 'canvas'
  }

  return {
    watch(video) {
      watched = video
      clearTimeout(resting)
      if (!video) return
      pace.begin(performance.now())
      next()
    },
    lookHard() {
      isHard = true
    },
    close() {
      watched = undefined
      clearTimeout(resting)
      forget()
      decoding.release()
    },
  }
}

/** Undefined: the video has no picture at this moment. */
async function pictureOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): Promise<Picture | undefined> {
  // A stream that begins, or is being taken away, may already have a size: a VideoFrame of it would throw.
  if (video.videoWidth === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return undefined
  const size = { width: video.videoWidth, height: video.videoHeight }
  const crop = viewfinderCrop(size, { width: video.clientWidth, height: video.clientHeight })
  try {
    if (feed === 'frame') return { kind: 'frame', frame: new VideoFrame(video), crop }
    if (feed === 'bitmap') {
      const frame = await createImageBitmap(video, crop.x, crop.y, crop.width, crop.height)
      return { kind: 'frame', frame, crop: { x: 0, y: 0, width: frame.width, height: frame.height } }
    }
  } catch {
    // The stream changed under it: the canvas takes what there is.
  }
  canvas.width = crop.width
  canvas.height = crop.height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return undefined
  context.drawImage(video, crop.x, crop.y, crop.width, crop.height, 0, 0, crop.width, crop.height)
  return { kind: 'luma', ...lumaOfRgba(context.getImageData(0, 0, crop.width, crop.height).data, crop.width, crop.height) }
}
