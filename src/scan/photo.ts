import wasmPath from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { err, ok, type Result } from '../domain/result'
import workerPath from './decoder.worker?worker&url'
import type { DecodeAnswer, DecodeRequest } from './decoder-messages'
import { lumaOfRgba } from './luma'

export type PhotoError = { readonly kind: 'not-a-picture' | 'no-code' | 'decoder-failed' }

const LONGEST_SIDE = 1280 // px; larger finds no more, and takes longer
const LONGEST_LOOK = 30_000 // ms

/** The code in a photo or a screenshot. */
export async function readPhoto(file: Blob, scriptUrl: (path: string) => string): Promise<Result<string, PhotoError>> {
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
  const { data, width, height } = lumaOfRgba(rgba, canvas.width, canvas.height)
  return looked({ kind: 'still', data: new Uint8ClampedArray(data), width, height }, scriptUrl)
}

function looked(
  still: Extract<DecodeRequest, { kind: 'still' }>,
  scriptUrl: (path: string) => string,
): Promise<Result<string, PhotoError>> {
  return new Promise((resolve) => {
    const worker = new Worker(scriptUrl(workerPath), { type: 'module' })
    const end = (result: Result<string, PhotoError>) => {
      worker.terminate()
      clearTimeout(late)
      resolve(result)
    }
    const late = setTimeout(() => end(err({ kind: 'decoder-failed' })), LONGEST_LOOK)
    worker.onerror = () => end(err({ kind: 'decoder-failed' }))
    worker.onmessage = ({ data }: MessageEvent<DecodeAnswer>) => end(data.text === undefined ? err({ kind: 'no-code' }) : ok(data.text))
    const prepare: DecodeRequest = { kind: 'prepare', wasm: wasmPath }
    worker.postMessage(prepare)
    worker.postMessage(still, [still.data.buffer])
  })
}
