/** The part of a frame that the person sees, pixels of the frame. */
export interface Crop {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** To the worker: a frame and the part of it to read, or brightness that the page has taken already. */
export type DecodeRequest =
  /** The address of the wasm, of our own origin. Not answered: until it is compiled, and where it cannot be, the other decoder reads. */
  | { readonly kind: 'prepare'; readonly wasm: string }
  | { readonly kind: 'frame'; readonly frame: VideoFrame; readonly crop: Crop }
  /** A picture that holds still: all looks, and the other decoder's; waits until the wasm is ready. */
  | { readonly kind: 'still'; readonly data: Uint8ClampedArray<ArrayBuffer>; readonly width: number; readonly height: number }
  | { readonly kind: 'luma'; readonly data: Uint8ClampedArray<ArrayBuffer>; readonly width: number; readonly height: number }

/** From the worker, one for each picture. */
export interface DecodeAnswer {
  readonly text?: string
}
