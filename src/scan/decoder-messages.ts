/** The part of a frame that the person sees, pixels of the frame. */
export interface Crop {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** To the worker: a frame and the part of it to read, or brightness that the page has taken already. */
export type DecodeRequest =
  | { readonly kind: 'frame'; readonly frame: VideoFrame; readonly crop: Crop }
  | { readonly kind: 'luma'; readonly data: Uint8ClampedArray<ArrayBuffer>; readonly width: number; readonly height: number }

/** From the worker, one for each request. */
export interface DecodeAnswer {
  readonly text?: string
}
