import { encode } from 'uqr'
import type { Luma } from '../../src/scan/luma'
import { toBase45 } from '../../src/trust/base45'
import { aChance, type Chance } from './chance'
import { defocused, type Sensor, sensed } from './clip-camera'
import { aStreet, type Backdrop, type Card, exposed, HEIGHT, type Pose, WIDTH } from './clip-scene'

/**
 * Twenty clips of a card that is held up to a camera, each made from a seed and nothing else.
 *
 * The light of every exposure is drawn through a pinhole: the card as a plane (or bent), in all the poses that the hands give it while the shutter
 * is open, over a street. Then the lens (out of focus, hunting, settling), the sensor (shot noise of so many electrons, read noise, vignette),
 * the phone's noise filter, gamma, and in some a webcam's JPEG. By night the shutter is open for a whole frame and a white paper gives some dozens
 * of electrons. A card comes from afar and from the side, at 15 to 25 % of the picture's height; it stops as near as the table says, and some
 * come so near that the code leaves the picture, before they are drawn back.
 *
 * The table was set while only zxing-wasm and @zxing/library were measured, until they missed about what they had missed in an earlier study on
 * other clips (3 and 10 of 20); our own reading was measured after that, and nothing here was changed for it.
 */
export interface Clip {
  readonly name: string
  readonly text: string
  readonly count: number
  /** The frame as a camera's brightness plane; the same for the same number. */
  frame(i: number): Luma
}

export const FRAMES_PER_SECOND = 30

interface Take {
  readonly night?: true
  readonly bytes: 60 | 115
  /** The code's side when it comes to rest, as a part of the picture's height. */
  readonly to: number
  /** How near it came before; more than 1: past the picture's edges. */
  readonly past?: number
  /** px; of the hands */
  readonly shake: number
  /** px; how far out of focus at first, and at rest */
  readonly blur: readonly [first: number, last: number]
  /** radians, away from the camera and sideways */
  readonly lean?: readonly [tilt: number, turn: number]
  readonly glare?: number
  readonly shadow?: true
  readonly bend?: number
  readonly inverted?: true
  readonly quality?: number
  /** Of a white paper, by night. */
  readonly electrons?: number
}

const TAKES: readonly Take[] = [
  { bytes: 60, to: 0.42, shake: 3, blur: [6, 0.8] },
  { bytes: 115, to: 0.4, shake: 4, blur: [8, 1.2] },
  { bytes: 60, to: 0.3, shake: 5, blur: [5, 1.6], lean: [0.5, 0.3], quality: 40 },
  { bytes: 115, to: 0.55, shake: 5, blur: [9, 2.4], shadow: true },
  { bytes: 60, to: 0.6, past: 1.3, shake: 4, blur: [7, 2.6], glare: 0.8 },
  { bytes: 115, to: 0.5, shake: 3, blur: [6, 1], inverted: true },
  { bytes: 60, to: 0.45, shake: 6, blur: [6, 1.6], bend: 0.07, shadow: true },
  { bytes: 115, to: 0.6, shake: 4, blur: [7, 1.8], bend: -0.1, quality: 30 },
  { bytes: 115, to: 0.7, past: 1.4, shake: 5, blur: [10, 3.4], lean: [-0.4, 0.4] },
  { bytes: 60, to: 0.35, shake: 7, blur: [5, 1.4], glare: 1.4, quality: 35 },
  { night: true, bytes: 60, to: 0.45, shake: 5, blur: [8, 1.8], electrons: 12 },
  { night: true, bytes: 115, to: 0.55, shake: 5, blur: [9, 1.9], electrons: 12 },
  { night: true, bytes: 60, to: 0.4, shake: 6, blur: [7, 1.7], electrons: 16, lean: [0.35, -0.3] },
  { night: true, bytes: 115, to: 0.65, shake: 4, blur: [9, 1.8], electrons: 18, quality: 40 },
  { night: true, bytes: 60, to: 0.55, past: 1.2, shake: 7, blur: [10, 2.6], electrons: 10 },
  { night: true, bytes: 115, to: 0.6, shake: 5, blur: [8, 1.6], electrons: 18, glare: 1.5 },
  { night: true, bytes: 60, to: 0.5, shake: 7, blur: [8, 2.2], electrons: 10, bend: 0.05 },
  { night: true, bytes: 115, to: 0.7, shake: 5, blur: [10, 2.4], electrons: 10, lean: [0.3, 0.3] },
  { night: true, bytes: 60, to: 0.6, shake: 5, blur: [9, 2.8], electrons: 8, quality: 30 },
  { night: true, bytes: 115, to: 0.75, past: 1.3, shake: 6, blur: [9, 2.6], electrons: 10 },
]

export const clips = (): readonly Clip[] => TAKES.map((take, i) => aClip(take, 7_100 + i))

/** The clip by day that is most out of focus, of a text of one's own. */
export const blurredClipOf = (text: string): Clip => aClip({ bytes: 115, to: 0.6, shake: 4, blur: [9, 2.4] }, 7_103, text)

