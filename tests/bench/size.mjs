// What a phone must load before the first paint, and what it keeps for the days without a network. kB are 1000 bytes.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

/** As the service worker parts them. */
const LATER = new RegExp(
  /const LATER = \/(.+)\/\n/.exec(readFileSync(new URL('../../sw/kept-later.ts', import.meta.url), 'utf8'))?.[1] ?? '',
)
const app = fileURLToPath(new URL('../../dist/app', import.meta.url))
const gzipped = (bytes) => gzipSync(bytes, { level: 9 }).length
const budget = (name, value, must) => ({ name, value, unit: 'B gz', baseline: 'budget', baselineValue: must })

export function* figures() {
  const page = readFileSync(join(app, 'index.html'), 'utf8')
  const scripts = initialScripts(page)
  const styles = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text]) => text)
  const scriptBytes = scripts.reduce((sum, file) => sum + gzipped(readFileSync(join(app, file))), 0)
  const styleBytes = styles.reduce((sum, text) => sum + gzipped(text), 0)
  yield budget('initial JS + CSS', scriptBytes + styleBytes, 56_000)
  const bytes = (files) => files.reduce((sum, file) => sum + gzipped(readFileSync(join(app, file))), 0)
  const kept = precached()
  yield budget('precache', bytes(kept.filter((file) => !LATER.test(file))), 340_000)
  yield {
    name: 'kept after activation, without the scanner',
    value: bytes(kept.filter((file) => LATER.test(file) && !/\.wasm$/.test(file))),
    unit: 'B gz',
  }
  yield { name: 'initial scripts', value: scripts.length, unit: 'files' }
  yield* scanner([...scripts, ...kept.filter((file) => !LATER.test(file))])
}

const SCANNER = /^assets\/(?:zxing_reader|decoder\.worker|use-scanner|camera|photo)-[\w-]+\.(?:js|wasm)$/
const DECODERS = /\/(?:zxing_reader|decoder\.worker)-/

/** As it is sent: brotli. The decoders and their wasm are for after the gate's first paint. */
function* scanner(before) {
  const sent = (files) => files.reduce((sum, file) => sum + statSync(join(app, `${file}.br`)).size, 0)
  const files = readdirSync(join(app, 'assets'))
    .map((file) => `assets/${file}`)
    .filter((file) => SCANNER.test(file))
  if (files.filter((file) => DECODERS.test(file)).length !== 2) throw new Error('the decoders are built under other names than this knows')
  yield { ...budget('scanner', sent(files), 375_000), unit: 'B br', files: files.map((file) => [file, sent([file])]) }
  yield {
    ...budget(
      'scanner, decoders before the gate has painted',
      sent(files.filter((file) => DECODERS.test(file) && before.includes(file))),
      0,
    ),
    unit: 'B br',
  }
}

/** The scripts of the page and all that they import before they run. */
function initialScripts(page) {
  const found = new Set()
  const visit = (file) => {
    if (found.has(file)) return
    found.add(file)
    const source = readFileSync(join(app, file), 'utf8')
    for (const [, from] of source.matchAll(/(?:^|[;\n])(?:import|export)[^;'"()]*?(?:from)?["']\.\/([^"']+\.js)["']/g))
      visit(`assets/${from}`)
  }
  for (const [, file] of page.matchAll(/<(?:script|link)[^>]+(?:src|href)="\/(assets\/[^"]+\.js)"/g)) visit(file)
  return [...found]
}

/** The files that the service worker was told to keep. */
function precached() {
  const worker = readFileSync(join(app, 'service-worker.js'), 'utf8')
  const named = [...worker.matchAll(/\{[^{}]*?url:\s*["'`]([^"'`]+)["'`][^{}]*?\}|"url":"([^"]+)"/g)].map(([, a, b]) => a ?? b)
  return named.filter((file) => statSync(join(app, file), { throwIfNoEntry: false })?.isFile())
}
