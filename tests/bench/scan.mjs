// How many real pictures of QR codes are read, beside both libraries as they come; see --pictures DIR. Chromium opens the pictures, Node runs the decoders.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer as createVite } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))
const require = createRequire(import.meta.url)
const LONGEST_SIDE = 1280
const DEFAULT = 'zxing-wasm as it comes'
const LIBRARY = '@zxing/library, TRY_HARDER'

export async function* figures() {
  const at = process.argv.indexOf('--pictures')
  const folder = at > 0 ? process.argv[at + 1] : undefined
  if (!folder || !existsSync(join(folder, 'manifest.json'))) {
    throw new Error('npm run bench -- scan --pictures DIR: a folder of pictures with a manifest.json that tells what may be read from each')
  }
  const pictures = picturesIn(folder)
  const vite = await createVite({
    root,
    configFile: false,
    server: { middlewareMode: true },
    appType: 'custom',
    logLevel: 'error',
    // Its modules name each other without their ending, which Node does not resolve.
    ssr: { noExternal: ['@zxing/library'] },
  })
  try {
    const { launch } = await vite.ssrLoadModule('/tests/browser/support/chromium.ts')
    const { readStill } = await vite.ssrLoadModule('/src/scan/still.ts')
    const { createWasmReader } = await vite.ssrLoadModule('/src/scan/wasm-reader.ts')
    const { decodeLuma } = await vite.ssrLoadModule('/src/scan/decode.ts')
    const { readBarcodes, prepareZXingModule } = await import('zxing-wasm/reader')
    const wasmBinary = readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm')).buffer
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
    const read = await createWasmReader(wasmBinary)
    const decoders = {
      ours: (luma) => readStill(luma, read),
      [DEFAULT]: async (luma) => (await readBarcodes(imageDataOf(luma), {})).find(({ isValid }) => isValid)?.text,
      [LIBRARY]: (luma) => decodeLuma(luma, false),
    }
    const results = []
    const browser = await launch()
    try {
      const page = await (await browser.newContext()).newPage()
      for (const picture of pictures) {
        const luma = await lumaOf(page, join(folder, picture.file))
        for (const [name, decode] of Object.entries(decoders)) {
          const from = performance.now()
          const text = await decode(luma)
          results.push({ ...picture, name, text: text === undefined ? undefined : plain(text), ms: performance.now() - from })
        }
      }
    } finally {
      await browser.close()
    }
    yield* counted(results)
  } finally {
    await vite.close()
  }
}

function* counted(results) {
  const withCode = results.filter(({ texts }) => texts.length > 0)
  const sets = [...new Set(withCode.map(({ set }) => set))].sort()
  for (const set of sets) yield beside(set, '% read', (name) => share(withCode.filter((each) => each.set === set && each.name === name)))
  const groups = { all: () => true, boofcv: ({ set }) => set.startsWith('boofcv'), 'eu-dcc': ({ set }) => set.startsWith('eu-dcc') }
  for (const [group, isIn] of Object.entries(groups))
    yield beside(group, '% read', (name) => share(withCode.filter((each) => each.name === name && isIn(each))))
  const wrong = (name) => results.filter((each) => each.name === name && each.text !== undefined && !each.texts.includes(each.text)).length
  yield beside('false-reads', 'pictures', wrong)
  const mean = (name) => {
    const own = results.filter((each) => each.name === name)
    return own.reduce((sum, { ms }) => sum + ms, 0) / own.length
  }
  yield beside('ms', 'ms per picture', mean)
}

const share = (results) => (100 * results.filter(({ text, texts }) => texts.includes(text)).length) / Math.max(1, results.length)
const round = (value) => Number(value.toFixed(1))
const beside = (name, unit, of) => ({
  name,
  value: round(of('ours')),
  unit,
  baseline: DEFAULT,
  baselineValue: round(of(DEFAULT)),
  [LIBRARY]: round(of(LIBRARY)),
})

const plain = (text) => text.replaceAll('\r\n', '\n').trim()

function imageDataOf({ data, width, height }) {
  const rgba = new Uint8ClampedArray(data.length * 4)
  for (let i = 0; i < data.length; i++) rgba.fill(data[i], i * 4, i * 4 + 3).fill(255, i * 4 + 3, i * 4 + 4)
  return { data: rgba, width, height, colorSpace: 'srgb' }
}

async function lumaOf(page, path) {
  const bytes = readFileSync(path).toString('base64')
  const { data, width, height } = await page.evaluate(
    async ([base64, longest]) => {
      const picture = await createImageBitmap(await (await fetch(`data:image/*;base64,${base64}`)).blob())
      const shrunk = Math.min(1, longest / Math.max(picture.width, picture.height))
      const canvas = new OffscreenCanvas(Math.round(picture.width * shrunk), Math.round(picture.height * shrunk))
      const context = canvas.getContext('2d')
      context.drawImage(picture, 0, 0, canvas.width, canvas.height)
      const rgba = context.getImageData(0, 0, canvas.width, canvas.height).data
      let text = ''
      for (let i = 0; i < rgba.length; i += 4) text += String.fromCharCode((77 * rgba[i] + 150 * rgba[i + 1] + 29 * rgba[i + 2]) >> 8)
      return { data: btoa(text), width: canvas.width, height: canvas.height }
    },
    [bytes, LONGEST_SIDE],
  )
  return { data: new Uint8ClampedArray(Buffer.from(data, 'base64')), width, height }
}

function picturesIn(folder) {
  const { images } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  return images.map(({ file, set, expected }) => ({ file, set, texts: expected.map(plain) }))
}
