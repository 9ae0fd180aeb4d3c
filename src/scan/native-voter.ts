/** Not in the compiler's library: the detector that some browsers bring along. */
interface NativeDetector {
  detect(picture: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>
}
export type NativeDetectors = new (options: { readonly formats: readonly string[] }) => NativeDetector

/** The browser's own detector as a further voice; undefined once it has failed. Resolves with a text that it has seen twice. */
export interface NativeVoter {
  vote(picture: ImageBitmapSource): Promise<string | undefined>
}

/** A code of 21 x 21 modules that says GP, a row a number. */
const TEST_ROWS = '18rjz mvr5 wpy5 wsbh wt3x mzi9 18prz 5j4 ojqx pcxx 158y1 2bl5 f81g 65m 18qrg mvh2 wssn wqfb wosg mv55 18p6n'
const TEST_TEXT = 'GP'
const PIXELS = 6 // a module
const QUIET = 4 // modules

/** Undefined: there is none, or it does not read what it must, or reads what is not there. */
export async function createNativeVoter(
  Detector: NativeDetectors | undefined = Reflect.get(globalThis, 'BarcodeDetector'),
  drawn: (rows: readonly number[]) => ImageBitmapSource = drawnRows,
): Promise<NativeVoter | undefined> {
  if (!Detector) return undefined
  try {
    const detector = new Detector({ formats: ['qr_code'] })
    const [read] = await detector.detect(drawn(TEST_ROWS.split(' ').map((row) => Number.parseInt(row, 36))))
    const invented = await detector.detect(drawn([]))
    if (read?.rawValue !== TEST_TEXT || invented.length > 0) return undefined
    return voterOf(detector)
  } catch {
    return undefined // there in name only, as on a phone without the system's service for it
  }
}

function voterOf(detector: NativeDetector): NativeVoter {
  let works = true
  let once: string | undefined
  return {
    async vote(picture) {
      if (!works) return undefined
      try {
        const [found] = await detector.detect(picture)
        const text = found?.rawValue
        const isAgreed = text !== undefined && text !== '' && text === once
        once = text
        return isAgreed ? text : undefined
      } catch {
        works = false // for good: one that has thrown once would cost each further frame
        return undefined
      }
    },
  }
}

function drawnRows(rows: readonly number[]): OffscreenCanvas {
  const side = (21 + 2 * QUIET) * PIXELS
  const canvas = new OffscreenCanvas(side, side)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas in this worker')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, side, side)
  context.fillStyle = '#000'
  rows.forEach((row, y) => {
    for (let x = 0; x < 21; x++) if ((row >> (20 - x)) & 1) context.fillRect((QUIET + x) * PIXELS, (QUIET + y) * PIXELS, PIXELS, PIXELS)
  })
  return canvas
}
