import { boot } from '../boot'
import { closeWhenDue } from './log-lock'

/** Away from the gate for this long, the phone locks itself fully, ms. */
const AWAY = 1_800_000
const LOOK = 30_000 // ms

/** Drops every key from memory: a page that is loaded anew has none. */
export function lockFully(): void {
  boot.value = { at: 'starting' }
  location.replace('/')
}

/** Locks when nobody has stood at the gate for half an hour: hidden, or on another page. */
export function lockWhenAway(isAtGate: () => boolean): void {
  let lastAtGate = Date.now()
  const look = () => {
    closeWhenDue()
    const now = Date.now()
    // A clock that jumped is no absence; the next look measures anew.
    if (document.visibilityState === 'visible' && isAtGate() && now - lastAtGate < AWAY) lastAtGate = now
    else if (now - lastAtGate >= AWAY) lockFully()
    else if (now < lastAtGate) lastAtGate = now
  }
  setInterval(look, LOOK)
  document.addEventListener('visibilitychange', look)
}
