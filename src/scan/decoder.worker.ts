import { decodeLuma } from './decode'
import type { Crop, DecodeAnswer, DecodeRequest } from './decoder-messages'
import { type Luma, lumaOfRgba } from './luma'
import { EXTRA, PLAIN } from './passes'
import { readStill } from './still'
import { createWasmReader, type Reader } from './wasm-reader'

const DEAR = 50 // ms; from there on a frame gets its second look every other time

let frames = 0
let cost = 0
let canvas: OffscreenCanvas | undefined
let read: Reader | undefined

let ready: Promise<void> = Promise.resolve()

self.onmessage = async ({ data: request }: MessageEvent<DecodeRequest>) => {
  if (request.kind === 'prepare') {
    ready = prepare(request.wasm)
    return
  }
  const text = await textIn(request)
  const answer: DecodeAnswer = text === undefined ? {} : { text }
  self.postMessage(answer)
}

async function textIn(request: Exclude<DecodeRequest, { readonly kind: 'prepare' }>): Promise<string | undefined> {
  switch (request.kind) {
    case 'still':
      await ready
      return readStill(request, read)
    case 'luma':
      return look(request)
    case 'frame': {
      const luma = await lumaOfFrame(request.frame, request.crop)
      return luma && look(luma)
    }
    default:
      return request satisfies never
  }
}

async function prepare(wasm: string): Promise<void> {
  try {
    const answer = await fetch(wasm)
    if (answer.ok) read = await createWasmReader(await answer.arrayBuffer())
  } catch {
    // Blocked, or not on the phone yet: the other decoder goes on.
  }
}

/** Each frame a plain look, and one more of another kind in turn; a dear frame gets that one every other time. */
function look(luma: Luma): string | undefined {
  const turn = frames++
  if (!read) return decodeLuma(luma, false) ?? (turn % 2 === 0 ? decodeLuma(luma, true) : undefined)
  const from = performance.now()
  const extra = cost < DEAR ? EXTRA[turn % EXTRA.length] : turn % 2 === 0 ? EXTRA[(turn >> 1) % EXTRA.length] : undefined
  const found = read(luma, PLAIN) ?? (extra && read(luma, extra))
  cost = 0.8 * cost + 0.2 * (performance.now() - from)
  return found
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
