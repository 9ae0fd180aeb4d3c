import {
  binarizers,
  characterSets,
  eanAddOnSymbols,
  encodeFormats,
  prepareZXingModule,
  textModes,
  type ZXingReaderModule,
} from 'zxing-wasm/reader'
import { createKeptBuffers } from './kept-buffers'
import type { Luma } from './luma'
import type { Pass } from './passes'

/** What one look found: a text, or a code that could not be read. */
export interface Glimpse {
  readonly text?: string
  /** A code that was seen and not read: its longer side, and its middle from the prepared picture's, pixels of the picture. */
  readonly unread?: { readonly side: number; readonly fromMiddle: { readonly x: number; readonly y: number } }
}

/** Looks for a QR code in brightness, by one pass. */
export type Reader = (luma: Luma, pass: Pass) => Glimpse

/** What the engine has of its compiler, and its types do not tell. */
interface Heap {
  readonly HEAPU8: Uint8Array
  _malloc(bytes: number): number
  _free(at: number): void
}
interface Deletable {
  delete(): void
}

const OPTIONS = {
  formats: encodeFormats(['QRCode']),
  tryHarder: true,
  // A QR code is found at any angle without it.
  tryRotate: false,
  tryDownscale: true,
  isPure: false,
  downscaleThreshold: 500,
  downscaleFactor: 3,
  minLineCount: 2,
  // One that cannot be read is told too, and must not end the search for one that can.
  maxNumberOfSymbols: 4,
  validateOptionalChecksum: false,
  returnErrors: true,
  eanAddOnSymbol: eanAddOnSymbols.indexOf('Ignore'),
  textMode: textModes.indexOf('Plain'),
  characterSet: characterSets.indexOf('Unknown'),
  tryCode39ExtendedMode: false,
}

const NOTHING: Glimpse = {}

/** zxing-cpp, compiled from bytes that are here: the library would else fetch them from another origin. Brightness goes straight into its memory, into one buffer that is kept. */
export async function createWasmReader(wasmBinary: ArrayBuffer): Promise<Reader> {
  const made = await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  const engine = made as typeof made & Heap
  const kept = createKeptBuffers()
  let place = 0
  let room = 0
  return (luma, pass) => {
    const { data, width, height } = pass.prepare?.(luma, kept) ?? luma
    if (data.length > room) {
      if (room > 0) engine._free(place)
      place = engine._malloc(data.length)
      room = place === 0 ? 0 : data.length
      if (room === 0) return NOTHING // no memory for so large a picture; the next may be smaller
    }
    engine.HEAPU8.set(data, place)
    const found = engine.readBarcodesFromPixmap(place, width, height, {
      ...OPTIONS,
      tryInvert: pass.invert ?? false,
      tryDenoise: pass.denoise ?? false,
      binarizer: binarizers.indexOf(pass.binarizer ?? 'LocalAverage'),
    })
    try {
      return glimpseOf(found, { width, height }, pass.scale ?? 1)
    } finally {
      ;(found as typeof found & Deletable).delete()
    }
  }
}

type Found = ReturnType<ZXingReaderModule['readBarcodesFromPixmap']>

function glimpseOf(found: Found, { width, height }: { readonly width: number; readonly height: number }, scale: number): Glimpse {
  let unread: Glimpse['unread']
  for (let i = 0; i < found.size(); i++) {
    const each = found.get(i)
    if (each?.isValid && each.text !== '') return { text: each.text }
    if (!each || unread) continue
    const { topLeft, topRight, bottomLeft, bottomRight } = each.position
    const side = Math.max(distance(topLeft, topRight), distance(topLeft, bottomLeft)) * scale
    const x = ((topLeft.x + topRight.x + bottomLeft.x + bottomRight.x) / 4 - width / 2) * scale
    const y = ((topLeft.y + topRight.y + bottomLeft.y + bottomRight.y) / 4 - height / 2) * scale
    if (side > 0) unread = { side, fromMiddle: { x, y } }
  }
  return unread ? { unread } : NOTHING
}

const distance = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y)
