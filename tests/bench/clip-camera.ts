import { aChance, type Chance } from './chance'
import { WIDTH as ACROSS, HEIGHT as DOWN } from './clip-scene'

export interface Sensor {
  /** Electrons of a white paper: few of them make a noisy picture. */
  readonly electrons: number
  /** Electrons that the sensor adds by itself, one standard deviation. */
  readonly dark: number
  /** Brightness of a white paper, and of black. */
  readonly white: number
  readonly black: number
  /** How much darker the corners are. */
  readonly vignette: number
  /** The phone's own noise filter. */
  readonly smooths: boolean
  /** As a JPEG's; none: as it left the sensor. */
  readonly quality?: number
}

// Of this module, because another's are looked up each time.
const [WIDTH, HEIGHT] = [ACROSS, DOWN]
const PIXELS = WIDTH * HEIGHT
const PAPER = 0.85
const NORMALS = 1 << 16
const spare = new Float32Array(PIXELS)

/** Out of focus by so many pixels (one standard deviation): two means in a row are nearly a bell. */
export function defocused(light: Float32Array, blur: number): void {
  if (blur < 0.15) return
  const reach = (Math.sqrt(6 * blur * blur + 1) - 1) / 2
  for (let times = 0; times < 2; times++) {
    meanAlong(light, spare, reach)
    meanDown(spare, light, reach)
  }
}

/** Each the mean of its neighbours in the row; those farthest away count by the fraction of the reach. */
function meanAlong(from: Float32Array, to: Float32Array, reach: number): void {
  const whole = Math.floor(reach)
  const part = reach - whole
  const weight = 1 / (2 * reach + 1)
  const line = new Float32Array(WIDTH + 2 * whole + 2)
  for (let start = 0; start < PIXELS; start += WIDTH) {
    line.set(from.subarray(start, start + WIDTH), whole + 1)
    line.fill(from[start] ?? 0, 0, whole + 1)
    line.fill(from[start + WIDTH - 1] ?? 0, WIDTH + whole + 1)
    let sum = 0
    for (let i = 1; i <= 2 * whole + 1; i++) sum += line[i] ?? 0
    for (let x = 0; x < WIDTH; x++) {
      const [before, after] = [line[x] ?? 0, line[x + 2 * whole + 2] ?? 0]
      to[start + x] = (sum + part * (before + after)) * weight
      sum += after - (line[x + 1] ?? 0)
    }
  }
}

/** The same down the columns, all of a row at once. */
function meanDown(from: Float32Array, to: Float32Array, reach: number): void {
  const whole = Math.floor(reach)
  const part = reach - whole
  const weight = 1 / (2 * reach + 1)
  const sums = new Float32Array(WIDTH)
  const row = (y: number) => Math.max(0, Math.min(HEIGHT - 1, y)) * WIDTH
  for (let y = -whole; y <= whole; y++) for (let x = 0, at = row(y); x < WIDTH; x++, at++) sums[x] = (sums[x] ?? 0) + (from[at] ?? 0)
  for (let y = 0; y < HEIGHT; y++) {
    const [before, after, first] = [row(y - whole - 1), row(y + whole + 1), row(y - whole)]
    const start = y * WIDTH
    for (let x = 0; x < WIDTH; x++) {
      const next = from[after + x] ?? 0
      const sum = sums[x] ?? 0
      to[start + x] = (sum + part * ((from[before + x] ?? 0) + next)) * weight
      sums[x] = sum + next - (from[first + x] ?? 0)
    }
  }
}

