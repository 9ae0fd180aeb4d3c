import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from 'uqr'

const WIDTH = 1280
const HEIGHT = 720
const MODULE = 10 // pixels
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
  const luma = Buffer.alloc(WIDTH * HEIGHT, TABLE)
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, 128)
  if (text !== '') draw(luma, text)
  return Buffer.concat([Buffer.from('FRAME\n'), luma, chroma])
}

function draw(luma: Buffer, text: string): void {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const left = Math.floor((WIDTH - size * MODULE) / 2)
  const top = Math.floor((HEIGHT - size * MODULE) / 2)
  for (let y = 0; y < size * MODULE; y++) {
    const row = data[Math.floor(y / MODULE)] ?? []
    for (let x = 0; x < size * MODULE; x++) luma[(top + y) * WIDTH + left + x] = row[Math.floor(x / MODULE)] ? INK : PAPER
  }
}
