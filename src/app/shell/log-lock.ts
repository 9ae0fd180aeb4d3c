import { signal } from '@preact/signals'

/** The log, not the gate: records, export and browsing ask for the PIN after this long without a touch, ms. */
const OPEN_FOR = 120_000

/** Until when the records may be looked at, performance.now() ms. */
const openUntil = signal(0)
export const isLogOpen = signal(false)

let timer: ReturnType<typeof setTimeout> | undefined

/** Somebody has just shown that they may, or goes on looking. */
export function openLog(): void {
  openUntil.value = performance.now() + OPEN_FOR
  isLogOpen.value = true
  clearTimeout(timer)
  timer = setTimeout(closeWhenDue, OPEN_FOR + 50)
}

export function closeLog(): void {
  clearTimeout(timer)
  openUntil.value = 0
  isLogOpen.value = false
}

/** A timer of a hidden page comes late: coming back looks at the clock again. */
export function closeWhenDue(): void {
  if (performance.now() >= openUntil.value) closeLog()
}

/** Whoever goes on tapping goes on looking. Returns the end of it. */
export function keepLogOpenWhileTouched(): () => void {
  const touched = () => {
    if (isLogOpen.value) openLog()
  }
  addEventListener('pointerdown', touched)
  addEventListener('keydown', touched)
  return () => {
    removeEventListener('pointerdown', touched)
    removeEventListener('keydown', touched)
  }
}