/** What the sensor and the phone's own processing make of the light: shot and read noise, gamma, and what a codec leaves. */
export function sensed(light: Float32Array, sensor: Sensor, chance: Chance): Uint8ClampedArray {
  const { electrons, dark, vignette, quality } = sensor
  const farthest = (WIDTH / 2) ** 2 + (HEIGHT / 2) ** 2
  for (let y = 0, i = 0; y < HEIGHT; y++) {
    let turn = Math.floor(chance() * NORMALS)
    for (let x = 0; x < WIDTH; x++, i++, turn++) {
      const corner = ((x - WIDTH / 2) ** 2 + (y - HEIGHT / 2) ** 2) / farthest
      const caught = ((light[i] ?? 0) / PAPER) * electrons * (1 - vignette * corner)
      light[i] = (caught + Math.sqrt(caught + dark * dark) * (normals[turn % NORMALS] ?? 0)) / electrons
    }
  }
  if (sensor.smooths) {
    // What noise is left is in blotches.
    meanAlong(light, spare, 0.8)
    meanDown(spare, light, 0.8)
  }
  const picture = developed(light, sensor)
  if (quality !== undefined) coded(picture, quality)
  return picture
}

const STEPS = 1024 // of a white paper's light

function developed(light: Float32Array, { white, black }: Sensor): Uint8ClampedArray {
  // Noise goes on below black: a camera's gamma is straight there.
  const curve = (value: number) => black + (white - black) * (value > 0.02 ? value ** (1 / 2.2) : value * 8.45)
  const table = Float32Array.from({ length: 4 * STEPS }, (_, i) => curve(i / STEPS - 1))
  const picture = new Uint8ClampedArray(PIXELS)
  for (let i = 0; i < PIXELS; i++) picture[i] = table[Math.max(0, Math.min(4 * STEPS - 1, Math.round(((light[i] ?? 0) + 1) * STEPS)))] ?? 0
  return picture
}

const normals = Float32Array.from({ length: NORMALS }, bell(aChance(20_200_123)))

/** Box and Muller's way from even chances to a bell. */
function bell(chance: Chance): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())
}

/** The table of JPEG's annex K for brightness. */
const ROUGHNESS = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22,
  37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
]
const cosine = (frequency: number, at: number) =>
  (frequency === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * at + 1) * frequency * Math.PI) / 16)
const TO_FREQUENCIES = Float32Array.from({ length: 64 }, (_, i) => cosine(i >> 3, i & 7))
const TO_PIXELS = Float32Array.from({ length: 64 }, (_, i) => cosine(i & 7, i >> 3))

/** What is left of a picture after a webcam's JPEG: each block of 8 x 8 by its rounded frequencies. */
function coded(picture: Uint8ClampedArray, quality: number): void {
  const scale = (quality < 50 ? 5000 / quality : 200 - 2 * quality) / 100
  const rough = Float32Array.from(ROUGHNESS, (step) => Math.max(1, step * scale))
  const [block, half] = [new Float32Array(64), new Float32Array(64)]
  for (let top = 0; top < HEIGHT; top += 8)
    for (let left = 0; left < WIDTH; left += 8) {
      const start = top * WIDTH + left
      for (let i = 0; i < 64; i++) block[i] = (picture[start + (i >> 3) * WIDTH + (i & 7)] ?? 0) - 128
      multiplied(block, half, TO_FREQUENCIES)
      multiplied(half, block, TO_FREQUENCIES)
      for (let i = 0; i < 64; i++) block[i] = Math.round((block[i] ?? 0) / (rough[i] ?? 1)) * (rough[i] ?? 1)
      multiplied(block, half, TO_PIXELS)
      multiplied(half, block, TO_PIXELS)
      for (let i = 0; i < 64; i++) picture[start + (i >> 3) * WIDTH + (i & 7)] = (block[i] ?? 0) + 128
    }
}

/** Each row by a matrix, written as a column: twice, and rows and columns are both done. */
function multiplied(from: Float32Array, to: Float32Array, by: Float32Array): void {
  for (let row = 0; row < 8; row++)
    for (let out = 0; out < 8; out++) {
      let sum = 0
      for (let i = 0; i < 8; i++) sum += (by[out * 8 + i] ?? 0) * (from[row * 8 + i] ?? 0)
      to[out * 8 + row] = sum
    }
}