function aClip(take: Take, seed: number, shown?: string): Clip {
  const chance = aChance(seed)
  const own = take.bytes === 60 ? asBytes(chance) : asCard(chance)
  const text = shown ?? own
  const modules = Uint8Array.from(encode(text, { ecc: 'M', border: 0 }).data.flat(), Number)
  const seconds = 2 + chance()
  const way = aWay(take, seconds, chance)
  const card: Card = {
    modules,
    isInverted: take.inverted ?? false,
    bend: take.bend ?? 0,
    shade: { across: 0.4 * (chance() - 0.5), down: 0.4 * (chance() - 0.5) },
    ...(take.shadow ? { shadow: 0.3 * (chance() - 0.5) } : {}),
    ...(take.glare ? { glare: { x: 0.6 * (chance() - 0.5), y: 0.6 * (chance() - 0.5), reach: 0.16, light: take.glare } } : {}),
  }
  const sensor = sensorOf(take, chance)
  const shutter = take.night ? 1 / FRAMES_PER_SECOND : 1 / (60 + 140 * chance()) // s
  const hunt = { phase: chance() * 6.28, times: 1 + chance() } // a focus that looks for its place
  const [first, last] = take.blur
  let street: Backdrop | undefined
  const light = new Float32Array(WIDTH * HEIGHT)
  return {
    name: `${seed}, ${take.night ? 'night' : 'day'}, ${take.bytes} bytes`,
    text,
    count: Math.floor(seconds * FRAMES_PER_SECOND),
    frame(i) {
      street ??= aStreet(aChance(seed + 1_000))
      const at = i / FRAMES_PER_SECOND
      const instants = take.night ? 12 : 8
      const poses = Array.from({ length: instants }, (_, n) => way(at + (n / instants) * shutter))
      exposed(light, card, poses, street)
      const settling = first * Math.exp(-at / 0.45) * (0.4 + 0.6 * Math.abs(Math.cos(hunt.times * at * 6.28 + hunt.phase)))
      defocused(light, Math.hypot(last, settling))
      return { data: sensed(light, sensor, aChance(seed * 1_000 + i)), width: WIDTH, height: HEIGHT }
    },
  }
}

/** From afar and aside to its place, never still. */
function aWay(take: Take, seconds: number, chance: Chance): (at: number) => Pose {
  const far = 0.15 + 0.1 * chance()
  const from = { x: 500 * (chance() - 0.5), y: 100 + 200 * chance() }
  const rest = { x: 120 * (chance() - 0.5), y: 60 * (chance() - 0.5) }
  const [tilt, turn] = take.lean ?? [0.2 * (chance() - 0.5), 0.2 * (chance() - 0.5)]
  const roll = 0.5 * (chance() - 0.5)
  const arrives = seconds * (0.5 + 0.2 * chance())
  const peak = take.past ?? take.to
  const [right, down, rolling, tilting, turning] = Array.from({ length: 5 }, () => aTremor(chance))
  return (at) => {
    const there = smooth(at / arrives)
    const back = smooth((at - arrives) / (seconds - arrives) / 0.6)
    const shake = take.shake
    return {
      x: from.x + (rest.x - from.x) * there + shake * (right?.(at) ?? 0),
      y: from.y + (rest.y - from.y) * there + shake * (down?.(at) ?? 0),
      size: far * (peak / far) ** there * (take.to / peak) ** back,
      roll: roll + 0.006 * shake * (rolling?.(at) ?? 0),
      tilt: tilt + 0.008 * shake * (tilting?.(at) ?? 0),
      turn: turn + 0.008 * shake * (turning?.(at) ?? 0),
    }
  }
}

/** A hand's: a slow sway, and a tremor of up to nine times a second. */
function aTremor(chance: Chance): (at: number) => number {
  const waves = [0.7, 2.5, 5.5, 8].map((speed, i) => ({
    speed: speed * (0.8 + 0.4 * chance()),
    phase: chance() * 6.28,
    of: 1 / (1 + 0.7 * i),
  }))
  return (at) => waves.reduce((sum, { speed, phase, of }) => sum + of * Math.sin(6.28 * speed * at + phase), 0)
}

const smooth = (part: number) => {
  const t = Math.max(0, Math.min(1, part))
  return t * t * (3 - 2 * t)
}

function sensorOf({ night, electrons, quality }: Take, chance: Chance): Sensor {
  const coded = quality === undefined ? {} : { quality }
  if (!night) return { electrons: 4_000, dark: 6, white: 190 + 40 * chance(), black: 12, vignette: 0.25, smooths: false, ...coded }
  return { electrons: electrons ?? 50, dark: 3, white: 80 + 50 * chance(), black: 14, vignette: 0.55, smooths: true, ...coded }
}

/** Sixty letters and signs, as an address has them. */
function asBytes(chance: Chance): string {
  const signs = 'abcdefghijklmnopqrstuvwxyz0123456789-_/?=&'
  return `https://${Array.from({ length: 52 }, () => signs[Math.floor(chance() * signs.length)]).join('')}`
}

/** As one of our own cards: a prefix, and bytes in base45. */
function asCard(chance: Chance): string {
  return `GP1:${toBase45(Uint8Array.from({ length: 115 }, () => Math.floor(chance() * 256)))}`
}
