import { useEffect, useRef } from 'preact/hooks'

/** Tells whether the picture that asked is still shown: an answer that comes later belongs to nobody. */
export function useStillHere(): () => boolean {
  const isHere = useRef(true)
  useEffect(
    () => () => {
      isHere.current = false
    },
    [],
  )
  return () => isHere.current
}
