import type { Chance } from './chance'

export const WIDTH = 1280
export const HEIGHT = 720
const FOCAL = 1000 // px; a phone's main camera at 720p
const PAPER = 0.85 // what of the light comes back
const INK = 0.06
const SKIN = 0.36

/** Where the card is, as the camera sees it. */
export interface Pose {
  /** Of the code's middle, px from the picture's. */
  readonly x: number
  readonly y: number
  /** The code's side as a part of the picture's height. */
  readonly size: number
  /** Radians: in the picture's plane, away from the camera, sideways. */
  readonly roll: number
  readonly tilt: number
  readonly turn: number
}

export interface Card {
  /** The code row after row, 1 is dark. */
  readonly modules: Uint8Array
  readonly isInverted: boolean
  /** How far the paper is bent; 0 is flat. */
  readonly bend: number
  /** Where the light falls from; a change over the code's side. */
  readonly shade: { readonly across: number; readonly down: number }
  /** The edge of a shadow over the card, in code's sides from its middle. */
  readonly shadow?: number
  /** A lamp in the card's lamination. */
  readonly glare?: { readonly x: number; readonly y: number; readonly reach: number; readonly light: number }
}

/** A street at the camera's distance: what is behind the card, larger than the picture so that it can be moved under it. */
export interface Backdrop {
  readonly light: Float32Array
  readonly width: number
  readonly height: number
}
const MARGIN = 64 // px

/** Soft blotches of three sizes, and some dozens of upright things with edges, lit windows among them. */
export function aStreet(chance: Chance): Backdrop {
  const [width, height] = [WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN]
  const light = new Float32Array(width * height).fill(0.12)
  for (const [cell, strength] of [
    [180, 0.25],
    [45, 0.12],
    [9, 0.06],
  ] as const) {
    const across = Math.ceil(width / cell) + 2
    const grid = Float32Array.from({ length: across * (Math.ceil(height / cell) + 2) }, () => chance())
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const [column, row] = [Math.floor(x / cell), Math.floor(y / cell)]
        const [right, down] = [x / cell - column, y / cell - row]
        const at = row * across + column
        const upper = (grid[at] ?? 0) * (1 - right) + (grid[at + 1] ?? 0) * right
        const lower = (grid[at + across] ?? 0) * (1 - right) + (grid[at + across + 1] ?? 0) * right
        light[y * width + x] = (light[y * width + x] ?? 0) + strength * (upper * (1 - down) + lower * down)
      }
  }
  for (let i = 0; i < 40; i++) {
    const [left, top] = [Math.floor(chance() * width), Math.floor(chance() * height)]
    const [w, h] = [8 + Math.floor(chance() * 90), 20 + Math.floor(chance() * 260)]
    const of = i % 13 === 0 ? 1.2 : chance() * 0.6
    for (let y = top; y < Math.min(height, top + h); y++) light.fill(of, y * width + left, y * width + Math.min(width, left + w))
  }
  return { light, width, height }
}

/** The light of one exposure: the card in each of its poses while the shutter was open, over the street. */
export function exposed(into: Float32Array, card: Card, poses: readonly Pose[], street: Backdrop): void {
  const middle = poses[poses.length >> 1]
  if (!middle) return
  lay(into, street, middle)
  const views = poses.map(viewOf)
  const inTheMiddle = viewOf(middle)
  const { left, top, right, bottom } = boundsOf(poses)
  for (let y = top; y < bottom; y++) {
    sums.fill(0)
    covered.fill(0)
    // Each instant of the exposure looks at another point of the pixel, so that edges are smooth.
    views.forEach((view, i) => {
      sweep(card, view, { from: left, to: right, aside: (0.5 + i * 0.7549) % 1, y: y + ((0.5 + i * 0.5698) % 1) })
    })
    light(into, card, inTheMiddle, { y, from: left, to: right, instants: poses.length })
  }
}

const sums = new Float32Array(WIDTH)
const covered = new Uint8Array(WIDTH)

/** Along a line of the picture: what the card gives back in one instant is added up. */
function sweep(card: Card, view: View, { from, to, aside, y }: { from: number; to: number; aside: number; y: number }): void {
  const { bend, modules } = card
  const count = Math.sqrt(modules.length)
  const [paper, ink] = card.isInverted ? [INK, PAPER] : [PAPER, INK]
  let [a, b, w] = [0, 3, 6].map((row) => at(view, row, from + aside, y)) as [number, number, number]
  const [da, db, dw] = [view[0], view[3], view[6]]
  for (let x = from; x < to; x++, a += da, b += db, w += dw) {
    const [flat, down] = [a / w, b / w]
    const u = flat * (1 + 0.6 * bend * flat * flat)
    const v = down + bend * (flat * flat - 0.1)
    if (u < -0.68 || u > 0.68 || v < -0.66 || v > 1.05) continue
    covered[x] = (covered[x] ?? 0) + 1
    const isCode = u > -0.5 && u < 0.5 && v > -0.5 && v < 0.5
    const isDark = isCode ? modules[Math.floor((v + 0.5) * count) * count + Math.floor((u + 0.5) * count)] === 1 : isWriting(u, v)
    sums[x] = (sums[x] ?? 0) + (isThumb(u, v) ? SKIN : isDark ? ink : paper)
  }
}

