import { decodeLuma } from '../../../scan/decode'
import { MASKS, modulesOf } from '../../ui/qr-code'

const SIZES = [4, 7] // pixels a module: at arm's length, and near

/** The first of the eight pictures of a code that this app's own decoder reads, near and far: some it does not, however clean they are. */
export function readableMask(text: string): number | undefined {
  for (let mask = 0; mask < MASKS; mask++) {
    const modules = modulesOf(text, 'M', mask)
    if (SIZES.every((pixels) => decodeLuma(pictureOf(modules, pixels), false) === text)) return mask
  }
  return undefined
}

function pictureOf(modules: readonly (readonly boolean[])[], pixels: number) {
  const side = modules.length * pixels
  const data = new Uint8ClampedArray(side * side).fill(235)
  modules.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (!dark) return
      for (let line = 0; line < pixels; line++) {
        const from = (y * pixels + line) * side + x * pixels
        data.fill(20, from, from + pixels)
      }
    })
  })
  return { data, width: side, height: side }
}
