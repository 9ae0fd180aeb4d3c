import { useEffect, useRef } from 'preact/hooks'
import type { GateActions } from './gate-actions'
import type { Gate } from './gate-state'

/** `history.state` of the one entry that stands for whatever is shown over looking. */
const UNDERWAY = 'gate-underway'

const isUnderway = () => history.state === UNDERWAY

/** What the form that is shown does on Back, where it has more to lose than the gate knows. */
let leaveForm: (() => void) | undefined

/**
 * Android's Back does on the gate's pictures what 返回 does there; from looking it leaves as on every page.
 * A picture that ends by a tap leaves its entry for the next one: nothing is navigated while people pass, and ten passages are one entry.
 */
export function useBackKey(gate: Gate, actions: GateActions): void {
  const shown = useRef(gate)
  shown.current = gate
  useEffect(() => {
    if (gate.at !== 'scan' && !isUnderway()) history.pushState(UNDERWAY, '')
  }, [gate])
  useEffect(() => {
    const popped = () => {
      if (isUnderway()) return // forward again
      if (shown.current.at === 'scan') history.back()
      else if (leaveForm) leaveForm()
      else actions.back()
    }
    addEventListener('popstate', popped)
    return () => removeEventListener('popstate', popped)
  }, [actions])
}

/** A form says what Back does while it is on the screen. */
export function useLeaving(leave: () => void): void {
  useEffect(() => {
    leaveForm = leave
    return () => {
      leaveForm = undefined
    }
  })
}
