import type { Crop } from './decoder-messages'
import { createKeptBuffers } from './kept-buffers'
import { type Luma, lumaOfRgba } from './luma'

/** Brightness of the seen part of a camera's frame, in memory that the next frame uses again. Rejects where a frame gives none. */
export type FrameLuma = (frame: VideoFrame | ImageBitmap, crop: Crop) => Promise<Luma>

export function createFrameLuma(): FrameLuma {
  const kept = createKeptBuffers()
  let canvas: OffscreenCanvas | undefined
  let planesFail = 0

  const drawn = (frame: VideoFrame | ImageBitmap, { x, y, width, height }: Crop): Luma => {
    canvas ??= new OffscreenCanvas(width, height)
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (!context) throw new Error('no canvas in this worker')
    context.drawImage(frame, x, y, width, height, 0, 0, width, height)
    const rgba = context.getImageData(0, 0, width, height).data
    return lumaOfRgba(rgba, width, height, kept('drawn', width * height))
  }

  /** The brightness plane as the camera gave it. */
  const plane = async (frame: VideoFrame, crop: Crop): Promise<Luma> => {
    const bytes = kept('planes', frame.allocationSize({ rect: crop }))
    const [layout] = await frame.copyTo(bytes, { rect: crop })
    const { width, height } = crop
    const stride = layout?.stride ?? width
    const offset = layout?.offset ?? 0
    if (stride === width) return { data: bytes.subarray(offset, offset + width * height), width, height }
    const data = kept('rows', width * height)
    for (let row = 0; row < height; row++) data.set(bytes.subarray(offset + row * stride, offset + row * stride + width), row * width)
    return { data, width, height }
  }

  return async (frame, crop) => {
    // Colour lies in pairs of pixels: a plane is cut out at even ones.
    const even = { x: crop.x & ~1, y: crop.y & ~1, width: crop.width & ~1, height: crop.height & ~1 }
    const at = planesFail < 3 ? planeAt(frame, even) : undefined
    if (!at) return drawn(frame, even)
    try {
      return await plane(at.frame, at.crop)
    } catch {
      planesFail++ // a frame that lies on the graphics card may not be copied
      return drawn(frame, even)
    }
  }
}

/** Where the crop, which is of the picture as it is shown, lies in the frame as it is coded; undefined where the two are not the same picture. */
function planeAt(frame: VideoFrame | ImageBitmap, crop: Crop): { frame: VideoFrame; crop: Crop } | undefined {
  if (!('format' in frame) || (frame.format !== 'I420' && frame.format !== 'NV12')) return undefined
  const { visibleRect, displayWidth, displayHeight } = frame
  if (!visibleRect || visibleRect.width !== displayWidth || visibleRect.height !== displayHeight) return undefined
  // Not in the compiler's library yet: a frame that is to be turned before it is shown.
  if (('rotation' in frame && frame.rotation !== 0) || ('flip' in frame && frame.flip)) return undefined
  if (visibleRect.x % 2 !== 0 || visibleRect.y % 2 !== 0) return undefined
  return { frame, crop: { ...crop, x: crop.x + visibleRect.x, y: crop.y + visibleRect.y } }
}
