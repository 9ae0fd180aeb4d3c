import { signal } from '@preact/signals'

/** Somebody stands at the gate and is not saved yet: nothing may reload or cover the screen meanwhile. */
export const passageUnderway = signal(false)
