// How many of twenty clips of an approaching card are read, and how soon, beside both libraries; how the clips are made, see scan-clips.ts. In Node, whole frames.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { createServer as createVite } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))
const WASM = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
const OURS = 'ours'
const DEFAULT = 'zxing-wasm as it comes'
const LIBRARY = '@zxing/library, TRY_HARDER'

export async function* figures() {
  const vite = await createVite({
    root,
    configFile: false,
    server: { middlewareMode: true, hmr: false },
    appType: 'custom',
    logLevel: 'error',
    // Its modules name each other without their ending, which Node does not resolve.
    ssr: { noExternal: ['@zxing/library'] },
  })
  try {
    const { clips, FRAMES_PER_SECOND } = await vite.ssrLoadModule('/tests/bench/scan-clips.ts')
    const film = clips()
    const viewers = await viewersOf(vite)
    await warmUp(film[0], viewers)
    const results = []
    for (const clip of film) {
      results.push(...(await watched(clip, viewers, 1000 / FRAMES_PER_SECOND)))
      process.stderr.write(`${clip.name}: ${told(results.filter(({ name }) => name === clip.name))}\n`)
    }
    for (const slowed of [1, 4])
      yield* counted(
        results.filter((each) => each.slowed === slowed),
        slowed === 1 ? '' : ` ${slowed}x`,
        film.length,
      )
  } finally {
    await vite.close()
  }
}

/** Each decoder at this machine's speed, and on one that takes four times as long for everything. */
async function viewersOf(vite) {
  const { createLooker } = await vite.ssrLoadModule('/src/scan/looker.ts')
  const { createPace } = await vite.ssrLoadModule('/src/scan/pace.ts')
  const { createWasmReader } = await vite.ssrLoadModule('/src/scan/wasm-reader.ts')
  const { decodeLuma } = await vite.ssrLoadModule('/src/scan/decode.ts')
  const { readBarcodes, prepareZXingModule } = await import('zxing-wasm/reader')
  const wasmBinary = readFileSync(WASM).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  const read = await createWasmReader(wasmBinary)

  const ours = () => {
    const looker = createLooker()
    looker.use(read)
    let pace
    return {
      name: OURS,
      begin() {
        pace = createPace()
        pace.begin(0)
      },
      // As the app does it: between two looks the phone rests.
      look(luma, now) {
        const { text, ms, sight, change } = looker.look(luma)
        return { text, rest: pace.after({ ms, change, isSeen: text !== undefined || sight !== 'none' }, now + ms) }
      },
    }
  }
  const others = [
    { name: DEFAULT, look: async (pixels) => ({ text: (await readBarcodes(pixels, {})).find(({ isValid }) => isValid)?.text }) },
    { name: LIBRARY, look: (luma) => ({ text: decodeLuma(luma, false) }) },
  ]
  return [1, 4].flatMap((slowed) => [ours(), ...others].map((each) => ({ ...each, slowed })))
}

async function warmUp(clip, viewers) {
  for (let i = 0; i < 10; i++)
    for (const viewer of viewers) {
      viewer.begin?.()
      await looked(viewer, clip.frame(i * 5), 0)
    }
}

/** A camera gives a frame when it is time; who is still busy with an older one misses it, unless he is done before the next. */
async function watched(clip, viewers, each) {
  const seen = viewers.map((viewer) => ({ name: clip.name, decoder: viewer.name, slowed: viewer.slowed, frames: 0, wrong: 0, free: 0 }))
  for (const viewer of viewers) viewer.begin?.()
  for (let i = 0; i < clip.count && seen.some(({ first }) => first === undefined); i++) {
    const takers = seen.map((_, n) => n).filter((n) => seen[n].first === undefined && seen[n].free < (i + 1) * each)
    if (takers.length === 0) continue
    const luma = clip.frame(i)
    for (const n of takers) {
      const mine = seen[n]
      const from = Math.max(mine.free, i * each)
      const { text, ms, rest = 0 } = await looked(viewers[n], luma, from)
      mine.frames++
      mine.free = from + ms + rest
      if (text === clip.text) mine.first = from + ms
      else if (text !== undefined) mine.wrong++
    }
  }
  return seen
}

/** ms of the processor, so that what else this machine does costs nobody a frame. The viewer's own clock goes by it too. */
async function looked(viewer, luma, now) {
  const picture = viewer.name === DEFAULT ? imageDataOf(luma) : luma
  const real = performance.now
  performance.now = () => {
    const { user, system } = process.cpuUsage()
    return (viewer.slowed * (user + system)) / 1000
  }
  const from = performance.now()
  try {
    const found = await viewer.look(picture, now)
    return { ...found, ms: performance.now() - from }
  } finally {
    performance.now = real
  }
}

function* counted(results, slowed, count) {
  const of = (decoder) => results.filter((each) => each.decoder === decoder)
  const firsts = (decoder) => of(decoder).flatMap(({ first }) => (first === undefined ? [] : [first]))
  const beside = (name, unit, measure) => ({
    name: name + slowed,
    value: measure(OURS),
    unit,
    baseline: DEFAULT,
    baselineValue: measure(DEFAULT),
    [LIBRARY]: measure(LIBRARY),
  })
  yield beside('clips-read', `of ${count}`, (decoder) => firsts(decoder).length)
  yield beside('first-read', 'ms, median of those read', (decoder) => percentile(firsts(decoder), 0.5))
  yield beside('first-read worst', 'ms', (decoder) => percentile(firsts(decoder), 1))
  yield beside('false-reads', 'frames', (decoder) => of(decoder).reduce((sum, { wrong }) => sum + wrong, 0))
  yield beside('frames looked at', 'a clip', (decoder) => Math.round(of(decoder).reduce((sum, { frames }) => sum + frames, 0) / count))
}

function percentile(values, part) {
  const inOrder = [...values].sort((a, b) => a - b)
  return Math.round(inOrder[Math.ceil(inOrder.length * part) - 1] ?? Number.NaN)
}

const told = (results) =>
  results.map(({ decoder, slowed, first }) => `${decoder} ${slowed}x ${first === undefined ? '-' : Math.round(first)}`).join(', ')

function imageDataOf({ data, width, height }) {
  const rgba = new Uint8ClampedArray(data.length * 4)
  for (let i = 0, p = 0; i < data.length; i++, p += 4) {
    rgba[p] = rgba[p + 1] = rgba[p + 2] = data[i]
    rgba[p + 3] = 255
  }
  return { data: rgba, width, height, colorSpace: 'srgb' }
}
