/** Brightness by pixel, row after row; 0 is black. */
export interface Luma {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
}

/** Brightness from RGBA, ITU-R BT.601 in integers. `data`: where it is written. */
export function lumaOfRgba(
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
  data: Uint8ClampedArray<ArrayBuffer> = new Uint8ClampedArray(width * height),
): Luma & { readonly data: Uint8ClampedArray<ArrayBuffer> } {
  for (let i = 0, p = 0; i < data.length; i++, p += 4) {
    data[i] = (77 * (rgba[p] ?? 0) + 150 * (rgba[p + 1] ?? 0) + 29 * (rgba[p + 2] ?? 0)) >> 8
  }
  return { data, width, height }
}
