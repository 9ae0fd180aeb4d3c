// What a frame of 720p costs: in Chromium, in a worker, beside zxing-wasm's own readBarcodes, by turns. Slowed down four times in the page itself: Chromium slows no worker.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build, createServer as createVite } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))
const WASM = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
const FRAMES = 40 // a picture; every look comes round as often as any other
const BASELINE = 'zxing-wasm, readBarcodes(ImageData)'
const QR_ONLY = 'the same, for QR codes only'

export async function* figures() {
  const script = await bundled()
  const vite = await createVite({
    root,
    configFile: false,
    server: { middlewareMode: true, hmr: false },
    appType: 'custom',
    logLevel: 'error',
  })
  const { launch } = await vite.ssrLoadModule('/tests/browser/support/chromium.ts')
  const site = createServer((asked, answer) => served(asked.url, answer, script))
  await new Promise((done) => site.listen(0, '127.0.0.1', done))
  const browser = await launch()
  try {
    const page = await (await browser.newContext()).newPage()
    await page.goto(`http://localhost:${site.address().port}/`)
    await page.addScriptTag({ url: '/bench.js' })
    const pictures = await page.evaluate(() => globalThis.bench.pictures())
    await page.evaluate(inWorker)
    yield* compared(await costsOf(page, pictures, '1x'), '1x')
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    await page.evaluate(() => globalThis.bench.prepare('/zxing_reader.wasm'))
    yield* compared(await costsOf(page, pictures, '4x'), '4x')
  } finally {
    await browser.close()
    site.close()
    await vite.close()
  }
}

async function costsOf(page, pictures, slowed) {
  const frames = slowed === '1x' ? FRAMES : FRAMES / 2
  const found = []
  for (const [kind, name] of pictures) {
    const costs = await page.evaluate(
      ([where, ...asked]) => (where === '1x' ? globalThis.worker : globalThis.bench).costs(...asked),
      [slowed, kind, name, frames],
    )
    found.push({ kind, name, ...costs })
  }
  return found
}

function* compared(found, slowed) {
  const where = slowed === '1x' ? 'in a worker' : "in the page's thread"
  for (const kind of new Set(found.map((each) => each.kind))) {
    const own = found.filter((each) => each.kind === kind)
    for (const [name, part] of [
      ['median', 0.5],
      ['p95', 0.95],
    ])
      yield {
        name: `720p frame ${kind}, ${name}, ${slowed}`,
        value: percentile(
          own.flatMap(({ ours }) => ours),
          part,
        ),
        unit: 'ms',
        baseline: BASELINE,
        baselineValue: percentile(
          own.flatMap(({ theirs }) => theirs),
          part,
        ),
        [QR_ONLY]: percentile(
          own.flatMap(({ theirsForQr }) => theirsForQr),
          part,
        ),
        where,
      }
  }
  for (const { kind, name, ours, theirs, theirsForQr, byPass, read } of found)
    yield {
      name: `${name} (${kind}), median, ${slowed}`,
      value: percentile(ours, 0.5),
      unit: 'ms',
      baseline: BASELINE,
      baselineValue: percentile(theirs, 0.5),
      [QR_ONLY]: percentile(theirsForQr, 0.5),
      p95: percentile(ours, 0.95),
      baselineP95: percentile(theirs, 0.95),
      read,
      passes: Object.fromEntries(Object.entries(byPass).map(([pass, times]) => [pass, percentile(times, 0.5)])),
    }
}

function percentile(values, part) {
  const inOrder = [...values].sort((a, b) => a - b)
  return Number((inOrder[Math.ceil(inOrder.length * part) - 1] ?? Number.NaN).toFixed(2))
}

/** In the page: the same bench in a worker, asked one thing after another. */
async function inWorker() {
  const worker = new Worker('/bench.js')
  const asked = (message) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data)
      worker.onerror = (event) => reject(new Error(event.message))
      worker.postMessage(message)
    })
  await asked({ wasm: '/zxing_reader.wasm' })
  globalThis.worker = { costs: (kind, name, frames) => asked({ kind, name, frames }) }
}

/** Isolated, so that the clock is fine enough. */
function served(path, answer, script) {
  const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }
  const [type, body] =
    path === '/bench.js'
      ? ['text/javascript', script]
      : path === '/zxing_reader.wasm'
        ? ['application/wasm', readFileSync(WASM)]
        : ['text/html', '<!doctype html><title>bench</title>']
  answer.writeHead(200, { ...isolated, 'content-type': type }).end(body)
}

async function bundled() {
  const made = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: 'tests/bench/scan-frames-page.ts', formats: ['iife'], name: 'benchPage' },
    },
  })
  const [{ output }] = Array.isArray(made) ? made : [made]
  return output[0].code
}
