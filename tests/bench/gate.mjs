// How long a volunteer waits after a tap: in Chromium, slowed down four times, on a phone that is full, beside one that is nearly empty.
import { fileURLToPath } from 'node:url'
import { build, createServer as createVite } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))
const FULL = 20_000 // facts, and residents
const NEARLY_EMPTY = 200
const ROUNDS = 2 // the phones take turns, so that a busy machine is busy for both
const REPEATS = 10 // a round
const A_GLANCE = 100 // ms
const MACHINE = 'a tap that draws one box' // what no app could better here

export async function* figures() {
  const script = await bundled()
  const vite = await createVite({ root, configFile: false, server: { middlewareMode: true }, appType: 'custom', logLevel: 'error' })
  const { aServer } = await vite.ssrLoadModule('/tests/browser/support/server.ts')
  const { aCommunity, aPhone } = await vite.ssrLoadModule('/tests/bench/gate-phones.ts')
  const hours = await vite.ssrLoadModule('/tests/bench/gate-hours.ts')
  const server = await aServer()
  const phones = []
  const took = since()
  try {
    await aCommunity(server)
    for (const rows of [NEARLY_EMPTY, FULL]) phones.push(await aPhone(server, script, rows))
    took('two phones activated and filled')
    yield* offline(server, phones, hours)
    took('without a network')
    server.fault = 'none'
    for (const phone of phones) await phone.confirmAll()
    for (let round = 0; round < ROUNDS; round++)
      for (const phone of phones) {
        const from = round * REPEATS
        await phone.atGate(async (taps) => {
          await hours.nothing(taps, MACHINE, REPEATS)
          await hours.atTiles(taps, from, REPEATS)
          await hours.atCamera(taps, from, REPEATS)
          await hours.atHands(taps, 20 + from, phone.cards.slice(from, from + REPEATS))
        })
        await phone.atMetro((taps) => hours.atCounter(taps, REPEATS))
        took(`round ${round + 1}, ${phone.rows} rows`)
      }
    yield* compared(phones)
  } finally {
    for (const phone of phones) phone.close()
    await server.close()
    await vite.close()
  }
}

/** Everything that was recorded still waits, and each save tries to send it. */
async function* offline(server, phones, hours) {
  server.fault = 'down'
  for (let round = 0; round < ROUNDS; round++)
    for (const phone of phones) await phone.atGate((taps) => hours.passages(taps, 40 + round * REPEATS, REPEATS))
  yield* compared(phones, ', all waiting, no network')
  for (const { times } of phones) times.clear()
}

function* compared([small, full], where = '') {
  let actions = 0
  let over = 0
  for (const [name, times] of full.times) {
    const value = percentile(times, 0.95)
    const isOfTheApp = name !== MACHINE
    if (isOfTheApp) actions++
    if (isOfTheApp && value > A_GLANCE) over++
    yield {
      name: name + where,
      value,
      unit: 'ms',
      baseline: `${NEARLY_EMPTY} facts and residents`,
      baselineValue: percentile(small.times.get(name) ?? [], 0.95),
      median: percentile(times, 0.5),
      baselineMedian: percentile(small.times.get(name) ?? [], 0.5),
      repeats: times.length,
    }
  }
  yield { name: `actions over ${A_GLANCE} ms${where}`, value: over, unit: `of ${actions}` }
}

function percentile(values, part) {
  const inOrder = [...values].sort((a, b) => a - b)
  return Number((inOrder[Math.ceil(inOrder.length * part) - 1] ?? Number.NaN).toFixed(1))
}

function since() {
  let from = performance.now()
  return (what) => {
    const now = performance.now()
    process.stderr.write(`${what}: ${Math.round((now - from) / 1000)} s\n`)
    from = now
  }
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
      lib: { entry: 'tests/bench/gate-page.ts', formats: ['iife'], name: 'benchPage' },
    },
  })
  const [{ output }] = Array.isArray(made) ? made : [made]
  return output[0].code
}
