import { err, ok, type Result } from '../domain/result'
import { borrowDecoding, type ScriptUrl } from './decoding'
import { lumaOfRgba } from './luma'

export type PhotoError = { readonly kind: 'not-a-picture' | 'no-code' | 'decoder-failed' }

/** px of the longer side. Most codes are found in the first look, at a quarter of the time; a small one in a large photo only in the second. */
const LOOKS = [1280, 2560]
const LARGEST_WHOLE = 4096 // px; a larger photo is shrunk while it is decoded: whole, one of 48 MP takes 192 MB

/** The code in a photo or a screenshot. */
export async function readPhoto(file: Blob, scriptUrl: ScriptUrl): Promise<Result<string, PhotoError>> {
  const picture = await pictureOf(file)
  if (!picture) return err({ kind: 'not-a-picture' })
  const longest = Math.max(picture.width, picture.height)
  const decoding = borrowDecoding(scriptUrl)
  try {
    for (const [i, side] of LOOKS.entries()) {
      // A picture that was looked at whole has no more to show.
      if (i > 0 && longest <= (LOOKS[i - 1] ?? 0)) break
      const luma = lumaOf(picture, Math.min(1, side / longest))
      const looked = luma && (await decoding.ask('still', { kind: 'luma', ...luma }))
      if (!looked) return err({ kind: 'decoder-failed' })
      if (looked.text !== undefined) return ok(looked.text)
    }
    return err({ kind: 'no-code' })
  } finally {
    picture.close()
    decoding.release()
  }
}

async function pictureOf(file: Blob): Promise<ImageBitmap | undefined> {
  const size = await sizeOf(file)
  if (!size) return undefined
  const isWide = size.width >= size.height
  const side = Math.max(...LOOKS)
  const options: ImageBitmapOptions = isWide ? { resizeWidth: side } : { resizeHeight: side }
  const isLarge = Math.max(size.width, size.height) > LARGEST_WHOLE
  return createImageBitmap(file, ...(isLarge ? [{ ...options, resizeQuality: 'high' as const }] : [])).catch(() => undefined)
}

/** The size out of a picture's head, as it will be shown: a phone's photo may lie on its side. */
function sizeOf(file: Blob): Promise<{ readonly width: number; readonly height: number } | undefined> {
  const url = URL.createObjectURL(file)
  return new Promise((resolve) => {
    const image = new Image()
    const end = (size: { readonly width: number; readonly height: number } | undefined) => {
      URL.revokeObjectURL(url)
      resolve(size)
    }
    image.onload = () => end({ width: image.naturalWidth, height: image.naturalHeight })
    image.onerror = () => end(undefined)
    image.src = url
  })
}

function lumaOf(picture: ImageBitmap, shrunk: number) {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * shrunk))
  canvas.height = Math.max(1, Math.round(picture.height * shrunk))
  const context = canvas.getContext('2d')
  if (!context) return undefined
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const rgba = context.getImageData(0, 0, canvas.width, canvas.height).data
  return lumaOfRgba(rgba, canvas.width, canvas.height)
}
