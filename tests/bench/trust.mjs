// What privacy costs: in Chromium, on this machine and slowed down four times; the server's half in Node.
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build, createServer as createVite } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))
const RESIDENTS = 20_000
const PUSH = 24_000 // bytes; 500 records, gzipped

export async function* figures() {
  const script = await bundled()
  const vite = await createVite({ root, configFile: false, server: { middlewareMode: true }, appType: 'custom', logLevel: 'error' })
  const { launch } = await vite.ssrLoadModule('/tests/browser/support/chromium.ts')
  const site = createServer((_asked, answer) => answer.setHeader('content-type', 'text/html').end('<!doctype html><title>bench</title>'))
  await new Promise((done) => site.listen(0, '127.0.0.1', done))
  const browser = await launch()
  try {
    const page = await (await browser.newContext()).newPage()
    await page.goto(`http://localhost:${site.address().port}/`)
    await page.evaluate(script)
    const devtools = await page.context().newCDPSession(page)
    for (const rate of [1, 4]) {
      await devtools.send('Emulation.setCPUThrottlingRate', { rate })
      yield* inPage(page, `${rate}x`)
    }
    yield* inNode(vite)
  } finally {
    await browser.close()
    site.close()
    await vite.close()
  }
}

async function* inPage(page, slowed) {
  const at = (name, value, unit = 'ms') => ({ name: `${name}, ${slowed}`, value: Number(value.toFixed(3)), unit })
  const unlock = await page.evaluate((residents) => globalThis.bench.unlock(residents, 5), RESIDENTS)
  yield {
    ...at(`roster of ${RESIDENTS} into memory, pages`, unlock.pages),
    baseline: 'a sealed row each',
    baselineValue: Number(unlock.rows.toFixed(3)),
  }
  yield at('PIN to data key', await page.evaluate(() => globalThis.bench.pin()))
  const save = await page.evaluate(() => globalThis.bench.save(300))
  yield {
    ...at('sealed strict save, fact + outbox + counters', save.sealed),
    baseline: 'one raw strict put',
    baselineValue: Number(save.raw.toFixed(3)),
  }
  yield at('verify a card', await page.evaluate(() => globalThis.bench.card(200)))
  yield at('sign a push', await page.evaluate((bytes) => globalThis.bench.sign(bytes, 100), PUSH))
}

/** The server's half: one push verified. */
async function* inNode(vite) {
  const { makeDeviceKeys } = await vite.ssrLoadModule('/src/trust/device-keys.ts')
  const { signRequest, verifyRequest } = await vite.ssrLoadModule('/src/trust/request-signature.ts')
  const { sign } = await makeDeviceKeys()
  const request = { method: 'POST', target: '/api/v1/sync/push', body: crypto.getRandomValues(new Uint8Array(PUSH)) }
  const fields = await signRequest(request, { key: sign.privateKey, keyId: 'd', created: Date.now(), nonce: 'n' })
  const rounds = 300
  const from = performance.now()
  for (let i = 0; i < rounds; i++) {
    const proof = await verifyRequest(request, fields, async () => ({ owner: 'd', key: sign.publicKey }))
    if (!proof.ok) throw new Error(`the push was refused: ${proof.error}`)
  }
  yield { name: 'verify a push, server', value: Number(((performance.now() - from) / rounds).toFixed(3)), unit: 'ms' }
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
      lib: { entry: 'tests/bench/trust-page.ts', formats: ['iife'], name: 'benchPage' },
    },
  })
  const [{ output }] = Array.isArray(made) ? made : [made]
  return output[0].code
}
