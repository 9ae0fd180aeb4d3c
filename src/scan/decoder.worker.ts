import { decodeLuma } from './decode'
import type { Crop, DecodeAnswer, DecodeRequest } from './decoder-messages'
import { type Luma, lumaOfRgba } from './luma'

let frames = 0
let canvas: OffscreenCanvas | undefined

self.onmessage = async ({ data: request }: MessageEvent<DecodeRequest>) => {
  const luma = request.kind === 'luma' ? request : await lumaOfFrame(request.frame, request.crop)
  // Every second frame also looks for a light code on dark: a phone's screen in night mode.
  const text = luma && (decodeLuma(luma, false) ?? (frames++ % 2 === 0 ? decodeLuma(luma, true) : undefined))
  const answer: DecodeAnswer = text === undefined ? {} : { text }
  self.postMessage(answer)
}

/** The brightness plane as the camera gave it, where it gives one; else by way of a canvas. */
async function lumaOfFrame(frame: VideoFrame, crop: Crop): Promise<Luma | undefined> {
  try {
    const even = { x: crop.x & ~1, y: crop.y & ~1, width: crop.width & ~1, height: crop.height & ~1 }
    if (frame.format === 'I420' || frame.format === 'NV12') return await plane(frame, even)
    return drawn(frame, even)
  } catch {
    return undefined
  } finally {
    frame.close()
  }
}

async function plane(frame: VideoFrame, crop: Crop): Promise<Luma> {
  const bytes = new Uint8ClampedArray(frame.allocationSize({ rect: crop }))
  const [layout] = await frame.copyTo(bytes, { rect: crop })
  const { width, height } = crop
  const stride = layout?.stride ?? width
  const offset = layout?.offset ?? 0
  if (stride === width) return { data: bytes.subarray(offset, offset + width * height), width, height }
  const data = new Uint8ClampedArray(width * height)
  for (let row = 0; row < height; row++) data.set(bytes.subarray(offset + row * stride, offset + row * stride + width), row * width)
  return { data, width, height }
}

function drawn(frame: VideoFrame, { x, y, width, height }: Crop): Luma | undefined {
  canvas ??= new OffscreenCanvas(width, height)
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return undefined
  context.drawImage(frame, x, y, width, height, 0, 0, width, height)
  return lumaOfRgba(context.getImageData(0, 0, width, height).data, width, height)
}
