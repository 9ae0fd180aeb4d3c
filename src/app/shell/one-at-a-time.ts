import { useMemo } from 'preact/hooks'

/** Wraps what a tap begins; those wrapped by one of these do not run beside each other. */
export type OneAtATime = <Args extends readonly unknown[]>(run: (...args: Args) => Promise<void>) => (...args: Args) => Promise<void>

/** A hand in a glove taps twice: until what was begun has ended, a further tap begins nothing. */
export function oneAtATime(): OneAtATime {
  let busy = false
  return (run) =>
    async (...args) => {
      if (busy) return
      busy = true
      try {
        await run(...args)
      } finally {
        busy = false
      }
    }
}

/** The same for a form's save. Not a state: drawing the form anew as busy would take longer than the save. */
export function useOnce<Args extends readonly unknown[]>(run: (...args: Args) => Promise<void>): (...args: Args) => Promise<void> {
  const once = useMemo(oneAtATime, [])
  return once(run)
}
