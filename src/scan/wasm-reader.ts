import { binarizers, characterSets, eanAddOnSymbols, encodeFormats, prepareZXingModule, textModes } from 'zxing-wasm/reader'
import type { Luma } from './luma'
import type { Pass } from './passes'

/** Looks for a QR code in brightness, by one pass. */
export type Reader = (luma: Luma, pass: Pass) => string | undefined

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
  maxNumberOfSymbols: 1,
  validateOptionalChecksum: false,
  returnErrors: false,
  eanAddOnSymbol: eanAddOnSymbols.indexOf('Ignore'),
  textMode: textModes.indexOf('Plain'),
  characterSet: characterSets.indexOf('Unknown'),
  tryCode39ExtendedMode: false,
}

/** zxing-cpp, compiled from bytes that are here: the library would else fetch them from another origin. Brightness goes straight into its memory, into one buffer that is kept. */
export async function createWasmReader(wasmBinary: ArrayBuffer): Promise<Reader> {
  const made = await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  const engine = made as typeof made & Heap
  let place = 0
  let room = 0
  return (luma, pass) => {
    const { data, width, height } = pass.prepare?.(luma) ?? luma
    if (data.length > room) {
      if (room > 0) engine._free(place)
      place = engine._malloc(data.length)
      room = place === 0 ? 0 : data.length
      if (room === 0) return undefined // no memory for so large a picture; the next may be smaller
    }
    engine.HEAPU8.set(data, place)
    const found = engine.readBarcodesFromPixmap(place, width, height, {
      ...OPTIONS,
      tryInvert: pass.invert ?? false,
      tryDenoise: pass.denoise ?? false,
      binarizer: binarizers.indexOf(pass.binarizer ?? 'LocalAverage'),
    })
    try {
      const first = found.size() > 0 ? found.get(0) : undefined
      return first?.isValid && first.text !== '' ? first.text : undefined
    } finally {
      ;(found as typeof found & Deletable).delete()
    }
  }
}
