import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { encode } from 'uqr'
import { beforeAll, expect, test } from 'vitest'
import type { Luma } from '../../src/scan/luma'
import { doubled, EXTRA, GLARE, half, middle, type Pass, PLAIN, sharpened, squared } from '../../src/scan/passes'
import { readStill } from '../../src/scan/still'
import { createWasmReader, type Reader } from '../../src/scan/wasm-reader'

const TEXT = 'GP1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2FBBRW1*70HS8WY04AC*WIFN0AHCD8KD97TK0F90KECTHG'
const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
let read: Reader
const textOf = (luma: Luma, pass: Pass) => read(luma, pass).text

beforeAll(async () => {
  read = await createWasmReader(readFileSync(wasm).buffer as ArrayBuffer)
})

/** A code on white, `scale` pixels a module. */
function drawn(scale: number, { dark = 20, light = 235 } = {}): Luma {
  const { data, size } = encode(TEXT, { ecc: 'M', border: 4 })
  const side = size * scale
  const pixels = new Uint8ClampedArray(side * side)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) pixels[y * side + x] = data[Math.floor(y / scale)]?.[Math.floor(x / scale)] ? dark : light
  return { data: pixels, width: side, height: side }
}

const blurred = ({ data, width, height }: Luma, reach: number): Luma => {
  const out = new Uint8ClampedArray(data.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0
      let count = 0
      for (let dy = -reach; dy <= reach; dy++)
        for (let dx = -reach; dx <= reach; dx++) {
          const value = data[(y + dy) * width + x + dx]
          if (value === undefined || x + dx < 0 || x + dx >= width) continue
          sum += value
          count++
        }
      out[y * width + x] = sum / count
    }
  return { data: out, width, height }
}

test('a clean code is read by the plain look, from brightness alone, however often', () => {
  for (let i = 0; i < 50; i++) expect(textOf(drawn(3 + (i % 4)), PLAIN)).toBe(TEXT)
})

test('a light code on dark is read by the pass that inverts, not by the plain one', () => {
  const night = drawn(5, { dark: 235, light: 20 })
  expect(textOf(night, PLAIN)).toBeUndefined()
  expect(EXTRA.map((pass) => textOf(night, pass)).filter(Boolean)).toEqual([TEXT])
})

test('each further pass reads a clean code of a middling size', () => {
  for (const pass of [...EXTRA, ...GLARE].filter(({ invert, name }) => !invert && !name.startsWith('middle')))
    expect([pass.name, textOf(drawn(6), pass)]).toEqual([pass.name, TEXT])
})

test('what is too blurred for a plain look may be sharp enough after another', () => {
  const soft = [2, 3, 4, 5].map((reach) => blurred(drawn(6), reach))
  const byPlain = soft.filter((luma) => textOf(luma, PLAIN) === TEXT).length
  const byAll = soft.filter((luma) => readStill(luma, read) === TEXT).length
  expect(byAll).toBeGreaterThanOrEqual(byPlain)
  expect(byAll).toBeGreaterThan(0)
})

test('noise, stripes and an empty picture are no code', () => {
  let seed = 20_200_218
  const chance = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed / 2_147_483_648
  }
  const side = 320
  const pictures = [() => chance() * 255, (i: number) => (i % 8 < 4 ? 0 : 255), () => 128].map((at) => ({
    data: Uint8ClampedArray.from({ length: side * side }, (_, i) => at(i)),
    width: side,
    height: side,
  }))
  for (const luma of pictures) expect(readStill(luma, read)).toBeUndefined()
})

test('without wasm the other decoder reads a still picture', () => {
  expect(readStill(drawn(6), undefined)).toBe(TEXT)
})

test('pictures are halved, doubled, cut, sharpened and squared as they say', () => {
  const luma: Luma = { data: Uint8ClampedArray.from([0, 0, 100, 100, 0, 0, 100, 100]), width: 4, height: 2 }
  expect(half(luma)).toEqual({ data: Uint8ClampedArray.from([0, 100]), width: 2, height: 1 })
  expect(doubled({ data: Uint8ClampedArray.from([0, 100]), width: 2, height: 1 })).toEqual({
    data: Uint8ClampedArray.from([0, 50, 100, 100, 0, 50, 100, 100]),
    width: 4,
    height: 2,
  })
  const ten: Luma = { data: Uint8ClampedArray.from({ length: 100 }, (_, i) => i), width: 10, height: 10 }
  expect([middle(ten).width, middle(ten).height, middle(ten).data[0]]).toEqual([6, 6, 22])
  const edge: Luma = { data: Uint8ClampedArray.from([100, 100, 100, 100, 120, 100, 100, 100, 100]), width: 3, height: 3 }
  expect(sharpened(edge).data[4]).toBe(160)
  expect([...squared({ data: Uint8ClampedArray.from([0, 128, 255]), width: 3, height: 1 }).data]).toEqual([0, 64, 255])
})

test('ten thousand pictures leave no memory behind', { timeout: 120_000 }, () => {
  const luma = drawn(2)
  for (let i = 0; i < 200; i++) read(luma, PLAIN)
  const before = process.memoryUsage()
  for (let i = 0; i < 10_000; i++) read(luma, PLAIN)
  const after = process.memoryUsage()
  expect(after.arrayBuffers + after.external).toBeLessThan((before.arrayBuffers + before.external) * 1.1 + 2_000_000)
})
