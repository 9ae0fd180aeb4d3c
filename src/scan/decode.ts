import BinaryBitmap from '@zxing/library/esm/core/BinaryBitmap'
import HybridBinarizer from '@zxing/library/esm/core/common/HybridBinarizer'
import DecodeHintType from '@zxing/library/esm/core/DecodeHintType'
import type LuminanceSource from '@zxing/library/esm/core/LuminanceSource'
import PlanarYUVLuminanceSource from '@zxing/library/esm/core/PlanarYUVLuminanceSource'
import QRCodeReader from '@zxing/library/esm/core/qrcode/QRCodeReader'

import type { Luma } from './luma'

const reader = new QRCodeReader()
const HINTS = new Map([[DecodeHintType.TRY_HARDER, true]])

/** The text of the QR code in a picture, or nothing. `inverted` looks for a light code on dark. */
export function decodeLuma({ data, width, height }: Luma, inverted: boolean): string | undefined {
  const source: LuminanceSource = new PlanarYUVLuminanceSource(data, width, height, 0, 0, width, height, false)
  try {
    return reader.decode(new BinaryBitmap(new HybridBinarizer(inverted ? source.invert() : source)), HINTS).getText()
  } catch {
    // This library tells "no code here", and a code that it cannot read, by throwing.
    return undefined
  } finally {
    reader.reset()
  }
}
