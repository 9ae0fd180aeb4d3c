import type { Crop } from './decoder-messages'

interface Size {
  readonly width: number
  readonly height: number
}

/** The part of a frame that shows in a viewfinder which the picture covers (object-fit: cover). */
export function viewfinderCrop(frame: Size, view: Size): Crop {
  if (view.width === 0 || view.height === 0) return { x: 0, y: 0, ...frame }
  const scale = Math.max(view.width / frame.width, view.height / frame.height)
  const width = Math.min(frame.width, Math.round(view.width / scale))
  const height = Math.min(frame.height, Math.round(view.height / scale))
  return { x: Math.floor((frame.width - width) / 2), y: Math.floor((frame.height - height) / 2), width, height }
}
