import { err, ok, type Result } from '../domain/result'
import { borrowDecoding, type ScriptUrl } from './decoding'
import { lumaOfRgba } from './luma'

export type PhotoError = { readonly kind: 'not-a-picture' | 'no-code' | 'decoder-failed' }

const LONGEST_SIDE = 1280 // px; larger finds no more, and takes longer

/** The code in a photo or a screenshot. */
export async function readPhoto(file: Blob, scriptUrl: ScriptUrl): Promise<Result<string, PhotoError>> {
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (!picture) return err({ kind: 'not-a-picture' })
  const shrunk = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * shrunk))
  canvas.height = Math.max(1, Math.round(picture.height * shrunk))
  const context = canvas.getContext('2d')
  if (!context) return err({ kind: 'decoder-failed' })
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const rgba = context.getImageData(0, 0, canvas.width, canvas.height).data
  const decoding = borrowDecoding(scriptUrl)
  try {
    const looked = await decoding.ask('still', { kind: 'luma', ...lumaOfRgba(rgba, canvas.width, canvas.height) })
    if (!looked) return err({ kind: 'decoder-failed' })
    return looked.text === undefined ? err({ kind: 'no-code' }) : ok(looked.text)
  } finally {
    decoding.release()
  }
}
