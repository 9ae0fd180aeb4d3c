import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { encode } from 'uqr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launch } from './support/chromium'
import { memoryOfWorker } from './support/memory'

/**
 * Eight hours at ten frames a second, as fast as they go: the built worker and its wasm, one frame under way at a time. So that it takes a minute and
 * not an hour the frames are small (64 x 64; the looks and their order are the same, and each is other than the one before); one of sixteen comes as
 * a VideoFrame, one of fifty shows a code, and one of fifty a code that is seen and cannot be read. A quiet machine is done in less than 90 s.
 */
const FRAMES = 8 * 3600 * 10
const A_MINUTE = 600
const SIDE = 64

let site: Server
let browser: Browser
let page: Page

beforeAll(async () => {
  const app = resolve('dist/app')
  site = createServer((asked, answer) => {
    const path = asked.url ?? '/'
    const types = { js: 'text/javascript', wasm: 'application/wasm' }
    const type = types[path.slice(path.lastIndexOf('.') + 1) as keyof typeof types]
    answer.setHeader('content-type', type ?? 'text/html').end(type ? readFileSync(join(app, path)) : '<!doctype html><title>hours</title>')
  })
  await new Promise<void>((done) => site.listen(0, '127.0.0.1', done))
  browser = await launch()
  page = await (await browser.newContext()).newPage()
  await page.goto(`http://localhost:${(site.address() as AddressInfo).port}/`)
})
afterAll(async () => {
  await browser?.close()
  site?.close()
})

/** Where the build has laid a file. */
function built(name: RegExp): string {
  const file = readdirSync(resolve('dist/app/assets')).find((each) => name.test(each))
  if (!file) throw new Error(`nothing was built that is called ${name}`)
  return `/assets/${file}`
}

test('after eight hours of frames the decoder’s memory is what it was after the first minute', { timeout: 300_000 }, async () => {
  const [worker, wasm] = [built(/^decoder\.worker-.*\.js$/), built(/^zxing_reader-.*\.wasm$/)]
  const { data, size } = encode('GP1:8H', { ecc: 'L', border: 4 })
  await page.evaluate(begin, { worker, modules: data.map((row) => [...row]), size, side: SIDE })
  const memory = await memoryOfWorker(page)
  await page.evaluate((path) => window.hours.prepare(path), wasm)
  const first = await page.evaluate(([from, to]) => window.hours.look(from, to), [0, A_MINUTE] as const)
  const early = await memory()
  const rest = await page.evaluate(([from, to]) => window.hours.look(from, to), [A_MINUTE, FRAMES] as const)
  const late = await memory()
  expect([first.asked + rest.asked, first.wrong + rest.wrong]).toEqual([FRAMES, 0])
  // Codes are read all day long.
  expect(rest.texts).toBeGreaterThan(FRAMES / 60)
  expect(early.wasm).toBeGreaterThan(0)
  for (const kind of ['objects', 'buffers', 'wasm', 'heap'] as const)
    expect([kind, early[kind], late[kind], late[kind] <= early[kind] * 1.1]).toEqual([kind, early[kind], late[kind], true])
})

interface Looks {
  readonly asked: number
  readonly texts: number
  readonly wrong: number
}
declare global {
  interface Window {
    hours: { prepare(wasm: string): Promise<void>; look(from: number, to: number): Promise<Looks> }
  }
}

interface Beginning {
  readonly worker: string
  readonly modules: readonly (readonly boolean[])[]
  readonly size: number
  readonly side: number
}

/** In the page: the worker, and frames for it. */
function begin({ worker: path, modules, size, side }: Beginning): void {
  const worker = new Worker(path, { type: 'module' })
  const answer = () => new Promise<MessageEvent>((heard) => worker.addEventListener('message', heard, { once: true }))

  let state = 20_200_123
  const chance = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return state / 4_294_967_296
  }
  const noise = Array.from({ length: 61 }, () => Uint8ClampedArray.from({ length: side * side }, () => 90 + chance() * 80))
  const scale = Math.floor(side / size)
  const code = (spoilt: boolean) =>
    Uint8ClampedArray.from({ length: side * side }, (_, i) => {
      const [x, y] = [Math.floor((i % side) / scale), Math.floor(i / side / scale)]
      const isSpoilt = spoilt && x > 12 && y > 12 && x < 24 && y < 24
      return (isSpoilt ? chance() < 0.5 : modules[y]?.[x]) ? 30 : 220
    })
  const [whole, spoilt] = [code(false), code(true)]

  const pictureAt = (i: number) => {
    const from = i % 50 === 7 ? whole : i % 50 === 32 ? spoilt : (noise[i % noise.length] ?? whole)
    const own = from.slice()
    own[i % own.length] = i % 256
    if (i % 16 !== 0) return { kind: 'luma' as const, data: own, width: side, height: side }
    const planes = new Uint8Array((side * side * 3) / 2).fill(128)
    planes.set(own)
    const frame = new VideoFrame(planes, { format: 'I420', codedWidth: side, codedHeight: side, timestamp: i * 100_000 })
    return { kind: 'frame' as const, frame, crop: { x: 0, y: 0, width: side, height: side } }
  }

  window.hours = {
    async prepare(wasm) {
      const ready = answer()
      worker.postMessage({ kind: 'prepare', wasm })
      const { engine } = (await ready).data
      if (engine !== 'wasm') throw new Error(`the ${engine} reads, not the wasm`)
    },
    async look(from, to) {
      let texts = 0
      let wrong = 0
      for (let i = from; i < to; i++) {
        const picture = pictureAt(i)
        const heard = answer()
        worker.postMessage({ kind: 'look', id: i, picture }, [picture.kind === 'frame' ? picture.frame : picture.data.buffer])
        const { data } = await heard
        if (data.kind !== 'looked' || data.id !== i) throw new Error(`frame ${i}: ${JSON.stringify(data)}`)
        if (data.text === 'GP1:8H') texts++
        else if (data.text !== undefined) wrong++
      }
      return { asked: to - from, texts, wrong }
    },
  }
}
