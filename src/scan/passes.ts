import { createKeptBuffers, type KeptBuffers } from './kept-buffers'
import type { Luma } from './luma'

/** How a picture is prepared before it is looked at, and how hard. */
export interface Pass {
  readonly name: string
  prepare?(luma: Luma, kept: KeptBuffers): Luma
  /** How many pixels of the picture one of the prepared picture is; 1 where nothing is said. */
  readonly scale?: number
  readonly invert?: boolean
  readonly denoise?: boolean
  readonly binarizer?: 'LocalAverage' | 'GlobalHistogram'
}

/** What each frame gets. */
export const PLAIN: Pass = { name: 'plain' }

/** What each frame gets besides: it costs a sixth of the plain look, and reads most of what that one misses at night. */
export const SMALL: Pass = { name: 'half, global', prepare: half, scale: 2, binarizer: 'GlobalHistogram' }

/** One of these more for each frame, in turn: what the plain look misses is not the same from picture to picture. The dear ones look at the middle, where a card is held, so that no frame costs much more than another. */
export const ROUND: readonly Pass[] = [
  { name: 'middle, inverted, denoised', prepare: middle, invert: true, denoise: true },
  { name: 'half, sharpened', prepare: (luma, kept) => sharpened(half(luma, kept), kept), scale: 2 },
  { name: 'core, doubled, denoised', prepare: (luma, kept) => doubled(middle(luma, kept, 0.4), kept), scale: 0.5, denoise: true },
  { name: 'middle, sharpened, denoised', prepare: (luma, kept) => sharpened(middle(luma, kept), kept), denoise: true },
]

/** What a picture that holds still gets besides the plain look. */
export const EXTRA: readonly Pass[] = [
  { name: 'inverted, denoised', invert: true, denoise: true },
  SMALL,
  { name: 'half, sharpened', prepare: (luma, kept) => sharpened(half(luma, kept), kept), scale: 2 },
  { name: 'middle, doubled, denoised', prepare: (luma, kept) => doubled(middle(luma, kept), kept), scale: 0.5, denoise: true },
  { name: 'sharpened, denoised', prepare: sharpened, denoise: true },
]

/** For pictures that hold still: light that blinds a part of them. */
export const GLARE: readonly Pass[] = [
  { name: 'global', binarizer: 'GlobalHistogram' },
  { name: 'squared', prepare: squared },
]

/** Each 2 x 2 pixels as one. */
export function half({ data, width, height }: Luma, kept = createKeptBuffers()): Luma {
  const [w, h] = [width >> 1, height >> 1]
  const out = kept('half', w * h)
  for (let y = 0, to = 0; y < h; y++) {
    for (let x = 0, at = 2 * y * width; x < w; x++, at += 2, to++) {
      out[to] = ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + width] ?? 0) + (data[at + width + 1] ?? 0)) >> 2
    }
  }
  return { data: out, width: w, height: h }
}

/** Unsharp mask: twice what a pixel differs from the mean of its eight neighbours is put on top of it. */
export function sharpened({ data, width, height }: Luma, kept = createKeptBuffers()): Luma {
  const out = kept('sharpened', data.length)
  out.set(data)
  for (let y = 1; y < height - 1; y++) {
    const row = y * width
    // Sums of three above one another, carried along the row.
    let left = (data[row - width] ?? 0) + (data[row] ?? 0) + (data[row + width] ?? 0)
    let middle = (data[row - width + 1] ?? 0) + (data[row + 1] ?? 0) + (data[row + width + 1] ?? 0)
    for (let x = 1, at = row + 1; x < width - 1; x++, at++) {
      const right = (data[at - width + 1] ?? 0) + (data[at + 1] ?? 0) + (data[at + width + 1] ?? 0)
      const own = data[at] ?? 0
      out[at] = 3 * own - (left + middle + right - own) / 4
      left = middle
      middle = right
    }
  }
  return { data: out, width, height }
}

/** The middle of the picture, `share` of both sides. */
export function middle({ data, width, height }: Luma, kept = createKeptBuffers(), share = 0.6): Luma {
  const [w, h] = [Math.floor(width * share), Math.floor(height * share)]
  const [left, top] = [(width - w) >> 1, (height - h) >> 1]
  const out = kept('middle', w * h)
  for (let y = 0; y < h; y++) out.set(data.subarray((top + y) * width + left, (top + y) * width + left + w), y * w)
  return { data: out, width: w, height: h }
}

/** Twice as large, the new pixels halfway between their neighbours. */
export function doubled({ data, width, height }: Luma, kept = createKeptBuffers()): Luma {
  const w = width * 2
  const out = kept('doubled', w * height * 2)
  for (let y = 0, to = 0; y < height * 2; y++) {
    const upper = (y >> 1) * width
    const lower = Math.min((y + 1) >> 1, height - 1) * width
    for (let x = 0; x < w; x++, to++) {
      const left = x >> 1
      const right = Math.min((x + 1) >> 1, width - 1)
      out[to] = ((data[upper + left] ?? 0) + (data[upper + right] ?? 0) + (data[lower + left] ?? 0) + (data[lower + right] ?? 0)) >> 2
    }
  }
  return { data: out, width: w, height: height * 2 }
}

/** Brightness as its own square, 255 stays 255: what is bright is told apart better, as under a lamp. */
export function squared({ data, width, height }: Luma, kept = createKeptBuffers()): Luma {
  const out = kept('squared', data.length)
  for (let i = 0; i < out.length; i++) out[i] = (data[i] ?? 0) ** 2 / 255
  return { data: out, width, height }
}
