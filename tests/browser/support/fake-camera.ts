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
  const path = join(mkdtempSync(join(tmpdir(), 'gatepost-film-')), 'camera.y4m')
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F15:1 Ip A1:1 C420jpeg\n`)
  const frames = texts.flatMap((text) => Array<Buffer>(framesEach).fill(frame(text)))
  writeFileSync(path, Buffer.concat([head, ...frames]))
  return path
}

function frame(text: string): Buffer {
  return pictureOf(text === '' ? [] : encode(text, { ecc: 'M', border: 4 }).data)
}

/** A film of one code, by its modules, quiet zone included: what another phone shows. */
export function filmOf(modules: readonly (readonly boolean[])[]): string {
  const path = join(mkdtempSync(join(tmpdir(), 'gatepost-film-')), 'camera.y4m')
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F15:1 Ip A1:1 C420jpeg\n`)
  writeFileSync(path, Buffer.concat([head, ...Array<Buffer>(30).fill(pictureOf(modules))]))
  return path
}

function pictureOf(modules: readonly (readonly boolean[])[]): Buffer {
  const luma = Buffer.alloc(WIDTH * HEIGHT, TABLE)
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, 128)
  if (modules.length > 0) draw(luma, modules)
  return Buffer.concat([Buffer.from('FRAME\n'), luma, chroma])
}

function draw(luma: Buffer, data: readonly (readonly boolean[])[]): void {
  const size = data.length
  const MODULE = Math.min(10, Math.floor(HEIGHT / size)) // pixels
  const left = Math.floor((WIDTH - size * MODULE) / 2)
  const top = Math.floor((HEIGHT - size * MODULE) / 2)
  for (let y = 0; y < size * MODULE; y++) {
    const row = data[Math.floor(y / MODULE)] ?? []
    for (let x = 0; x < size * MODULE; x++) luma[(top + y) * WIDTH + left + x] = row[Math.floor(x / MODULE)] ? INK : PAPER
  }
}
