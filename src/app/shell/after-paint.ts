const HIDDEN = 200 // ms; a hidden page draws no frames, and what was asked for comes all the same

/** Runs what may wait until the screen shows what the person did. */
export function afterPaint(run: () => void): void {
  let done = false
  const once = () => {
    if (done) return
    done = true
    run()
  }
  // The task after a frame's callbacks is the first one after its paint. Where nothing is drawn, nothing is waited for.
  globalThis.requestAnimationFrame?.(() => setTimeout(once))
  setTimeout(once, HIDDEN)
}
