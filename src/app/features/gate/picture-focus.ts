import { useEffect } from 'preact/hooks'
import { afterPaint } from '../../shell/after-paint'

/** Where the button that had the focus is gone with its picture, the next picture's heading takes it: a keyboard and a screen reader go on from there. */
export function usePictureFocus(picture: string): void {
  useEffect(() => afterPaint(toHeading), [picture])
}

function toHeading(): void {
  const heading = document.querySelector<HTMLElement>('.gate h1')
  if (!heading || document.activeElement !== document.body) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}
