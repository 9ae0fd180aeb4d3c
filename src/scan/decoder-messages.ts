import type { Looked } from './looker'

/** The part of a frame that the person sees, pixels of the frame as it is shown. */
export interface Crop {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A picture for the worker: a frame and the part of it to read, or brightness that the page has taken already. */
export type Picture =
  | { readonly kind: 'frame'; readonly frame: VideoFrame | ImageBitmap; readonly crop: Crop }
  | { readonly kind: 'luma'; readonly data: Uint8ClampedArray<ArrayBuffer>; readonly width: number; readonly height: number }

/** `still`: all looks, and the other decoder's; waits a little until the wasm is ready. */
export type DecodeRequest =
  /** The address of the wasm, of our own origin. Until it is compiled, and where it cannot be, the other decoder reads. */
  { readonly kind: 'prepare'; readonly wasm: string } | { readonly kind: 'look' | 'still'; readonly id: number; readonly picture: Picture }

/** Which decoder reads at the moment. */
export type Engine = 'wasm' | 'library'

/** From the worker: one for each picture, and one for each preparation. */
export type DecodeAnswer =
  | { readonly kind: 'engine'; readonly engine: Engine }
  | ({ readonly kind: 'looked'; readonly id: number } & Looked)
  | { readonly kind: 'fault'; readonly id: number }
