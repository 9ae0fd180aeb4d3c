import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { encode } from 'uqr'
import { beforeAll, expect, test } from 'vitest'
import { createKeptBuffers } from '../../src/scan/kept-buffers'
import { createLooker } from '../../src/scan/looker'
import type { Luma } from '../../src/scan/luma'
import { createNativeVoter, type NativeDetectors } from '../../src/scan/native-voter'
import { createPace } from '../../src/scan/pace'
import { createResolution } from '../../src/scan/resolution'
import type { Sight } from '../../src/scan/sight'
import { createWasmReader, type Reader } from '../../src/scan/wasm-reader'

const CARD = 'GP1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2FBBRW1*70HS8WY04AC*WIFN0AHCD8KD97TK0F90KECTHG'
const WIDTH = 640
const HEIGHT = 480
let read: Reader

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  read = await createWasmReader(readFileSync(wasm).buffer as ArrayBuffer)
})

interface Scene {
  readonly text?: string
  readonly scale?: number
  readonly right?: number
  readonly dark?: number
  readonly light?: number
  readonly table?: number
  /** Modules in the middle that a thumb covers, each way. */
  readonly thumb?: number
  readonly blur?: number
}

/** A card on a table, as a camera sees it. */
function scene({ text = CARD, scale = 6, right = 0, dark = 20, light = 235, table = 150, thumb = 0, blur = 0 }: Scene = {}): Luma {
  const pixels = new Uint8ClampedArray(WIDTH * HEIGHT).fill(table)
  if (text !== '') {
    const { data, size } = encode(text, { ecc: 'L', border: 4 })
    const left = Math.floor((WIDTH - size * scale) / 2) + right
    const top = Math.floor((HEIGHT - size * scale) / 2)
    const isCovered = (n: number) => Math.abs(n - size / 2) < thumb
    for (let y = 0; y < size * scale; y++)
      for (let x = 0; x < size * scale; x++) {
        const [row, column] = [Math.floor(y / scale), Math.floor(x / scale)]
        const isDark = data[row]?.[column] ?? false
        pixels[(top + y) * WIDTH + left + x] = isCovered(row) && isCovered(column) ? (dark + light) / 2 : isDark ? dark : light
      }
  }
  return { data: blur ? smeared(pixels, blur) : pixels, width: WIDTH, height: HEIGHT }
}

/** As by a hand that moves to the side. */
function smeared(pixels: Uint8ClampedArray, reach: number): Uint8ClampedArray {
  const out = new Uint8ClampedArray(pixels)
  for (let y = 0; y < HEIGHT; y++)
    for (let x = reach; x < WIDTH - reach; x++) {
      let sum = 0
      for (let d = -reach; d <= reach; d++) sum += pixels[y * WIDTH + x + d] ?? 0
      out[y * WIDTH + x] = sum / (2 * reach + 1)
    }
  return out
}

function sightAfter(scenes: readonly Luma[]): Sight {
  const looker = createLooker()
  looker.use(read)
  return scenes.map((luma) => looker.look(luma)).at(-1)?.sight ?? 'none'
}
const six = (part: Scene) => Array.from({ length: 6 }, () => scene(part))

test('a card before the camera is read by the first look, and leaves nothing to say', () => {
  const looker = createLooker()
  looker.use(read)
  expect(looker.look(scene())).toMatchObject({ text: CARD, sight: 'none' })
})

test('until the wasm is there the other decoder reads', () => {
  expect(createLooker().look(scene()).text).toBe(CARD)
})

test('a light code on dark is read within one round of the further looks', () => {
  const looker = createLooker()
  looker.use(read)
  const texts = Array.from({ length: 4 }, () => looker.look(scene({ dark: 235, light: 20 })).text)
  expect(texts).toContain(CARD)
})

test.each<[string, Scene, Sight]>([
  ['nothing but the table', { text: '' }, 'none'],
  ['no light at all', { text: '', table: 25 }, 'light'],
  ['a code that a thumb covers, sharp and near', { thumb: 6 }, 'seen'],
  ['a covered code far away', { thumb: 6, scale: 2 }, 'closer'],
  ['a covered code of little contrast', { thumb: 6, dark: 40, light: 80, table: 60 }, 'light'],
  ['a covered code, smeared by a hand that moves', { thumb: 6, scale: 7, blur: 4 }, 'still'],
])('what keeps a code from being read is told: %s', (_, part, sight) => {
  expect(sightAfter(six(part))).toBe(sight)
})

