import { decodeLuma } from './decode'
import type { Luma } from './luma'
import { EXTRA, GLARE, half, PLAIN, sharpened } from './passes'
import type { Reader } from './wasm-reader'

/** A picture that holds still gets every look there is, and then the other decoder's. `read`: none where there is no wasm. */
export function readStill(luma: Luma, read: Reader | undefined): string | undefined {
  for (const pass of read ? [PLAIN, ...EXTRA, ...GLARE] : []) {
    const text = read?.(luma, pass).text
    if (text !== undefined) return text
  }
  return secondOpinion(luma)
}

function secondOpinion(luma: Luma): string | undefined {
  const small = half(luma)
  for (const each of [luma, small, sharpened(small), half(small)]) {
    const text = decodeLuma(each, false) ?? decodeLuma(each, true)
    if (text !== undefined) return text
  }
  return undefined
}
