import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from 'uqr'

const WIDTH = 1280
const HEIGHT = 720
const TABLE = 150
const PAPER = 235
const INK = 20

/** A Y4M film for Chromium's fake camera: a card on a table, each text for some frames; '' shows the table alone. */
export function film(texts: readonly string[], framesEach = 30): string {
  // The decoder of today reads nine of ten clean codes, whichever they are; of four pictures of one text it reads some.
  const picture = (text: string, maskPattern: number) => (text === '' ? [] : encode(text, { ecc: 'M', border: 4, maskPattern }).data)
  return filmOfCodes(
    texts.map((text) => HANDS.map((_, mask) => picture(text, mask))),
    framesEach,
  )
}

/** A film of what another phone shows: pictures of a code, by their modules, quiet zone included. */
export const filmOf = (pictures: readonly Modules[]): string => filmOfCodes([pictures], 30)

/** A film of a screen that shows many codes in turn, each for a third of a second. */
export const filmOfEach = (pictures: readonly Modules[]): string =>
  filmOfCodes(
    pictures.map((picture) => [picture]),
    5,
  )

/** A film of pictures that lie ready, as brightness, one after another; at 30 frames a second. */
export function filmOfFrames(frames: Iterable<Uint8ClampedArray>): string {
  return written([...frames].map(frameOf), 30)
}

type Modules = readonly (readonly boolean[])[]

function filmOfCodes(codes: readonly (readonly Modules[])[], framesEach: number): string {
  const frames = codes.flatMap((pictures) => {
    const shaken = HANDS.map((hand, i) => pictureOf(pictures[i % pictures.length] ?? [], hand))
    return Array.from({ length: framesEach }, (_, i) => shaken[i % shaken.length] ?? Buffer.alloc(0))
  })
  return written(frames, 15)
}

function written(frames: readonly Buffer[], perSecond: number): string {
  const path = join(mkdtempSync(join(tmpdir(), 'gatepost-film-')), 'camera.y4m')
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${perSecond}:1 Ip A1:1 C420jpeg\n`)
  writeFileSync(path, Buffer.concat([head, ...frames]))
  return path
}

/** A hand is never still: a code that one picture of it hides shows in the next. Pixels nearer or farther a module, and aside. */
const HANDS = [
  { nearer: 0, right: 0, down: 0 },
  { nearer: -1, right: 13, down: 7 },
  { nearer: -2, right: -9, down: 11 },
  { nearer: 0, right: 5, down: -3 },
] as const

function pictureOf(modules: Modules, hand: (typeof HANDS)[number]): Buffer {
  const luma = Buffer.alloc(WIDTH * HEIGHT, TABLE)
  if (modules.length > 0) draw(luma, modules, hand)
  return frameOf(luma)
}

const frameOf = ({ buffer, byteOffset, byteLength }: Uint8Array | Uint8ClampedArray) =>
  Buffer.concat([Buffer.from('FRAME\n'), Buffer.from(buffer, byteOffset, byteLength), Buffer.alloc((WIDTH * HEIGHT) / 2, 128)])

function draw(luma: Buffer, data: Modules, { nearer, right, down }: (typeof HANDS)[number]): void {
  const size = data.length
  const pixels = Math.min(10, Math.floor(HEIGHT / size) - 1) + nearer
  const left = Math.floor((WIDTH - size * pixels) / 2) + right
  const top = Math.max(0, Math.floor((HEIGHT - size * pixels) / 2) + down)
  for (let y = 0; y < size * pixels && top + y < HEIGHT; y++) {
    const row = data[Math.floor(y / pixels)] ?? []
    for (let x = 0; x < size * pixels; x++) luma[(top + y) * WIDTH + left + x] = row[Math.floor(x / pixels)] ? INK : PAPER
  }
}