test('a covered code that wanders is to be held still, and a single frame says nothing', () => {
  expect(sightAfter([-60, -30, 0, 30, 60, 90].map((right) => scene({ thumb: 6, right })))).toBe('still')
  expect(sightAfter([scene({ thumb: 6 })])).toBe('none')
})

test('memory is used again for the next frame, and grows where it must', () => {
  const kept = createKeptBuffers()
  const first = kept('half', 100)
  expect(kept('half', 100)).toBe(first)
  expect(kept('half', 50).buffer).toBe(first.buffer)
  expect(kept('half', 200)).toHaveLength(200)
  expect(kept('other', 200).buffer).not.toBe(kept('half', 200).buffer)
})

test('looks follow one another as half a core allows, at once where a code is seen, and seldom where nothing happens', () => {
  const pace = createPace()
  pace.begin(0)
  const look = { ms: 20, change: 0, isSeen: false }
  expect(pace.after(look, 1_000)).toBe(20)
  expect(pace.after({ ...look, ms: 5 }, 1_000)).toBe(28)
  expect(pace.after(look, 4_100)).toBe(180)
  expect(pace.after({ ...look, change: 30 }, 4_200)).toBe(20)
  expect(pace.after({ ...look, isSeen: true }, 9_000)).toBe(13)
  expect(pace.after(look, 9_100)).toBe(20)
})

test('a quick phone is asked for 1080 lines once, and goes back where they cost too much', () => {
  const looks = (resolution: ReturnType<typeof createResolution>, ms: number) =>
    Array.from({ length: 30 }, () => resolution.took(ms)).filter((lines) => lines !== undefined)
  const quick = createResolution(true)
  expect(looks(quick, 5)).toEqual([1080])
  expect(looks(quick, 20)).toEqual([])
  expect(looks(quick, 45)).toEqual([720])
  expect(looks(quick, 5)).toEqual([])
  expect(looks(createResolution(true), 25)).toEqual([])
  expect(looks(createResolution(false), 5)).toEqual([])
})

// Chromium on Linux brings no detector along, so a stand-in shows what is made of one.
const detectorThat = (answers: (picture: number) => string | undefined | Error): NativeDetectors => {
  let pictures = 0
  return class {
    async detect() {
      const answer = answers(pictures++)
      if (answer instanceof Error) throw answer
      return answer === undefined ? [] : [{ rawValue: answer }]
    }
  }
}
const aPicture = {} as ImageBitmap

test('the browser’s own detector is asked only where it passes its test: the code that it must read, and the picture without one', async () => {
  const voterOf = (answers: (picture: number) => string | undefined | Error) => createNativeVoter(detectorThat(answers), () => aPicture)
  expect(await createNativeVoter(undefined)).toBeUndefined()
  expect(await voterOf(() => undefined)).toBeUndefined()
  expect(await voterOf(() => 'GP')).toBeUndefined()
  expect(await voterOf(() => new Error('no service'))).toBeUndefined()
  expect(await voterOf((n) => (n === 0 ? 'GP' : undefined))).toBeDefined()
})

test('what the browser’s own detector reads counts when it has read it twice, and it is not asked again once it has failed', async () => {
  const says = ['GP', undefined, 'A', 'B', 'B', new Error('gone'), 'B', 'B']
  const voter = await createNativeVoter(
    detectorThat((n) => says[n]),
    () => aPicture,
  )
  const votes = []
  for (let i = 0; i < 6; i++) votes.push(await voter?.vote(aPicture))
  expect(votes).toEqual([undefined, undefined, 'B', undefined, undefined, undefined])
})

test('the code of the detector’s test says what it must', () => {
  const rows: (readonly number[])[] = []
  const drawn = (each: readonly number[]) => {
    rows.push(each)
    return aPicture
  }
  void createNativeVoter(
    detectorThat(() => 'GP'),
    drawn,
  )
  const side = 29 * 6
  const pixels = new Uint8ClampedArray(side * side).fill(255)
  for (let y = 0; y < 21 * 6; y++)
    for (let x = 0; x < 21 * 6; x++)
      if (((rows[0]?.[Math.floor(y / 6)] ?? 0) >> (20 - Math.floor(x / 6))) & 1) pixels[(y + 24) * side + x + 24] = 0
  expect(createLooker().look({ data: pixels, width: side, height: side }).text).toBe('GP')
})