/** Two lines below the code. */
const isWriting = (u: number, v: number) =>
  v > 0.68 && v < 0.87 && (v < 0.75 || v > 0.82) && u > -0.5 && u < 0.2 && Math.sin(u * 90) + Math.sin(u * 53) > 0
/** It holds the lower edge. */
const isThumb = (u: number, v: number) => v > 0.7 && (u - 0.45) ** 2 / 0.02 + (v - 0.98) ** 2 / 0.06 < 1

const at = (view: View, row: number, x: number, y: number) => (view[row] ?? 0) * x + (view[row + 1] ?? 0) * y + (view[row + 2] ?? 0)

/** The line's sums become light: shade, shadow and glare change slowly, and are taken once a pixel. */
function light(into: Float32Array, card: Card, view: View, line: { y: number; from: number; to: number; instants: number }): void {
  const { y, from, to, instants } = line
  for (let x = from; x < to; x++) {
    const times = covered[x] ?? 0
    if (times === 0) continue
    const w = at(view, 6, x + 0.5, y + 0.5)
    const [u, v] = [at(view, 0, x + 0.5, y + 0.5) / w, at(view, 3, x + 0.5, y + 0.5) / w]
    const behind = (into[y * WIDTH + x] ?? 0) * (1 - times / instants)
    into[y * WIDTH + x] = behind + ((sums[x] ?? 0) * litAt(card, u, v) + times * glareAt(card, u, v)) / instants
  }
}

function lay(into: Float32Array, { light, width }: Backdrop, { x, y }: Pose): void {
  // The hand that holds the phone moves the street too, less than the card.
  const [left, top] = [x, y].map((moved) => MARGIN + Math.round(Math.max(-MARGIN, Math.min(MARGIN, moved * 0.15)))) as [number, number]
  for (let row = 0; row < HEIGHT; row++)
    into.set(light.subarray((top + row) * width + left, (top + row) * width + left + WIDTH), row * WIDTH)
}

type View = readonly [number, number, number, number, number, number, number, number, number]

/** From a pixel to the card's plane, in code's sides: the inverse of the pinhole's picture of that plane. */
function viewOf({ x, y, size, roll, tilt, turn }: Pose): View {
  const distance = FOCAL / (size * HEIGHT)
  const [cr, sr, ct, st, cu, su] = [Math.cos(roll), Math.sin(roll), Math.cos(tilt), Math.sin(tilt), Math.cos(turn), Math.sin(turn)]
  const [ax, ay, az] = [cr * cu - sr * st * su, sr * cu + cr * st * su, -ct * su]
  const [bx, by, bz] = [-sr * ct, cr * ct, st]
  const [tx, ty, tz] = [(x * distance) / FOCAL, (y * distance) / FOCAL, distance]
  const [a, b, c] = [FOCAL * ax + (WIDTH / 2) * az, FOCAL * bx + (WIDTH / 2) * bz, FOCAL * tx + (WIDTH / 2) * tz]
  const [d, e, f] = [FOCAL * ay + (HEIGHT / 2) * az, FOCAL * by + (HEIGHT / 2) * bz, FOCAL * ty + (HEIGHT / 2) * tz]
  return [
    e * tz - f * bz,
    c * bz - b * tz,
    b * f - c * e,
    f * az - d * tz,
    a * tz - c * az,
    c * d - a * f,
    d * bz - e * az,
    b * az - a * bz,
    a * e - b * d,
  ]
}

function litAt({ shade, shadow }: Card, u: number, v: number): number {
  const light = Math.max(0.2, 1 + shade.across * u + shade.down * v)
  if (shadow === undefined) return light
  return light * (0.3 + 0.7 / (1 + Math.exp(-(u + v * 0.4 - shadow) * 40)))
}

function glareAt({ glare }: Card, u: number, v: number): number {
  return glare ? glare.light * Math.exp(-((u - glare.x) ** 2 + (v - glare.y) ** 2) / glare.reach ** 2) : 0
}

function boundsOf(poses: readonly Pose[]) {
  const reach = (pose: Pose) => pose.size * HEIGHT * 1.75
  const low = (of: (pose: Pose) => number) => Math.max(0, Math.floor(Math.min(...poses.map(of))))
  const high = (of: (pose: Pose) => number, most: number) => Math.min(most, Math.ceil(Math.max(...poses.map(of))))
  return {
    left: low((pose) => WIDTH / 2 + pose.x - reach(pose)),
    right: high((pose) => WIDTH / 2 + pose.x + reach(pose), WIDTH),
    top: low((pose) => HEIGHT / 2 + pose.y - reach(pose)),
    bottom: high((pose) => HEIGHT / 2 + pose.y + reach(pose), HEIGHT),
  }
}
