import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { createFrameLuma } from '../../src/scan/frame-luma'
import { createLooker } from '../../src/scan/looker'
import type { Luma } from '../../src/scan/luma'
import { PLAIN, ROUND, SMALL } from '../../src/scan/passes'
import { createWasmReader } from '../../src/scan/wasm-reader'
import { aChance } from './chance'
import { sensed } from './clip-camera'
import { aStreet, HEIGHT, WIDTH } from './clip-scene'
import { clips } from './scan-clips'

// Runs in a worker, and once more in the page itself, where Chromium can slow it down.

const DAY = { electrons: 4_000, dark: 6, white: 200, black: 12, vignette: 0.25, smooths: false }
const NIGHT = { electrons: 12, dark: 3, white: 100, black: 14, vignette: 0.55, smooths: true }
const CROP = { x: 0, y: 0, width: WIDTH, height: HEIGHT }

/** Pictures with a code and without one, by what they show. */
const PICTURES: Readonly<Record<string, Readonly<Record<string, () => Luma>>>> = {
  'with a code': {
    'a card by day': () => clipFrame(1, 0.9),
    'a small one from afar': () => clipFrame(2, 0.5),
    'a card by night': () => clipFrame(10, 0.9),
    'a card by night that is not read': () => clipFrame(18, 0.2),
  },
  'without one': {
    'a street by day': () => taken(streetLight(), DAY),
    'a street by night': () => taken(streetLight(), NIGHT),
    'a plain wall': () => taken(wall(), DAY),
    'a plain wall by night': () => taken(wall(), NIGHT),
  },
}

function clipFrame(i: number, part: number): Luma {
  const clip = clips()[i]
  if (!clip) throw new Error(`there is no clip ${i}`)
  return clip.frame(Math.floor(clip.count * part))
}

function streetLight(): Float32Array {
  const { light, width } = aStreet(aChance(31))
  const cut = new Float32Array(WIDTH * HEIGHT)
  for (let y = 0; y < HEIGHT; y++) cut.set(light.subarray(y * width, y * width + WIDTH), y * WIDTH)
  return cut
}
const wall = () => new Float32Array(WIDTH * HEIGHT).fill(0.5)
const taken = (light: Float32Array, sensor: typeof DAY): Luma => ({
  data: sensed(light, sensor, aChance(32)),
  width: WIDTH,
  height: HEIGHT,
})

/** ms, a number a frame. */
interface Costs {
  readonly ours: number[]
  readonly theirs: number[]
  /** Theirs, told to look for QR codes and nothing else. */
  readonly theirsForQr: number[]
  readonly byPass: Readonly<Record<string, number[]>>
  readonly read: { readonly ours: number; readonly theirs: number }
}

let wasmBinary: ArrayBuffer

async function prepare(wasm: string): Promise<void> {
  wasmBinary = await (await fetch(wasm)).arrayBuffer()
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}

/** They take turns at the same picture, ours from the camera's frame on, theirs from pixels that lie ready. */
async function costs(kind: string, name: string, frames: number): Promise<Costs> {
  const luma = PICTURES[kind]?.[name]?.()
  if (!luma) throw new Error(`there is no picture ${name}`)
  const looker = createLooker()
  const reader = await createWasmReader(wasmBinary)
  looker.use(reader)
  const lumaOf = createFrameLuma()
  const planes = new Uint8Array((WIDTH * HEIGHT * 3) / 2).fill(128)
  planes.set(luma.data)
  const pixels = rgbaOf(luma)
  const found = { ours: [] as number[], theirs: [] as number[], theirsForQr: [] as number[] }
  const read = { ours: 0, theirs: 0 }
  for (let i = -10; i < frames; i++) {
    const frame = new VideoFrame(planes, { format: 'I420', codedWidth: WIDTH, codedHeight: HEIGHT, timestamp: i * 33_000 })
    const first = performance.now()
    const { text } = looker.look(await lumaOf(frame, CROP))
    const ours = performance.now() - first
    frame.close()
    const second = performance.now()
    const results = await readBarcodes(pixels)
    const theirs = performance.now() - second
    const third = performance.now()
    await readBarcodes(pixels, { formats: ['QRCode'] })
    const theirsForQr = performance.now() - third
    // The first ten frames compile it.
    if (i < 0) continue
    found.ours.push(ours)
    found.theirs.push(theirs)
    found.theirsForQr.push(theirsForQr)
    if (text !== undefined) read.ours++
    if (results.some(({ isValid }) => isValid)) read.theirs++
  }
  const byPass: Record<string, number[]> = {}
  for (let i = 0; i < 10; i++)
    for (const pass of [PLAIN, SMALL, ...ROUND]) {
      const from = performance.now()
      reader(luma, pass)
      const own = byPass[pass.name] ?? []
      own.push(performance.now() - from)
      byPass[pass.name] = own
    }
  return { ...found, byPass, read }
}

function rgbaOf({ data, width, height }: Luma): ImageData {
  const image = new ImageData(width, height)
  for (let i = 0, p = 0; i < data.length; i++, p += 4) image.data.fill(data[i] ?? 0, p, p + 3).fill(255, p + 3, p + 4)
  return image
}

const pictures = () => Object.entries(PICTURES).flatMap(([kind, named]) => Object.keys(named).map((name) => [kind, name] as const))

type Asked = { readonly wasm: string } | { readonly kind: string; readonly name: string; readonly frames: number }

if (typeof document === 'undefined') {
  self.onmessage = async ({ data }: MessageEvent<Asked>) => {
    self.postMessage('wasm' in data ? await prepare(data.wasm) : await costs(data.kind, data.name, data.frames))
  }
} else Object.assign(globalThis, { bench: { prepare, costs, pictures } })
