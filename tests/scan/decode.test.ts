import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { decodeLuma } from '../../src/scan/decode'
import { lumaOfRgba } from '../../src/scan/luma'
import { createRepeatGuard } from '../../src/scan/repeat-guard'
import { viewfinderCrop } from '../../src/scan/viewfinder-crop'

/** A card's code, `scale` pixels a module, somewhere in a grey picture. */
function picture(text: string, { scale = 4, dark = 20, light = 235 } = {}) {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const width = 640
  const height = 480
  const pixels = new Uint8ClampedArray(width * height).fill(128)
  for (let y = 0; y < size * scale; y++) {
    for (let x = 0; x < size * scale; x++) {
      const isDark = data[Math.floor(y / scale)]?.[Math.floor(x / scale)] ?? false
      pixels[(y + 60) * width + x + 90] = isDark ? dark : light
    }
  }
  return { data: pixels, width, height }
}

test('a card in the picture is read, dark on light', () => {
  expect(decodeLuma(picture('GP1:0123456789ABCDEF'), false)).toBe('GP1:0123456789ABCDEF')
})

test('a screen in night mode shows it light on dark, and is read inverted', () => {
  const night = picture('GP1:0123456789ABCDEF', { dark: 235, light: 20 })
  expect(decodeLuma(night, false)).toBeUndefined()
  expect(decodeLuma(night, true)).toBe('GP1:0123456789ABCDEF')
})

test('a picture without a code gives nothing', () => {
  expect(decodeLuma({ data: new Uint8ClampedArray(320 * 240).fill(99), width: 320, height: 240 }, false)).toBeUndefined()
})

test('white is bright and black is not', () => {
  expect([...lumaOfRgba(new Uint8ClampedArray([255, 255, 255, 255, 0, 0, 0, 255]), 2, 1).data]).toEqual([255, 0])
})

test('a card held still is one scan; taken away and shown again it is another', () => {
  const guard = createRepeatGuard()
  expect([0, 1000, 3900, 6000].map((now) => guard.isNew('A', now))).toEqual([true, false, false, false])
  expect([guard.isNew('A', 9500), guard.isNew('B', 9600)]).toEqual([true, true])
})

test('a card that is still held up when looking begins again is not a second scan', () => {
  const guard = createRepeatGuard()
  expect(guard.isNew('A', 0)).toBe(true)
  guard.resume(20_000)
  expect([guard.isNew('A', 20_500), guard.isNew('A', 23_000), guard.isNew('B', 23_100)]).toEqual([false, false, true])
})

test.each([
  [
    'a landscape frame in a portrait viewfinder',
    { width: 1280, height: 720 },
    { width: 330, height: 310 },
    { x: 257, y: 0, width: 766, height: 720 },
  ],
  ['a viewfinder of the same shape', { width: 1280, height: 720 }, { width: 640, height: 360 }, { x: 0, y: 0, width: 1280, height: 720 }],
  ['a viewfinder not laid out yet', { width: 640, height: 480 }, { width: 0, height: 0 }, { x: 0, y: 0, width: 640, height: 480 }],
])('only what the person sees is read: %s', (_name, frame, view, crop) => {
  expect(viewfinderCrop(frame, view)).toEqual(crop)
})
