import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
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
  useLayoutEffect(() => {
    if (gate.at !== 'scan' && !isUnderway()) history.pushState(UNDERWAY, '')
  }, [gate])
  useEffect(() => {
    const popped = () => {
      // Forward again; or on a page that was before the gate, which is not shown yet.
      if (isUnderway() || location.pathname !== '/') return
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
  useLayoutEffect(() => {
    leaveForm = leave
    return () => {
      leaveForm = undefined
    }
  })
}
