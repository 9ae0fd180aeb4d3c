const QUIET = 1_000 // ms without a touch: the next tap is not kept waiting by an upload's own writes
const LATEST = 15_000 // ms; a queue at the gate leaves no quiet, and the records go up all the same

/** Puts `run` off until nobody has touched the screen for a second; several wishes become one run. A page that is being left runs it at once. */
export function whenQuiet(run: () => void): () => void {
  let touched = Number.NEGATIVE_INFINITY
  let wished: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const now = () => performance.now()
  const look = () => {
    if (wished === undefined) return
    const wait = Math.min(touched + QUIET, wished + LATEST) - now()
    if (wait > 0) {
      timer = setTimeout(look, wait)
      return
    }
    go()
  }
  const go = () => {
    clearTimeout(timer)
    wished = undefined
    run()
  }

  addEventListener('pointerdown', () => {
    touched = now()
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && wished !== undefined) go()
  })
  return () => {
    if (wished !== undefined) return
    wished = now()
    touched = now()
    timer = setTimeout(look, QUIET)
  }
}
